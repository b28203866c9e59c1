// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/cleanable_range.h"

#include <numeric>

namespace tideline {
namespace {

std::int64_t bytesOf(std::span<const LogSegment> segments)
{
    return std::accumulate(segments.begin(), segments.end(), std::int64_t{0},
                           [](std::int64_t sum, const LogSegment& segment) { return sum + segment.bytes(); });
}

// The first segment from `from` on with a record younger than the lag. One without records counts as young:
// nothing says how old it is.
std::optional<Offset> firstYoungSegment(std::span<const LogSegment> log, Offset from, Millis lag, Millis now)
{
    for (const LogSegment& segment : segmentsBetween(log, from, log.back().baseOffset)) {
        const Millis largest = segment.largestTimestamp();
        if (largest == kNoTimestamp || largest > now - lag)
            return segment.baseOffset;
    }
    return std::nullopt;
}

} // namespace

CleanableRange cleanableRange(std::span<const LogSegment> log, std::optional<Offset> checkpoint,
                              Offset lastStableOffset, const CompactionConfig& config, Millis now)
{
    const Offset logStart = log.front().baseOffset;
    Offset firstDirty = checkpoint.value_or(logStart);
    if (firstDirty < logStart || firstDirty > log.back().nextOffset())
        firstDirty = logStart; // the log has been cut since
    Offset end = std::min(lastStableOffset, log.back().baseOffset);
    if (config.minCompactionLag > 0)
        end = std::min(end, firstYoungSegment(log, firstDirty, config.minCompactionLag, now).value_or(end));
    return {firstDirty, std::max(firstDirty, end)};
}

LogToClean logToClean(std::span<const LogSegment> log, const CleanableRange& range)
{
    const std::span<const LogSegment> kept =
        segmentsBetween(log, range.firstUncleanable, log.back().baseOffset);
    LogToClean toClean;
    toClean.firstDirty = range.firstDirty;
    toClean.firstUncleanable = kept.empty() ? log.back().baseOffset : kept.front().baseOffset;
    toClean.cleanBytes = bytesOf(segmentsBetween(log, log.front().baseOffset, range.firstDirty));
    toClean.cleanableBytes = bytesOf(
        segmentsBetween(log, std::min(range.firstDirty, toClean.firstUncleanable), toClean.firstUncleanable));
    return toClean;
}

} // namespace tideline
