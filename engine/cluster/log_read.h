// SPDX-License-Identifier: GPL-3.0-or-later
// What one read of a replica's log gives a consumer or a follower.
//
// 1. A read ends with the segment in which it begins, however much is wanted.
// 2. It ends at so many bytes, which cuts a batch off: those bytes are sent and counted, and the reader
// throws them away. With `minOneBatch` the first batch is whole, however large; else nothing is read when it
// does not fit.
// Source: LocalLog.read, LogSegment.read of Kafka. Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/cluster/replica_log.h"

#include <cstddef>
#include <cstdint>

namespace tideline {

struct LogRead
{
    std::size_t first = 0; // whole batches [first, end) of the log
    std::size_t end = 0;
    std::int64_t bytes = 0;  // of them, and those of a batch that is cut off
    std::int64_t cutOff = 0; // the latter
    Offset segment = 0;      // base offset of the segment in which it begins
};

// From `offset` on, below `limit`, which is the end of a batch; at most `maxBytes` >= 0.
LogRead readLog(const ReplicaLog& log, Offset offset, Offset limit, std::int64_t maxBytes, bool minOneBatch);

// Base offset of the segment that has the offset; of the last one for the log end.
Offset segmentOf(const ReplicaLog& log, Offset offset);

// Bytes from the batch with `from` to the one with `to`; `enough` when there are as many.
std::int64_t bytesBetween(const ReplicaLog& log, Offset from, Offset to, std::int64_t enough);

} // namespace tideline
