// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a compacted log that the cleaner may work on, and how dirty it is (Kafka's
// LogCleanerManager.cleanableOffsets and LogToClean).
//
// Below the first dirty offset the log has been cleaned already. Never cleaned are the active segment, what
// is not stable yet, and segments with a record younger than min.compaction.lag.ms. Pure functions; any
// thread.
#pragma once

#include "engine/log/log_segment.h"
#include "engine/log/retention.h"

#include <optional>
#include <span>

namespace tideline {

struct CompactionConfig
{
    Millis deleteRetention = 86'400'000;       // delete.retention.ms
    Millis minCompactionLag = 0;               // min.compaction.lag.ms; 0: none
    std::int64_t segmentBytes = 1'073'741'824; // segment.bytes
    // Keys that the cleaner's memory has room for; nine tenths of it are used.
    std::int64_t offsetMapSlots = 5'033'164;
};

struct CleanableRange
{
    Offset firstDirty = 0;
    Offset firstUncleanable = 0; // exclusive, >= firstDirty
};

// `log` has at least one segment; `checkpoint` is where the last pass has ended, `now` in ms. Of a
// RetainedLog the largest timestamp of a segment is kNoTimestamp when it has none.
CleanableRange cleanableRange(const RetainedLog& log, std::optional<Offset> checkpoint,
                              Offset lastStableOffset, const CompactionConfig& config, Millis now);
CleanableRange cleanableRange(std::span<const LogSegment> log, std::optional<Offset> checkpoint,
                              Offset lastStableOffset, const CompactionConfig& config, Millis now);

// Whole segments of the range, in bytes. The dirty ratio is cleanableBytes / (cleanBytes + cleanableBytes).
struct LogToClean
{
    Offset firstDirty = 0;
    Offset firstUncleanable = 0; // base offset of the first segment that stays as it is
    std::int64_t cleanBytes = 0;
    std::int64_t cleanableBytes = 0;
};

LogToClean logToClean(const RetainedLog& log, const CleanableRange& range);
LogToClean logToClean(std::span<const LogSegment> log, const CleanableRange& range);

} // namespace tideline
