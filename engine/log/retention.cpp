// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/retention.h"

#include <algorithm>

namespace tideline {
namespace {

// How many segments from the oldest on obey the rule, shouldDelete(segment, next); next is null for the last
// one.
template <class Rule>
std::size_t deletable(const RetainedLog& log, Rule&& shouldDelete)
{
    std::size_t count = 0;
    for (; count < log.segments.size(); ++count) {
        const RetainedSegment& segment = log.segments[count];
        const bool last = count + 1 == log.segments.size();
        const RetainedSegment* next = last ? nullptr : &log.segments[count + 1];
        const Offset upperBound = next ? next->baseOffset : log.logEndOffset;
        if (log.highWatermark < upperBound || !shouldDelete(segment, next) || (last && segment.bytes == 0))
            break;
    }
    return count;
}

void deleteFirst(RetainedLog& log, std::size_t count, DeletionReason reason, Millis now,
                 std::vector<DeletedSegment>& deleted)
{
    if (count == 0)
        return;
    if (count == log.segments.size())
        log.segments.push_back({log.logEndOffset, 0, now});
    for (std::size_t i = 0; i < count; ++i)
        deleted.push_back({log.segments[i].baseOffset, reason});
    log.segments.erase(log.segments.begin(), log.segments.begin() + static_cast<std::ptrdiff_t>(count));
    log.logStartOffset = std::max(log.logStartOffset, log.segments.front().baseOffset);
}

std::size_t breachingLogStart(const RetainedLog& log)
{
    return deletable(log, [&](const RetainedSegment&, const RetainedSegment* next) {
        return next && next->baseOffset <= log.logStartOffset;
    });
}

std::size_t breachingSize(const RetainedLog& log, std::int64_t retentionBytes)
{
    std::int64_t excess = -retentionBytes;
    for (const RetainedSegment& segment : log.segments)
        excess += segment.bytes;
    if (retentionBytes < 0 || excess < 0)
        return 0;
    return deletable(log, [&](const RetainedSegment& segment, const RetainedSegment*) {
        if (excess < segment.bytes)
            return false;
        excess -= segment.bytes;
        return true;
    });
}

std::size_t breachingTime(const RetainedLog& log, Millis retentionMs, Millis now)
{
    if (retentionMs < 0)
        return 0;
    return deletable(log, [&](const RetainedSegment& segment, const RetainedSegment*) {
        return saturatingAdd(now, -segment.largestTimestamp) > retentionMs;
    });
}

} // namespace

std::vector<DeletedSegment> deleteOldSegments(RetainedLog& log, const RetentionConfig& config, Millis now)
{
    std::vector<DeletedSegment> deleted;
    deleteFirst(log, breachingLogStart(log), DeletionReason::LogStartOffset, now, deleted);
    if (config.deletePolicy) {
        deleteFirst(log, breachingSize(log, config.retentionBytes), DeletionReason::RetentionSize, now,
                    deleted);
        deleteFirst(log, breachingTime(log, config.retentionMs, now), DeletionReason::RetentionTime, now,
                    deleted);
    }
    return deleted;
}

Result<Offset> deleteRecords(RetainedLog& log, const RetentionConfig& config, Offset offset)
{
    if (!config.deletePolicy)
        return Error{"DeleteRecords: the topic's cleanup.policy has no \"delete\" (POLICY_VIOLATION); add "
                     "it, or write "
                     "tombstones"};
    const Offset wanted = offset == kDeleteToHighWatermark ? log.highWatermark : offset;
    if (wanted < 0 || wanted > log.highWatermark)
        return Error{"DeleteRecords: offset " + std::to_string(offset) +
                     " is not between 0 and the high watermark, " + std::to_string(log.highWatermark) +
                     " (OFFSET_OUT_OF_RANGE); take one of these, or -1 for the "
                     "high watermark"};
    log.logStartOffset = std::max(log.logStartOffset, wanted);
    return log.logStartOffset;
}

} // namespace tideline
