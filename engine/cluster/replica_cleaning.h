// SPDX-License-Identifier: GPL-3.0-or-later
// Cleaning the log of a running replica by the rules of cleanable_range.h and log_cleaner.h.
//
// Batches that keep all their records keep their shared bytes. Pure but for the log that is cleaned; one
// thread at a time.
#pragma once

#include "engine/cluster/replica_log.h"

#include <vector>

namespace tideline {

// What the cleaner would find; `now` in ms.
LogToClean logToClean(const ReplicaLog& log, Offset highWatermark, const LogConfig& config, Millis now);

// True when so much of it is dirty that the cleaner takes it: more than min.cleanable.dirty.ratio.
bool isDirtyEnough(const LogToClean& toClean, const LogConfig& config);

struct ReplicaCleaning
{
    std::vector<LogBatch> thinned; // batches of before that have lost records
    std::int64_t removed = 0;      // records
    std::int64_t bytesFreed = 0;
};

// One pass.
ReplicaCleaning cleanReplica(ReplicaLog& log, const LogToClean& toClean, const LogConfig& config, Millis now);

} // namespace tideline
