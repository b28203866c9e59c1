// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/time_index.h"

#include <algorithm>

namespace tideline {
namespace {

std::string at(const std::string& file, std::size_t position)
{
    return file + ": byte " + std::to_string(position) + ": ";
}

std::string text(const TimestampOffset& entry)
{
    return "(" + std::to_string(entry.timestamp) + ", " + std::to_string(entry.offset) + ")";
}

} // namespace

TimestampOffset TimeIndex::lookup(Millis target) const
{
    const auto after = std::upper_bound(
        entries_.begin(), entries_.end(), target,
        [](Millis timestamp, const TimestampOffset& entry) { return timestamp < entry.timestamp; });
    return after == entries_.begin() ? TimestampOffset{kNoTimestamp, baseOffset_} : *std::prev(after);
}

void TimeIndex::maybeAppend(Millis timestamp, Offset offset)
{
    if (timestamp > lastEntry().timestamp)
        entries_.push_back({timestamp, offset});
}

std::string TimeIndex::bytes() const
{
    std::string bytes(entries_.size() * kEntryBytes, '\0');
    char* at = bytes.data();
    for (const TimestampOffset& entry : entries_)
        at = storeBigEndian(storeBigEndian(at, entry.timestamp),
                            static_cast<std::int32_t>(entry.offset - baseOffset_));
    return bytes;
}

std::optional<SegmentFault> readTimeIndex(Bytes bytes, const std::string& file, TimeIndex& index)
{
    constexpr std::size_t kEntry = TimeIndex::kEntryBytes;
    const std::size_t whole = bytes.size() / kEntry * kEntry;
    std::size_t used = whole;
    if (whole > kEntry) {
        while (used > 0 && bytes.substr(used - kEntry, kEntry).find_first_not_of('\0') == Bytes::npos)
            used -= kEntry;
    }
    for (std::size_t position = 0; position < used; position += kEntry) {
        const auto timestamp = loadBigEndian<std::int64_t>(bytes.data() + position);
        const auto offset = loadBigEndian<std::int32_t>(bytes.data() + position + 8);
        const TimestampOffset entry{timestamp, index.baseOffset_ + offset};
        const TimestampOffset last = index.lastEntry();
        if (offset < 0 || timestamp <= last.timestamp || entry.offset < last.offset)
            return SegmentFault{SegmentDamage::IndexOrder,
                                file,
                                static_cast<std::int64_t>(position),
                                {},
                                at(file, position) + "entry " + text(entry) + " must rise above " +
                                    text(last) + "; the " + std::to_string(index.entries_.size()) +
                                    " before it are kept, and recovery builds the index anew"};
        index.entries_.push_back(entry);
    }
    if (whole != bytes.size())
        return SegmentFault{SegmentDamage::IndexSize,
                            file,
                            static_cast<std::int64_t>(whole),
                            {},
                            at(file, whole) + "the file has " + std::to_string(bytes.size()) +
                                " bytes, which is no multiple of 12; the " +
                                std::to_string(index.entries_.size()) +
                                " whole entries are kept, and recovery builds the index anew"};
    return std::nullopt;
}

} // namespace tideline
