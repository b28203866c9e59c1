// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/export_log.h"

#include "engine/lab/world.h"
#include "engine/log/partition_writer.h"
#include "engine/log/record_batch.h"

#include <limits>
#include <vector>

namespace tideline {

namespace {

PartitionIndex partitionNamed(const World& world, const std::string& name)
{
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        if (!world.names->topicOf(p)->deleted && world.names->partitionName(p) == name)
            return p;
    }
    return kNone;
}

// A batch as it lies on a broker's disk.
std::string onDisk(const LogBatch& batch)
{
    std::string bytes(batch.bytes.bytes());
    setBaseOffsetAndLeaderEpoch(bytes.data(), batch.baseOffset, batch.leaderEpoch);
    return bytes;
}

} // namespace

Result<ExportedLog> exportLog(const World& world, const std::string& partition, BrokerId broker)
{
    ExportedLog log;
    log.partition = partitionNamed(world, partition);
    if (log.partition == kNone)
        return Error{"partition \"" + partition +
                     "\": there is no such partition; they are named <topic>-<number>, such as \"orders-0\""};
    log.broker = broker != kNone ? broker : world.metadata().partition(log.partition).leader;
    if (log.broker == kNone)
        return Error{"partition \"" + partition + "\": nobody leads it now; name a broker that has it"};
    if (log.broker < 1 || static_cast<std::size_t>(log.broker) > world.brokers.size())
        return Error{"broker " + std::to_string(log.broker) + ": there is no such broker; brokers are 1 to " +
                     std::to_string(world.brokers.size())};
    const Replica* replica = world.brokers[static_cast<std::size_t>(log.broker - 1)]->replica(log.partition);
    if (!replica)
        return Error{"broker " + std::to_string(log.broker) + " has no replica of \"" + partition +
                     "\"; leave the broker out, or name one of its replicas"};
    std::vector<std::string> bytes;
    for (std::size_t i = 0; i < replica->log.batchCount(); ++i) {
        bytes.push_back(onDisk(replica->log.batch(i)));
        log.records += replica->log.batch(i).held();
    }
    log.batches = static_cast<std::int64_t>(bytes.size());
    const std::vector<Bytes> batches(bytes.begin(), bytes.end());
    std::vector<Offset> later;
    for (std::size_t s = 1; s < replica->log.segmentCount(); ++s)
        later.push_back(replica->log.segment(s).baseOffset);
    SegmentConfig asTheyAre; // one segment, unless others follow
    asTheyAre.segmentBytes = std::numeric_limits<std::int32_t>::max();
    asTheyAre.segmentMs = std::numeric_limits<Millis>::max();
    Result<PartitionFiles> files = writePartition(
        {batches, replica->log.segment(0).baseOffset, std::nullopt, later}, asTheyAre, toMillis(world.now));
    if (!files.ok())
        return files.error();
    log.files = std::move(files.value());
    return log;
}

} // namespace tideline
