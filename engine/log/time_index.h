// SPDX-License-Identifier: GPL-3.0-or-later
// TimeIndex: the .timeindex file of a segment, which says from which offset on to look for a timestamp.
//
// 1. An entry is the largest timestamp so far in ms (8 bytes) and the last offset of the batch that brought
// it, relative to the base offset (4 bytes): no record up to that offset is younger. Timestamps rise, offsets
// do not fall.
// 2. It is written with the offset index, and once more when the segment is closed: one slot is kept for
// that. Source: TimeIndex and AbstractIndex of Kafka. A value; one thread at a time.
#pragma once

#include "engine/base/time.h"
#include "engine/log/offset_index.h"
#include "engine/log/record_batch.h"

namespace tideline {

struct TimestampOffset
{
    Millis timestamp = kNoTimestamp;
    Offset offset = 0;

    bool operator==(const TimestampOffset&) const = default;
};

class TimeIndex
{
public:
    static constexpr std::size_t kEntryBytes = 12;

    explicit TimeIndex(Offset baseOffset = 0, std::int32_t maxBytes = kDefaultIndexBytes)
        : baseOffset_(baseOffset)
        , maxEntries_(static_cast<std::size_t>(maxBytes) / kEntryBytes)
    {}

    const std::vector<TimestampOffset>& entries() const { return entries_; }
    // The last slot is kept for the entry that is written when the segment is closed.
    bool isFull() const { return entries_.size() + 1 >= maxEntries_; }
    // (no timestamp, base offset) when there is none.
    TimestampOffset lastEntry() const
    {
        return entries_.empty() ? TimestampOffset{kNoTimestamp, baseOffset_} : entries_.back();
    }

    // The entry with the greatest timestamp that is not after `target`; (no timestamp, base offset) when
    // there is none.
    TimestampOffset lookup(Millis target) const;

    // Adds an entry when `timestamp` is later than the last one's.
    void maybeAppend(Millis timestamp, Offset offset);

    // As in the file, without the room behind the entries.
    std::string bytes() const;

private:
    friend std::optional<SegmentFault> readTimeIndex(Bytes, const std::string&, TimeIndex&);

    Offset baseOffset_ = 0;
    std::size_t maxEntries_ = 0;
    std::vector<TimestampOffset> entries_;
};

// Fills `index`, which knows its base offset and is empty, from a file's bytes; zeros at the end are no
// entries (but a single entry of zeros is one). On a fault, the entries before it are kept.
std::optional<SegmentFault> readTimeIndex(Bytes bytes, const std::string& file, TimeIndex& index);

} // namespace tideline
