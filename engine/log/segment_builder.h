// SPDX-License-Identifier: GPL-3.0-or-later
// SegmentBuilder: a segment's .log with its two indexes, batch by batch, as a broker appends them.
//
// Before a batch is counted, and when more than index.interval.bytes lie since the last entry, it gets an
// entry in the offset index and, if the largest timestamp has risen, one in the time index. Source:
// LogSegment.append and onBecomeInactiveSegment of Kafka. A value; one thread at a time.
#pragma once

#include "engine/log/segment_roll.h"
#include "engine/log/time_index.h"

#include <string>

namespace tideline {

class SegmentBuilder
{
public:
    SegmentBuilder(Offset baseOffset, const SegmentConfig& config, Millis created)
        : config_(config)
        , active_{baseOffset, 0, std::nullopt, created, false, false}
        , offsetIndex_(baseOffset, config.indexBytes)
        , timeIndex_(baseOffset, config.indexBytes)
        , largest_{kNoTimestamp, baseOffset}
    {}

    Offset baseOffset() const { return active_.baseOffset; }
    const std::string& log() const { return log_; }
    const OffsetIndex& offsetIndex() const { return offsetIndex_; }
    const TimeIndex& timeIndex() const { return timeIndex_; }

    // What rollReason() asks of it.
    ActiveSegment active() const;

    // A whole, sound batch after the last one; its last offset is within reach of the base offset.
    void append(Bytes batch);

    // Nothing is appended from now on: the largest timestamp gets its entry.
    void close() { timeIndex_.maybeAppend(largest_.timestamp, largest_.offset); }

private:
    SegmentConfig config_;
    ActiveSegment active_;
    std::string log_;
    OffsetIndex offsetIndex_;
    TimeIndex timeIndex_;
    TimestampOffset largest_;
    std::int64_t bytesSinceLastIndexEntry_ = 0;
};

} // namespace tideline
