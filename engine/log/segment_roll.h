// SPDX-License-Identifier: GPL-3.0-or-later
// When a new segment begins: judged before each append, and only then, so an idle log never rolls.
//
// Source: LogSegment.shouldRoll and timeWaitedForRoll of Kafka. A pure function; any thread.
#pragma once

#include "engine/base/time.h"
#include "engine/log/offset_index.h"

#include <cstdint>
#include <optional>

namespace tideline {

struct SegmentConfig
{
    std::int64_t segmentBytes = 1'073'741'824;    // segment.bytes, at most 2147483647
    Millis segmentMs = 604'800'000;               // segment.ms
    Millis rollJitterMs = 0;                      // what was drawn below segment.jitter.ms for this segment
    std::int32_t indexBytes = kDefaultIndexBytes; // segment.index.bytes
    std::int64_t indexIntervalBytes = 4096;       // index.interval.bytes
};

// What the rule looks at of the segment that is appended to.
struct ActiveSegment
{
    Offset baseOffset = 0;
    std::int64_t bytes = 0;
    std::optional<Millis> firstBatchTimestamp; // max timestamp of its first batch
    Millis created = 0;
    bool offsetIndexFull = false;
    bool timeIndexFull = false;
};

struct IncomingBatch
{
    std::int64_t bytes = 0;
    Millis maxTimestamp = 0;
    Offset maxOffset = 0;
};

enum class RollReason : std::uint8_t { None, Size, Time, OffsetIndexFull, TimeIndexFull, OffsetOverflow };

// Milliseconds that the segment has waited: by the records' time from its first batch on; where that has no
// timestamp, by the clock since it was created.
Millis timeWaitedForRoll(const ActiveSegment& segment, Millis messageTimestamp, Millis now);

// The first rule that asks for a new segment, in the order of the enumeration; `now` in ms.
RollReason rollReason(const ActiveSegment& segment, const IncomingBatch& batch, const SegmentConfig& config,
                      Millis now);

} // namespace tideline
