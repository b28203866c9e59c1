// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/invariants.h"

#include "engine/lab/world.h"
#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"

#include <algorithm>

namespace tideline {

namespace {

InvariantBroken broken(Invariant invariant, PartitionIndex partition, std::int64_t left, std::int64_t right)
{
    return {static_cast<std::int32_t>(invariant), partition, left, right};
}

std::string place(const World& world, BrokerId broker, PartitionIndex partition)
{
    return world.names->partitionName(partition) + " on broker " + std::to_string(broker);
}

void auditBytes(const World& world, BrokerId broker, const Replica& replica, std::vector<std::string>& wrong)
{
    Offset expected = replica.log.startOffset();
    for (std::size_t i = 0; i < replica.log.batchCount(); ++i) {
        const LogBatch& batch = replica.log.batch(i);
        const std::string where =
            place(world, broker, replica.partition) + ", batch at offset " + std::to_string(batch.baseOffset);
        if (batch.baseOffset != expected)
            wrong.push_back(where + ": expected offset " + std::to_string(expected) + "; a log has no gaps");
        expected = batch.endOffset();
        if (checkBatch(batch.bytes.bytes()) != BatchFault::None) {
            wrong.push_back(where + ": the checksum is wrong; stored bytes never change");
            continue;
        }
        std::int32_t records = 0;
        const BatchFault fault =
            forEachRecord(batch.bytes.bytes(), [&records](const RecordView&) { ++records; });
        if (fault != BatchFault::None || records != batch.records)
            wrong.push_back(where + ": holds " + std::to_string(records) + " records, its entry says " +
                            std::to_string(batch.records));
    }
}

// Below the leader's high watermark every in-sync replica holds the same batches in the same epochs.
void auditCommitted(const World& world, PartitionIndex partition, std::vector<std::string>& wrong)
{
    const Replica* leader = world.leaderReplica(partition);
    if (!leader)
        return;
    for (const BrokerId member : world.metadata().partition(partition).isr) {
        const Replica* other = world.brokers[static_cast<std::size_t>(member - 1)]->replica(partition);
        if (!other || other == leader || other->role != Replica::Role::Follower ||
            other->leaderEpoch != leader->leaderEpoch)
            continue;
        for (std::size_t i = 0; i < leader->log.batchCount(); ++i) {
            const LogBatch& expected = leader->log.batch(i);
            if (expected.endOffset() > leader->highWatermark)
                break;
            const bool same = i < other->log.batchCount() && other->log.batch(i) == expected &&
                              other->log.batch(i).bytes.sameAs(expected.bytes);
            if (same)
                continue;
            wrong.push_back(place(world, member, partition) + ": the committed batch at offset " +
                            std::to_string(expected.baseOffset) +
                            " is not the leader's; below the high watermark in-sync replicas are equal");
            break;
        }
    }
}

} // namespace

std::optional<InvariantBroken> Invariants::onLeader(const LeaderElected& fact)
{
    const auto [known, fresh] = leaders_.edit().emplace(std::pair(fact.partition, fact.epoch), fact.leader);
    if (!fresh && known->second != fact.leader)
        return broken(Invariant::OneLeaderPerEpoch, fact.partition, known->second, fact.leader);
    return std::nullopt;
}

std::optional<InvariantBroken> Invariants::check(const World& world)
{
    auto& highWatermarks = highWatermarks_.edit();
    for (const Cow<Broker>& broker : world.brokers) {
        for (std::size_t i = 0; i < broker->replicaCount(); ++i) {
            const Replica& replica = broker->replicaAt(i);
            if (replica.highWatermark < 0 || replica.highWatermark > replica.leo())
                return broken(Invariant::HighWatermarkInLog, replica.partition, replica.highWatermark,
                              replica.leo());
            if (replica.role != Replica::Role::Leader)
                continue;
            auto& [epoch, highWatermark] = highWatermarks[replica.partition];
            if (epoch == replica.leaderEpoch && replica.highWatermark < highWatermark)
                return broken(Invariant::HighWatermarkNeverBack, replica.partition, highWatermark,
                              replica.highWatermark);
            if (replica.leaderEpoch >= epoch) {
                epoch = replica.leaderEpoch;
                highWatermark = replica.highWatermark;
            }
        }
    }
    for (const Cow<PipelineJob>& pipeline : world.pipelines) {
        const WindowCounters& counters = pipeline->windows().counters();
        if (!counters.balanced())
            return broken(Invariant::RecordsAddUp, kNone, counters.assigned,
                          counters.dropped + counters.cleaned + counters.inState);
    }
    for (std::size_t g = 0; g < world.groups.size(); ++g) {
        const LedgerNumbers numbers = world.ledger.numbers(static_cast<GroupIndex>(g));
        if (numbers.once + numbers.repeated > numbers.produced)
            return broken(Invariant::DeliveredWasProduced, kNone, numbers.once + numbers.repeated,
                          numbers.produced);
    }
    return std::nullopt;
}

std::vector<std::string> auditWorld(const World& world)
{
    std::vector<std::string> wrong;
    for (const Cow<Broker>& broker : world.brokers) {
        for (std::size_t i = 0; i < broker->replicaCount(); ++i)
            auditBytes(world, broker->id(), broker->replicaAt(i), wrong);
    }
    for (PartitionIndex partition = 0; partition < world.partitionEnd(); ++partition)
        auditCommitted(world, partition, wrong);
    for (const Cow<PipelineJob>& pipeline : world.pipelines) {
        if (const auto error = pipeline->windows().audit())
            wrong.push_back(error->sentence);
    }
    Invariants fresh;
    if (const auto cheap = fresh.check(world))
        wrong.push_back("invariant " + std::to_string(cheap->invariant) + ": " + std::to_string(cheap->left) +
                        " against " + std::to_string(cheap->right));
    return wrong;
}

} // namespace tideline
