// SPDX-License-Identifier: GPL-3.0-or-later
// Small batches for the tests of segments: one record each, 70 bytes.
#pragma once

#include "engine/log/partition_files.h"
#include "engine/log/partition_writer.h"
#include "engine/log/record_batch_writer.h"

#include <QtTest>

#include <string>
#include <vector>

namespace tideline::tests {

inline constexpr std::size_t kSampleBytes = 70;

// Key "k" and value "v" at `offset` with timestamp `timestamp`, ms.
inline Chunk sampleBatch(Offset offset, Millis timestamp, LeaderEpoch epoch = 0)
{
    RecordBatchWriter writer(
        {.baseOffset = offset, .partitionLeaderEpoch = epoch, .logAppendTime = {}, .deleteHorizon = {}});
    Chunk batch;
    if (writer.append(timestamp, "k", "v") != BatchFault::None || writer.close(batch) != BatchFault::None)
        return {};
    return batch;
}

// Batches at offsets 0, 1, ... of timestamps 1000, 2000, ...
inline std::vector<Chunk> sampleBatches(std::size_t count)
{
    std::vector<Chunk> batches;
    for (std::size_t i = 0; i < count; ++i)
        batches.push_back(sampleBatch(static_cast<Offset>(i), static_cast<Millis>(1000 * (i + 1))));
    return batches;
}

// The directory that a broker would make of them; empty when they are not sound.
inline PartitionFiles filesOf(const std::vector<Chunk>& batches, const SegmentConfig& config = {})
{
    std::vector<Bytes> bytes;
    for (const Chunk& batch : batches)
        bytes.push_back(batch.bytes());
    const Result<PartitionFiles> files = writePartition({bytes, 0, {}}, config);
    return files.ok() ? files.value() : PartitionFiles();
}

inline std::string logFile(Offset baseOffset)
{
    return segmentFileName(PartitionFileKind::Log, baseOffset);
}
inline std::string indexFile(Offset baseOffset)
{
    return segmentFileName(PartitionFileKind::OffsetIndex, baseOffset);
}
inline std::string timeIndexFile(Offset baseOffset)
{
    return segmentFileName(PartitionFileKind::TimeIndex, baseOffset);
}
inline std::string snapshotFile(Offset offset)
{
    return segmentFileName(PartitionFileKind::ProducerSnapshot, offset);
}

} // namespace tideline::tests
