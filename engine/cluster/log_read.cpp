// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/log_read.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

// Number of the last segment that begins at or before the offset; of the first one when none does.
std::size_t segmentIndex(const ReplicaLog& log, Offset offset)
{
    std::size_t low = 0;
    std::size_t high = log.segmentCount();
    while (high - low > 1) {
        const std::size_t middle = low + (high - low) / 2;
        if (log.segment(middle).baseOffset <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

std::int64_t sizeOf(const LogBatch& batch)
{
    return static_cast<std::int64_t>(batch.bytes.size());
}

} // namespace

Offset segmentOf(const ReplicaLog& log, Offset offset)
{
    return log.segment(segmentIndex(log, offset)).baseOffset;
}

LogRead readLog(const ReplicaLog& log, Offset offset, Offset limit, std::int64_t maxBytes, bool minOneBatch)
{
    LogRead read;
    read.first = read.end = log.find(offset);
    const bool empty = offset >= limit || read.first == log.batchCount();
    const std::size_t segment =
        segmentIndex(log, empty ? offset : std::max(offset, log.batch(read.first).baseOffset));
    read.segment = log.segment(segment).baseOffset;
    if (empty)
        return read;
    const Offset segmentEnd = segment + 1 < log.segmentCount() ? log.segment(segment + 1).baseOffset
                                                               : std::numeric_limits<Offset>::max();
    const std::int64_t most = minOneBatch ? std::max(maxBytes, sizeOf(log.batch(read.first))) : maxBytes;
    for (; read.end < log.batchCount(); ++read.end) {
        const LogBatch& batch = log.batch(read.end);
        if (batch.baseOffset >= segmentEnd || batch.endOffset() > limit)
            break;
        if (sizeOf(batch) > most - read.bytes) {
            // A first batch that is incomplete is left out. Source: ReplicaManager.checkFetchDataInfo of
            // Kafka.
            read.cutOff = read.end > read.first ? most - read.bytes : 0;
            read.bytes += read.cutOff;
            break;
        }
        read.bytes += sizeOf(batch);
    }
    return read;
}

std::int64_t bytesBetween(const ReplicaLog& log, Offset from, Offset to, std::int64_t enough)
{
    std::int64_t bytes = 0;
    for (std::size_t i = log.find(from); i < log.batchCount() && bytes < enough; ++i) {
        if (log.batch(i).endOffset() > to)
            break;
        bytes += sizeOf(log.batch(i));
    }
    return std::min(bytes, enough);
}

} // namespace tideline
