// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/compression_seen.h"

#include "engine/log/compressed_batch.h"

#include <algorithm>

namespace tideline {

void CompressionSeen::add(const LogBatch& batch)
{
    const BatchHeader header = readBatchHeader(batch.bytes.bytes());
    std::size_t plainSize = batch.bytes.size();
    if (header.compressed()) {
        codec = static_cast<Codec>(header.codecNumber());
        Chunk plain;
        if (decompressBatch(batch.bytes.bytes(), plain).ok())
            plainSize = plain.size();
    }
    bytes += static_cast<std::int64_t>(batch.bytes.size());
    plainBytes += static_cast<std::int64_t>(plainSize);
}

void CompressionSeen::addNewest(const ReplicaLog& log, std::size_t most)
{
    for (std::size_t i = log.batchCount() - std::min(most, log.batchCount()); i < log.batchCount(); ++i)
        add(log.batch(i));
}

} // namespace tideline
