// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/offset_index.h"

#include "engine/base/error.h"

#include <algorithm>

namespace tideline {
namespace {

constexpr std::int32_t relative(Offset baseOffset, Offset offset)
{
    return static_cast<std::int32_t>(offset - baseOffset);
}

std::string at(const std::string& file, std::size_t position)
{
    return file + ": byte " + std::to_string(position) + ": ";
}

} // namespace

OffsetPosition OffsetIndex::lookup(Offset target) const
{
    const auto after =
        std::upper_bound(entries_.begin(), entries_.end(), target,
                         [](Offset offset, const OffsetPosition& entry) { return offset < entry.offset; });
    return after == entries_.begin() ? OffsetPosition{baseOffset_, 0} : *std::prev(after);
}

void OffsetIndex::append(Offset offset, std::int32_t position)
{
    TIDELINE_ASSERT(!isFull() && canAppendOffset(baseOffset_, offset));
    TIDELINE_ASSERT(entries_.empty() || offset > entries_.back().offset);
    entries_.push_back({offset, position});
}

std::string OffsetIndex::bytes() const
{
    std::string bytes(entries_.size() * kEntryBytes, '\0');
    char* at = bytes.data();
    for (const OffsetPosition& entry : entries_)
        at = storeBigEndian(storeBigEndian(at, relative(baseOffset_, entry.offset)), entry.position);
    return bytes;
}

std::optional<SegmentFault> readOffsetIndex(Bytes bytes, const std::string& file, OffsetIndex& index)
{
    constexpr std::size_t kEntry = OffsetIndex::kEntryBytes;
    const std::size_t whole = bytes.size() / kEntry * kEntry;
    std::size_t used = whole;
    // A segment's first batch has no entry, so none is all zeros.
    while (used > 0 && bytes.substr(used - kEntry, kEntry).find_first_not_of('\0') == Bytes::npos)
        used -= kEntry;
    for (std::size_t position = 0; position < used; position += kEntry) {
        const auto offset = loadBigEndian<std::int32_t>(bytes.data() + position);
        const auto inLog = loadBigEndian<std::int32_t>(bytes.data() + position + 4);
        const bool first = index.entries_.empty();
        const OffsetPosition last = first ? OffsetPosition{index.baseOffset_ - 1, 0} : index.entries_.back();
        const Offset absolute = index.baseOffset_ + offset;
        if (offset < 0 || absolute <= last.offset || inLog <= last.position)
            return SegmentFault{SegmentDamage::IndexOrder,
                                file,
                                static_cast<std::int64_t>(position),
                                {},
                                at(file, position) + "entry (" + std::to_string(absolute) + ", " +
                                    std::to_string(inLog) + ") must rise above (" +
                                    std::to_string(last.offset) + ", " + std::to_string(last.position) +
                                    "); the " + std::to_string(index.entries_.size()) +
                                    " before it are kept, and recovery builds the index anew"};
        index.entries_.push_back({absolute, inLog});
    }
    if (whole != bytes.size())
        return SegmentFault{SegmentDamage::IndexSize,
                            file,
                            static_cast<std::int64_t>(whole),
                            {},
                            at(file, whole) + "the file has " + std::to_string(bytes.size()) +
                                " bytes, which is no multiple of 8; the " +
                                std::to_string(index.entries_.size()) +
                                " whole entries are kept, and recovery builds the index anew"};
    return std::nullopt;
}

} // namespace tideline
