// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionSeen: the codec of some batches of a log, and what it saves.
//
// A log does not keep what its batches were before compression, so whoever wants to know decompresses: the
// newest ones for a look, all of them for a report. Pure functions; any thread.
#pragma once

#include "engine/cluster/replica_log.h"

#include <cstddef>
#include <cstdint>

namespace tideline {

struct CompressionSeen
{
    Codec codec = Codec::None;   // of the newest batch that has one
    std::int64_t bytes = 0;      // of the batches, as they are stored
    std::int64_t plainBytes = 0; // the same without compression

    void add(const LogBatch& batch);
    // The newest batches of the log, at most so many.
    void addNewest(const ReplicaLog& log, std::size_t most);
};

} // namespace tideline
