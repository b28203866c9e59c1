// SPDX-License-Identifier: GPL-3.0-or-later
// Retention: which segments of a log are deleted, from the oldest on (cleanup.policy=delete), and what
// DeleteRecords moves.
//
// 1. Three passes, in this order: what lies below the log start offset, what retention.bytes does not allow,
// what is older than retention.ms. Each stops at the first segment that it does not delete. Without the
// delete policy only the first one is made.
// 2. Nothing at or above the high watermark is deleted, and an empty last segment never.
// 3. A log always has a segment: when all would go, an empty one is rolled at the log end first.
// Source: UnifiedLog.deleteOldSegments and maybeIncrementLogStartOffset of Kafka. Pure functions; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <vector>

namespace tideline {

struct RetentionConfig
{
    bool deletePolicy = true;         // cleanup.policy contains "delete"
    Millis retentionMs = 604'800'000; // retention.ms; -1: no limit
    std::int64_t retentionBytes = -1; // retention.bytes, for the partition; -1: no limit
};

struct RetainedSegment
{
    Offset baseOffset = 0;
    std::int64_t bytes = 0;
    Millis largestTimestamp =
        0; // of its records, ms; when none has one, when the file was last changed; -1 or later

    bool operator==(const RetainedSegment&) const = default;
};

// The log as retention sees it.
struct RetainedLog
{
    std::vector<RetainedSegment> segments; // by base offset; at least one
    Offset logStartOffset = 0;
    Offset highWatermark = 0;
    Offset logEndOffset = 0;
};

enum class DeletionReason : std::uint8_t { LogStartOffset, RetentionSize, RetentionTime };

struct DeletedSegment
{
    Offset baseOffset = 0;
    DeletionReason reason = DeletionReason::LogStartOffset;

    bool operator==(const DeletedSegment&) const = default;
};

// Deletes from `log` what may go at `now` (ms), and says what went. The log start offset follows; a segment
// that was rolled is the last one, empty, at the log end.
std::vector<DeletedSegment> deleteOldSegments(RetainedLog& log, const RetentionConfig& config, Millis now);

inline constexpr Offset kDeleteToHighWatermark = -1;

// DeleteRecords: the log start offset moves up to `offset`, never back. The new one, or why not: above the
// high watermark (OFFSET_OUT_OF_RANGE), or a topic without the delete policy (POLICY_VIOLATION). Segments go
// with the next deleteOldSegments().
Result<Offset> deleteRecords(RetainedLog& log, const RetentionConfig& config, Offset offset);

} // namespace tideline
