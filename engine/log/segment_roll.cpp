// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/segment_roll.h"

#include <algorithm>
#include <limits>

namespace tideline {
namespace {

// Wraps, as Kafka's long arithmetic does.
Millis difference(Millis later, Millis earlier)
{
    return static_cast<Millis>(static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier));
}

} // namespace

Millis timeWaitedForRoll(const ActiveSegment& segment, Millis messageTimestamp, Millis now)
{
    const Millis first = segment.firstBatchTimestamp.value_or(-1);
    return first >= 0 ? difference(messageTimestamp, first) : difference(now, segment.created);
}

RollReason rollReason(const ActiveSegment& segment, const IncomingBatch& batch, const SegmentConfig& config,
                      Millis now)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    if (segment.bytes > std::min(config.segmentBytes, kMost) - batch.bytes)
        return RollReason::Size;
    const Millis waited = timeWaitedForRoll(segment, batch.maxTimestamp, now);
    if (segment.bytes > 0 && waited > config.segmentMs - config.rollJitterMs)
        return RollReason::Time;
    if (segment.offsetIndexFull)
        return RollReason::OffsetIndexFull;
    if (segment.timeIndexFull)
        return RollReason::TimeIndexFull;
    if (!canAppendOffset(segment.baseOffset, batch.maxOffset))
        return RollReason::OffsetOverflow;
    return RollReason::None;
}

} // namespace tideline
