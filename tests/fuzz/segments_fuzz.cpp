// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever lies in a partition's directory: reading it ends well, and what recovery makes of it is sound.
//
// The input is a list of files: a byte for the kind, a byte for the offset in the name, two for the size, the
// bytes. A sum over a batch is hardly ever right by chance, so the batches of a log are given theirs when the
// kind says so.
#include "engine/log/crc32c.h"
#include "engine/log/log_lookup.h"
#include "engine/log/log_recovery.h"
#include "engine/log/partition_reader.h"

#include <algorithm>
#include <cstdio>

using namespace tideline;

namespace {

constexpr std::uint8_t kKinds = 8;

// Gives each frame of the log the checksum that it should have.
void rightChecksums(std::string& log)
{
    for (std::size_t at = 0; log.size() - at >= kBatchHeaderBytes;) {
        const auto length = loadBigEndian<std::int32_t>(log.data() + at + batch_layout::kBatchLength);
        const std::size_t left = log.size() - at;
        if (length < 0 || static_cast<std::size_t>(length) + kLogOverheadBytes > left)
            return;
        const std::size_t size = static_cast<std::size_t>(length) + kLogOverheadBytes;
        if (size < kBatchHeaderBytes)
            return;
        storeBigEndian(
            log.data() + at + batch_layout::kChecksum,
            crc32c(Bytes(log).substr(at + batch_layout::kAttributes, size - batch_layout::kAttributes)));
        at += size;
    }
}

PartitionFiles filesIn(Bytes input)
{
    PartitionFiles files;
    while (input.size() >= 4) {
        const auto selector = static_cast<std::uint8_t>(input[0]);
        const Offset offset = static_cast<std::uint8_t>(input[1]);
        const std::size_t size = loadBigEndian<std::uint16_t>(input.data() + 2);
        std::string bytes(input.substr(4, size));
        input.remove_prefix(std::min(input.size(), 4 + size));
        const auto kind = static_cast<PartitionFileKind>(selector % kKinds);
        if (kind == PartitionFileKind::Log && selector >= 128)
            rightChecksums(bytes);
        const std::string name = kind == PartitionFileKind::LeaderEpochCheckpoint ? kLeaderEpochCheckpointFile
                                 : kind == PartitionFileKind::PartitionMetadata   ? kPartitionMetadataFile
                                 : kind == PartitionFileKind::Other               ? "quorum-state"
                                                                    : segmentFileName(kind, offset);
        files[name] = std::move(bytes);
    }
    return files;
}

void lookUp(const PartitionContents& contents)
{
    for (const Offset offset : {Offset{0}, Offset{5}, Offset{300}})
        static_cast<void>(findBatch(contents.segments, offset));
    for (const Millis time : {Millis{-1}, Millis{0}, Millis{1'790'000'000'000}})
        static_cast<void>(fetchOffsetByTimestamp(contents.segments, time, 0));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const PartitionFiles files = filesIn(Bytes(reinterpret_cast<const char*>(data), size));
    lookUp(readPartition(files));
    const RecoveredPartition recovered = recoverPartition(files, 0, {.indexIntervalBytes = 64});
    for (const SegmentFault& fault : readPartition(recovered.files).faults) {
        // Recovery looks neither into batches nor at the texts, and Kafka keeps segments that overlap.
        const bool notLookedAt = fault.damage == SegmentDamage::Records ||
                                 fault.damage == SegmentDamage::Text ||
                                 fault.damage == SegmentDamage::OffsetsGoBack;
        if (!notLookedAt)
            std::fprintf(stderr, "%s\n", fault.sentence.c_str());
        TIDELINE_ASSERT(notLookedAt);
    }
    return 0;
}
