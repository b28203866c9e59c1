// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/invariants.h"

#include "engine/lab/world.h"
#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"

#include <algorithm>
#include <map>

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

// What compaction has never seen has every offset and every record.
void auditBatch(const LogBatch& batch, Offset expected, bool compacted, const std::string& where,
                std::vector<std::string>& wrong)
{
    if (batch.baseOffset < expected || (batch.baseOffset > expected && !compacted))
        wrong.push_back(where + ": expected offset " + std::to_string(expected) +
                        "; a log that was not compacted has no gaps");
    if (batch.compacted != 0 && !compacted)
        wrong.push_back(where + ": lacks " + std::to_string(batch.compacted) +
                        " records, and the log was never compacted");
    if (checkBatch(batch.bytes.bytes()) != BatchFault::None) {
        wrong.push_back(where + ": the checksum is wrong; stored bytes never change");
        return;
    }
    std::int32_t records = 0;
    const BatchFault fault = forEachRecord(batch.bytes.bytes(), [&records](const RecordView&) { ++records; });
    if (fault != BatchFault::None || records != batch.held())
        wrong.push_back(where + ": holds " + std::to_string(records) + " records, its entry says " +
                        std::to_string(batch.held()));
}

void auditBytes(const World& world, BrokerId broker, const Replica& replica, std::vector<std::string>& wrong)
{
    const ReplicaLog& log = replica.log;
    const std::string name = place(world, broker, replica.partition);
    Offset expected = log.segment(0).baseOffset;
    std::int64_t bytes = 0;
    std::size_t next = 0;
    for (std::size_t s = 0; s < log.segmentCount(); ++s) {
        const ReplicaSegment& segment = log.segment(s);
        for (std::int64_t i = 0; i < segment.batches && next < log.batchCount(); ++i, ++next) {
            const LogBatch& batch = log.batch(next);
            // A fetch may have brought what its leader had compacted. A broker that does not serve the log
            // has not heard yet whether its topic compacts.
            const bool compacted = replica.role == Replica::Role::None ||
                                   world.brokers[static_cast<std::size_t>(broker - 1)]
                                       ->logConfig(replica.partition, *world.topology)
                                       .compacts ||
                                   log.cleanedTo() > 0;
            auditBatch(batch, expected, compacted,
                       name + ", batch at offset " + std::to_string(batch.baseOffset), wrong);
            expected = batch.endOffset();
            bytes += static_cast<std::int64_t>(batch.bytes.size());
            if (batch.baseOffset < segment.baseOffset)
                wrong.push_back(name + ": segment " + std::to_string(segment.baseOffset) +
                                " holds an earlier batch");
        }
    }
    if (next != log.batchCount() || bytes != log.bytes())
        wrong.push_back(name + ": its segments hold " + std::to_string(bytes) + " bytes, the log says " +
                        std::to_string(log.bytes()));
    if (log.startOffset() < log.segment(0).baseOffset || log.startOffset() > log.endOffset())
        wrong.push_back(name + ": log start " + std::to_string(log.startOffset()) + " is outside the log");
}

// Whether what both still hold of the batch's offsets is the same.
bool sameRecords(const LogBatch& a, const LogBatch& b)
{
    if (a.baseOffset != b.baseOffset || a.records != b.records || a.leaderEpoch != b.leaderEpoch)
        return false;
    if (a.compacted == 0 && b.compacted == 0)
        return a.bytes.sameAs(b.bytes);
    std::map<Offset, std::pair<std::string, std::string>> records;
    forEachRecord(a.bytes.bytes(), [&records](const RecordView& record) {
        records[record.offset] = {std::string(record.key.value_or(Bytes())),
                                  std::string(record.value.value_or(Bytes()))};
    });
    bool same = true;
    forEachRecord(b.bytes.bytes(), [&](const RecordView& record) {
        const auto found = records.find(record.offset);
        same = same && (found == records.end() || (found->second.first == record.key.value_or(Bytes()) &&
                                                   found->second.second == record.value.value_or(Bytes())));
    });
    return same;
}

// Below the leader's high watermark every in-sync replica holds the same batches in the same epochs, but for
// what one of them has deleted or compacted already.
void auditCommitted(const World& world, PartitionIndex partition, std::vector<std::string>& wrong)
{
    const Replica* leader = world.leaderReplica(partition);
    if (!leader)
        return;
    for (const BrokerId member : world.metadata().partition(partition).isr) {
        const Broker& broker = *world.brokers[static_cast<std::size_t>(member - 1)];
        const Replica* other = broker.replica(partition);
        // One that was started anew and is not registered yet may lack what its disk has lost.
        if (!other || other == leader || other->role != Replica::Role::Follower ||
            other->leaderEpoch != leader->leaderEpoch ||
            broker.brokerEpoch() != world.metadata().brokerEpoch(member))
            continue;
        const Offset begin = std::max(leader->log.startOffset(), other->log.startOffset());
        for (std::size_t i = leader->log.find(begin); i < leader->log.batchCount(); ++i) {
            const LogBatch& expected = leader->log.batch(i);
            if (expected.endOffset() > leader->highWatermark)
                break;
            const std::size_t at = other->log.find(expected.baseOffset);
            const bool there =
                at < other->log.batchCount() && other->log.batch(at).baseOffset <= expected.baseOffset;
            const bool taken = !there && expected.endOffset() <= other->log.cleanedTo();
            if (taken || (there && sameRecords(other->log.batch(at), expected)))
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

std::optional<InvariantBroken> Invariants::check(const Replica& replica)
{
    if (replica.highWatermark < replica.log.startOffset() || replica.highWatermark > replica.leo())
        return broken(Invariant::HighWatermarkInLog, replica.partition, replica.highWatermark, replica.leo());
    if (replica.role != Replica::Role::Leader)
        return std::nullopt;
    auto& [epoch, highWatermark] = highWatermarks_.edit()[replica.partition];
    if (epoch == replica.leaderEpoch && replica.highWatermark < highWatermark)
        return broken(Invariant::HighWatermarkNeverBack, replica.partition, highWatermark,
                      replica.highWatermark);
    if (replica.leaderEpoch >= epoch) {
        epoch = replica.leaderEpoch;
        highWatermark = replica.highWatermark;
    }
    return std::nullopt;
}

std::optional<InvariantBroken> Invariants::check(const World& world)
{
    std::optional<InvariantBroken> first;
    for (const Cow<Broker>& broker : world.brokers) {
        if (!broker->replicas().touched())
            continue;
        broker->replicas().visitTouched([this, &first](const Replica& replica) {
            if (!first)
                first = check(replica);
        });
    }
    if (first)
        return first;
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
    std::optional<InvariantBroken> cheap = fresh.check(world);
    for (const Cow<Broker>& broker : world.brokers) {
        for (std::size_t i = 0; i < broker->replicaCount() && !cheap; ++i)
            cheap = fresh.check(broker->replicaAt(i));
    }
    if (cheap)
        wrong.push_back("invariant " + std::to_string(cheap->invariant) + ": " + std::to_string(cheap->left) +
                        " against " + std::to_string(cheap->right));
    return wrong;
}

} // namespace tideline
