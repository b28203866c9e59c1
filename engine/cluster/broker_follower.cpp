// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: the follower's end: fetching from a leader, taking its batches, cutting back what it does not have.
#include "engine/cluster/broker.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kReplicaSocketTimeout = 30'000'000; // replica.socket.timeout.ms

bool isIn(const std::vector<PartitionIndex>& list, PartitionIndex partition)
{
    return !list.empty() && std::find(list.begin(), list.end(), partition) != list.end();
}

} // namespace

void Broker::fetchFrom(BrokerId leader, Step step)
{
    Fetcher& fetching = fetcher(leader);
    if (fetching.inFlight || step.now < fetching.notBefore ||
        (fetching.partitions.empty() && fetching.forgotten.empty()))
        return;
    releaseThrottled(leader, step);
    if (fetching.throttled.size() == fetching.partitions.size() && fetching.forgotten.empty())
        return; // a timer asks again
    ReplicaFetchRequest request{id_, brokerEpoch_, fetching.fullNext, {}};
    if (!fetching.fullNext) {
        for (const PartitionIndex partition : fetching.forgotten)
            request.parts.push_back({partition, 0, 0, -1, true});
    }
    for (const PartitionIndex partition : fetching.fullNext ? fetching.partitions : fetching.changed) {
        if (isIn(fetching.throttled, partition))
            continue;
        const Replica* own = replica(partition);
        request.parts.push_back(
            {partition, own->leo(), own->leaderEpoch, own->log.lastEpoch(), false, own->log.startOffset()});
    }
    fetching.forgotten.clear();
    fetching.changed.clear();
    fetching.fullNext = false;
    fetching.inFlight = true;
    outstanding_.send(Topology::brokerNode(leader), std::move(request),
                      Asked{Asked::What::ReplicaFetch, leader, {}}, step.now, kReplicaSocketTimeout,
                      step.out);
}

void Broker::onReplicaData(const ReplicaFetchResponse& response, BrokerId leader, Step step)
{
    Fetcher& fetching = fetcher(leader);
    fetching.inFlight = false;
    if (response.error != ErrorCode::None) {
        fetching.fullNext = true; // the leader has forgotten the session
        fetchFrom(leader, step);
        return;
    }
    for (const ReplicaFetchResponse::Part& part : response.parts)
        takeReplicaData(part, leader, step);
    fetchFrom(leader, step);
}

void Broker::takeReplicaData(const ReplicaFetchResponse::Part& part, BrokerId leader, Step step)
{
    Replica* own = editReplica(part.partition);
    if (!own || own->role != Replica::Role::Follower || own->leader != leader ||
        own->leaderEpoch != part.leaderEpoch)
        return; // what was asked for under another leadership
    Fetcher& fetching = fetcher(leader);
    if (part.error == ErrorCode::OffsetOutOfRange && part.diverging.endOffset >= own->leo()) {
        // The leader's log begins later than this one ends, or the two have nothing in common any more.
        if (part.logStartOffset > own->leo())
            startAnew(*own, part.logStartOffset, step);
        fetching.touch(part.partition);
        return;
    }
    if (part.error == ErrorCode::OffsetOutOfRange || part.diverging.epoch >= 0) {
        Offset to = std::min(part.diverging.endOffset, own->leo());
        if (part.diverging.epoch >= 0) {
            const EpochEnd ownEnd = own->log.endOffsetFor(part.diverging.epoch, own->leaderEpoch);
            if (ownEnd.epoch >= 0)
                to = std::min(to, ownEnd.endOffset);
        }
        truncate(*own, to, step);
        fetching.touch(part.partition);
        return;
    }
    if (part.error != ErrorCode::None) {
        // The metadata log tells who leads; until then this partition is asked for again after a while.
        fetching.touch(part.partition);
        fetching.notBefore = step.now + step.topology.config.replicaFetchBackoff;
        step.out.timer(fetching.notBefore, Timer{TimerKind::FetchBackoff, leader, 0});
        return;
    }
    if (!part.batches.empty())
        haltIfUnwritable(step);
    if (disk_ != DiskState::Sound)
        return;
    if (countsForFollower(part.partition))
        followerQuota_.record(batchBytes(part), step.now);
    // Not an answer from before a truncation. The first batch may begin later: compaction took what was
    // before.
    if (part.fetchOffset == own->leo()) {
        const LogConfig& config = logConfig(part.partition, step.topology);
        // Where the leader's log start lies inside a batch, an empty log begins with the whole of it. Source:
        // Partition.appendRecordsToFollowerOrFutureReplica of Kafka.
        if (!part.batches.empty() && part.batches[0].baseOffset < own->leo() &&
            own->leo() == own->log.startOffset())
            own->log.startAnew(part.batches[0].baseOffset, step.wallTime());
        for (const LogBatch& batch : part.batches) {
            if (batch.baseOffset >= own->leo())
                own->log.append(batch, config, step.wallTime());
        }
        if (!part.batches.empty() || !own->lagAtLastData)
            own->lagAtLastData = std::max<Offset>(0, part.highWatermark - own->leo());
    }
    if (!part.batches.empty())
        fetching.touch(part.partition);
    const Offset highWatermark = std::min(part.highWatermark, own->leo());
    if (highWatermark > own->highWatermark) {
        own->highWatermark = highWatermark;
        touchedFetches_.insert(touchedFetches_.end(), own->parkedFetches.begin(), own->parkedFetches.end());
    }
    if (part.logStartOffset > own->log.startOffset()) {
        own->log.raiseStart(std::min(part.logStartOffset, own->highWatermark));
        fetching.touch(part.partition); // its leader has to know where it begins
    }
}

// Everything goes, and the log begins at `start`. Source: AbstractFetcherThread's
// truncateFullyAndStartAt of Kafka.
void Broker::startAnew(Replica& replica, Offset start, Step step)
{
    const Offset before = replica.leo();
    replica.log.startAnew(start, step.wallTime());
    replica.highWatermark = replica.checkpointedHighWatermark = start;
    step.out.fact(LogTruncated{replica.partition, id_, before, start});
}

// Below where its log begins nothing is left of it. Source: UnifiedLog.truncateTo of Kafka.
void Broker::truncate(Replica& replica, Offset to, Step step)
{
    if (to < replica.log.segment(0).baseOffset) {
        startAnew(replica, to, step);
        return;
    }
    const Offset before = replica.leo();
    const Offset after = replica.log.truncateTo(to);
    replica.highWatermark = std::min(replica.highWatermark, after);
    replica.checkpointedHighWatermark = std::min(replica.checkpointedHighWatermark, after);
    if (after != before)
        step.out.fact(LogTruncated{replica.partition, id_, before, after});
}

} // namespace tideline
