// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/cleanable_range.h"

#include <algorithm>

namespace tideline {
namespace {

RetainedLog summaryOf(std::span<const LogSegment> log)
{
    RetainedLog summary;
    for (const LogSegment& segment : log)
        summary.segments.push_back({segment.baseOffset, segment.bytes(), segment.largestTimestamp()});
    summary.logStartOffset = log.front().baseOffset;
    summary.logEndOffset = log.back().nextOffset();
    return summary;
}

// The segments that may hold offsets of [from, to): none when that is empty.
std::span<const RetainedSegment> between(const RetainedLog& log, Offset from, Offset to)
{
    const std::span<const RetainedSegment> all = log.segments;
    if (from >= to)
        return {};
    std::size_t first = 0;
    while (first + 1 < all.size() && all[first + 1].baseOffset <= from)
        ++first;
    std::size_t last = first;
    while (last < all.size() && all[last].baseOffset < to)
        ++last;
    return all.subspan(first, last - first);
}

std::int64_t bytesOf(std::span<const RetainedSegment> segments)
{
    std::int64_t sum = 0;
    for (const RetainedSegment& segment : segments)
        sum += segment.bytes;
    return sum;
}

// The first segment from `from` on with a record younger than the lag. One without records counts as young:
// nothing says how old it is.
std::optional<Offset> firstYoungSegment(const RetainedLog& log, Offset from, Millis lag, Millis now)
{
    for (const RetainedSegment& segment : between(log, from, log.segments.back().baseOffset)) {
        if (segment.largestTimestamp == kNoTimestamp || segment.largestTimestamp > now - lag)
            return segment.baseOffset;
    }
    return std::nullopt;
}

} // namespace

CleanableRange cleanableRange(const RetainedLog& log, std::optional<Offset> checkpoint,
                              Offset lastStableOffset, const CompactionConfig& config, Millis now)
{
    Offset firstDirty = checkpoint.value_or(log.logStartOffset);
    if (firstDirty < log.logStartOffset || firstDirty > log.logEndOffset)
        firstDirty = log.logStartOffset; // the log has been cut since
    Offset end = std::min(lastStableOffset, log.segments.back().baseOffset);
    if (config.minCompactionLag > 0)
        end = std::min(end, firstYoungSegment(log, firstDirty, config.minCompactionLag, now).value_or(end));
    return {firstDirty, std::max(firstDirty, end)};
}

CleanableRange cleanableRange(std::span<const LogSegment> log, std::optional<Offset> checkpoint,
                              Offset lastStableOffset, const CompactionConfig& config, Millis now)
{
    return cleanableRange(summaryOf(log), checkpoint, lastStableOffset, config, now);
}

LogToClean logToClean(const RetainedLog& log, const CleanableRange& range)
{
    const Offset active = log.segments.back().baseOffset;
    const std::span<const RetainedSegment> kept = between(log, range.firstUncleanable, active);
    LogToClean toClean;
    toClean.firstDirty = range.firstDirty;
    toClean.firstUncleanable = kept.empty() ? active : kept.front().baseOffset;
    toClean.cleanBytes = bytesOf(between(log, log.segments.front().baseOffset, range.firstDirty));
    toClean.cleanableBytes =
        bytesOf(between(log, std::min(range.firstDirty, toClean.firstUncleanable), toClean.firstUncleanable));
    return toClean;
}

LogToClean logToClean(std::span<const LogSegment> log, const CleanableRange& range)
{
    return logToClean(summaryOf(log), range);
}

} // namespace tideline
