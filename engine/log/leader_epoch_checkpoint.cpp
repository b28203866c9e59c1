// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/leader_epoch_checkpoint.h"

#include <charconv>
#include <utility>

namespace tideline {
namespace {

// Takes the line off the front, without its end.
Bytes nextLine(Bytes& text)
{
    const std::size_t end = text.find('\n');
    const Bytes line = text.substr(0, end);
    text.remove_prefix(end == Bytes::npos ? text.size() : end + 1);
    return line;
}

template <class Integer>
bool readWhole(Bytes text, Integer& number)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool readEntry(Bytes line, CheckpointedEpoch& entry)
{
    const std::size_t gap = line.find(' ');
    return gap != Bytes::npos && readWhole(line.substr(0, gap), entry.epoch) &&
           readWhole(line.substr(gap + 1), entry.startOffset) && entry.epoch >= 0 && entry.startOffset >= 0;
}

} // namespace

std::optional<SegmentFault> readLeaderEpochCheckpoint(Bytes text, const std::string& file,
                                                      std::vector<CheckpointedEpoch>& epochs)
{
    const std::size_t size = text.size();
    const auto fault = [&](Bytes from, const std::string& rule) {
        const auto position = static_cast<std::int64_t>(size - from.size());
        return SegmentFault{SegmentDamage::Text,
                            file,
                            position,
                            {},
                            file + ": byte " + std::to_string(position) + ": " + rule + "; the " +
                                std::to_string(epochs.size()) + " epochs before it are kept"};
    };
    Bytes at = text;
    int version = -1;
    if (!readWhole(nextLine(text), version) || version != 0)
        return fault(at, "the first line must be the version, 0");
    at = text;
    std::int64_t count = -1;
    if (!readWhole(nextLine(text), count) || count < 0)
        return fault(at, "the second line must be the number of epochs");
    for (std::int64_t i = 0; i < count; ++i) {
        at = text;
        CheckpointedEpoch entry;
        if (!readEntry(nextLine(text), entry))
            return fault(at, "an epoch and its start offset must stand here, as in \"2 35\"");
        if (!epochs.empty() &&
            (entry.epoch <= epochs.back().epoch || entry.startOffset < epochs.back().startOffset))
            return fault(at, "epoch " + std::to_string(entry.epoch) + " from offset " +
                                 std::to_string(entry.startOffset) + " must come after epoch " +
                                 std::to_string(epochs.back().epoch) + " from offset " +
                                 std::to_string(epochs.back().startOffset));
        epochs.push_back(entry);
    }
    if (!text.empty())
        return fault(text,
                     "more lines follow than the " + std::to_string(count) + " that the second line says");
    return std::nullopt;
}

std::string leaderEpochCheckpointText(const std::vector<CheckpointedEpoch>& epochs)
{
    std::string text = "0\n" + std::to_string(epochs.size()) + '\n';
    for (const CheckpointedEpoch& entry : epochs)
        text += std::to_string(entry.epoch) + ' ' + std::to_string(entry.startOffset) + '\n';
    return text;
}

void assignEpoch(std::vector<CheckpointedEpoch>& epochs, const BatchHeader& batch)
{
    if (batch.partitionLeaderEpoch >= 0 &&
        (epochs.empty() || batch.partitionLeaderEpoch > epochs.back().epoch))
        epochs.push_back({batch.partitionLeaderEpoch, batch.baseOffset});
}

void truncateEpochs(std::vector<CheckpointedEpoch>& epochs, Offset logEnd)
{
    std::erase_if(epochs, [logEnd](const CheckpointedEpoch& entry) { return entry.startOffset >= logEnd; });
}

} // namespace tideline
