// SPDX-License-Identifier: GPL-3.0-or-later
// Log compaction: of each key the last value stays, with the offset it always had (cleanup.policy=compact;
// Kafka's Cleaner, KIP-534).
//
// 1. Offsets never change, batches keep their base and last offset, and are written anew only when a record
// goes or a delete horizon is set.
// 2. A tombstone, and a marker without data, gets a horizon of now + delete.retention.ms at the first pass
// and goes at a pass after it.
// 3. A batch without records vanishes, but for the last one of a living producer, which holds its sequence:
// of that the header stays. A pure function; any thread.
#pragma once

#include "engine/log/cleanable_range.h"

#include <span>
#include <vector>

namespace tideline {

struct CleanedLog
{
    std::vector<LogSegment> segments;
    // Where the next pass begins: the first offset that the offset map did not see. 0 when there was nothing
    // to see.
    Offset nextDirty = 0;
    std::int64_t recordsRead = 0; // of batches that were not dropped as a whole
    std::int64_t recordsKept = 0;
};

// One pass over the whole log. `producers` are those that the log knows; `now` in ms. Batches whose records
// cannot be read, or not be written anew, stay as they are; compressed ones stay compressed.
CleanedLog cleanLog(std::span<const LogSegment> log, const LogToClean& toClean,
                    const ProducerState::Producers& producers, const CompactionConfig& config, Millis now);

} // namespace tideline
