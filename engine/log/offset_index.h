// SPDX-License-Identifier: GPL-3.0-or-later
// OffsetIndex: the .index file of a segment, which says where in the .log file to look for an offset.
//
// 1. An entry is the last offset of a batch, relative to the segment's base offset (4 bytes), and the
// position of that batch (4 bytes); both rise.
// 2. It is sparse: an entry every index.interval.bytes, and none for the first batch.
// 3. It holds segment.index.bytes at most; a full one makes the segment roll.
// Source: OffsetIndex and AbstractIndex of Kafka. A value; one thread at a time.
#pragma once

#include "engine/base/ids.h"
#include "engine/log/bytes.h"
#include "engine/log/segment_fault.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct OffsetPosition
{
    Offset offset = 0;
    std::int32_t position = 0; // bytes from the start of the .log file

    bool operator==(const OffsetPosition&) const = default;
};

inline constexpr std::int32_t kDefaultIndexBytes = 10'485'760; // segment.index.bytes

// True when an index of a segment that begins at `baseOffset` can name `offset`: 31 bits.
inline bool canAppendOffset(Offset baseOffset, Offset offset)
{
    return offset >= baseOffset && offset - baseOffset <= std::numeric_limits<std::int32_t>::max();
}

class OffsetIndex
{
public:
    static constexpr std::size_t kEntryBytes = 8;

    explicit OffsetIndex(Offset baseOffset = 0, std::int32_t maxBytes = kDefaultIndexBytes)
        : baseOffset_(baseOffset)
        , maxEntries_(static_cast<std::size_t>(maxBytes) / kEntryBytes)
    {}

    Offset baseOffset() const { return baseOffset_; }
    const std::vector<OffsetPosition>& entries() const { return entries_; }
    bool isFull() const { return entries_.size() >= maxEntries_; }

    // The entry with the greatest offset that is not after `target`; (base offset, 0) when there is none.
    OffsetPosition lookup(Offset target) const;

    // `offset` is after the last entry's and within reach; not when it is full.
    void append(Offset offset, std::int32_t position);

    // As in the file, without the room that a broker keeps behind the entries while the segment is active.
    std::string bytes() const;

private:
    friend std::optional<SegmentFault> readOffsetIndex(Bytes, const std::string&, OffsetIndex&);

    Offset baseOffset_ = 0;
    std::size_t maxEntries_ = 0;
    std::vector<OffsetPosition> entries_;
};

// Fills `index`, which knows its base offset and is empty, from a file's bytes. Entries of zeros at the end,
// the room that a broker which was killed had reserved, are no entries. On a fault, the entries before it are
// kept.
std::optional<SegmentFault> readOffsetIndex(Bytes bytes, const std::string& file, OffsetIndex& index);

} // namespace tideline
