// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: the leader's end of follower fetches: what a fetch tells about the follower, and what it is
// answered.
#include "engine/cluster/broker.h"

#include "engine/cluster/high_watermark.h"
#include "engine/cluster/log_read.h"

#include <algorithm>

namespace tideline {

void Broker::onReplicaFetch(const ReplicaFetchRequest& request, const ReplyTo& from, Step step)
{
    if (refuseOldIncarnation(request, from, step))
        return;
    FetchSession& fetching = session(request.follower);
    fetching.parked.reset(); // a new request replaces one whose connection was lost
    ++fetching.waits;
    if (!fetching.open && !request.fullSession) {
        step.out.reply(from, ReplicaFetchResponse{ErrorCode::FetchSessionIdNotFound, {}});
        return;
    }
    if (request.fullSession) {
        fetching.parts.clear();
        fetching.dirty.clear();
        fetching.lookAgain.clear(); // all that it follows are named
        fetching.open = true;
    }
    // The answer carries the high watermarks from before this fetch: a leader tells a follower of a rise one
    // response later.
    std::vector<std::pair<PartitionIndex, Offset>> before;
    for (const ReplicaFetchRequest::Part& asked : request.parts) {
        if (asked.forgotten) {
            fetching.forget(asked.partition);
            continue;
        }
        FetchSession::Part& part = fetching.findOrAdd(asked.partition);
        part.fetchOffset = asked.fetchOffset;
        part.currentEpoch = asked.currentEpoch;
        part.lastFetchedEpoch = asked.lastFetchedEpoch;
        fetching.mark(part);
        EpochEnd diverging;
        if (judgeReplicaFetch(request.follower, part, diverging) != ErrorCode::None || diverging.epoch >= 0)
            continue;
        Replica& replica = *editReplica(asked.partition);
        part.segment = segmentOf(replica.log, asked.fetchOffset);
        before.emplace_back(asked.partition, replica.highWatermark);
        noteFollower(replica, request, asked, step);
    }
    for (const PartitionIndex partition : std::exchange(fetching.lookAgain, {})) {
        const FetchSession::Part* part = fetching.find(partition);
        EpochEnd diverging;
        if (!part || judgeReplicaFetch(request.follower, *part, diverging) != ErrorCode::None ||
            diverging.epoch >= 0)
            continue;
        Replica& replica = *editReplica(partition);
        FollowerProgress& follower = *replica.follower(request.follower);
        follower.brokerEpoch = request.brokerEpoch;
        maybeExpandIsr(replica, follower);
    }
    fetching.lastFetch = step.wallClock();
    bool answerAtOnce = false;
    ReplicaFetchResponse response = readForFollower(request.follower, answerAtOnce, step);
    if (!answerAtOnce) {
        // Nothing but high watermarks, if anything: they stay unsent until there is data or the wait is over.
        for (const ReplicaFetchResponse::Part& part : response.parts) {
            FetchSession::Part& kept = *fetching.find(part.partition);
            kept.sentHighWatermark = -1;
            fetching.mark(kept);
        }
        park(fetching, request.follower, from, step);
        return;
    }
    for (ReplicaFetchResponse::Part& part : response.parts) {
        for (const auto& [partition, highWatermark] : before) {
            if (partition != part.partition || part.highWatermark == highWatermark)
                continue;
            part.highWatermark = highWatermark;
            FetchSession::Part& kept = *fetching.find(partition);
            kept.sentHighWatermark = highWatermark;
            fetching.mark(kept);
        }
    }
    chargeLeader(response, step);
    step.out.reply(from, std::move(response));
}

void Broker::park(FetchSession& fetching, BrokerId follower, const ReplyTo& from, Step step)
{
    fetching.parked = from;
    step.out.timer(step.now + step.topology.config.replicaFetchWaitMax,
                   Timer{TimerKind::SessionWait, follower, fetching.waits});
}

// The epoch checks of a fetch (KIP-320) and where the follower's log parts from this one (KIP-279).
ErrorCode Broker::judgeReplicaFetch(BrokerId follower, const FetchSession::Part& part,
                                    EpochEnd& diverging) const
{
    const Replica* leader = replica(part.partition);
    if (!leader || leader->role != Replica::Role::Leader)
        return ErrorCode::NotLeaderOrFollower;
    if (part.currentEpoch < leader->leaderEpoch)
        return ErrorCode::FencedLeaderEpoch;
    if (part.currentEpoch > leader->leaderEpoch)
        return ErrorCode::UnknownLeaderEpoch;
    // A replica that this leader has not heard of yet. Source: Partition.followerReplicaOrThrow of Kafka.
    if (!leader->follower(follower))
        return ErrorCode::UnknownLeaderEpoch;
    if (part.lastFetchedEpoch >= 0) {
        const EpochEnd end = leader->log.endOffsetFor(part.lastFetchedEpoch, leader->leaderEpoch);
        if (end.epoch < 0 || part.fetchOffset < leader->log.startOffset())
            return ErrorCode::OffsetOutOfRange;
        if (end.epoch < part.lastFetchedEpoch || end.endOffset < part.fetchOffset)
            diverging = end;
    } else if (part.fetchOffset > leader->leo() || part.fetchOffset < leader->log.startOffset()) {
        return ErrorCode::OffsetOutOfRange;
    }
    return ErrorCode::None;
}

// What a broker fetched before it was started anew says nothing of what it has now (KIP-903). Source:
// Replica.updateFetchStateOrThrow of Kafka.
bool Broker::refuseOldIncarnation(const ReplicaFetchRequest& request, const ReplyTo& from, Step step) const
{
    const control::BrokerRegistration* registration = image_.brokers.find(request.follower);
    if (request.brokerEpoch < 0 || !registration || registration->fenced ||
        registration->brokerEpoch <= request.brokerEpoch)
        return false; // it is the newest, or not registered yet
    ReplicaFetchResponse refusal;
    for (const ReplicaFetchRequest::Part& asked : request.parts) {
        ReplicaFetchResponse::Part part;
        part.partition = asked.partition;
        part.error = ErrorCode::NotLeaderOrFollower;
        part.leaderEpoch = asked.currentEpoch;
        part.fetchOffset = asked.fetchOffset;
        refusal.parts.push_back(std::move(part));
    }
    step.out.reply(from, std::move(refusal));
    return true;
}

// A fetch at an offset says that the follower has everything before it.
void Broker::noteFollower(Replica& replica, const ReplicaFetchRequest& request,
                          const ReplicaFetchRequest::Part& asked, Step step)
{
    FollowerProgress* follower = replica.follower(request.follower);
    if (!follower)
        return;
    const Offset fetchOffset = asked.fetchOffset;
    follower->brokerEpoch = request.brokerEpoch;
    follower->logStart = asked.logStart;
    if (fetchOffset >= replica.leo())
        follower->lastCaughtUp = std::max(follower->lastCaughtUp, step.wallClock());
    else if (fetchOffset >= follower->leaderLeoAtLastFetch && follower->leo != kUnknownOffset)
        follower->lastCaughtUp = std::max(follower->lastCaughtUp, follower->lastFetch);
    follower->lastFetch = step.wallClock();
    follower->leaderLeoAtLastFetch = replica.leo();
    const bool moved = follower->leo != fetchOffset;
    follower->leo = fetchOffset;
    maybeExpandIsr(replica, *follower);
    if (moved)
        advanceHighWatermark(replica, step);
}

void Broker::maybeExpandIsr(Replica& replica, const FollowerProgress& follower)
{
    if (!mayJoinIsr(replica, follower))
        return;
    BrokerIds larger = replica.isr;
    larger.push(follower.broker);
    proposeIsr(replica, larger);
}

// Something was appended. Followers that had everything until now had it at their session's last fetch, which
// named them not.
void Broker::followersFallBehind(Replica& replica, Offset leoBefore)
{
    for (FollowerProgress& follower : replica.followers) {
        FetchSession& fetching = session(follower.broker);
        FetchSession::Part* part = fetching.find(replica.partition);
        if (!part)
            continue;
        if (follower.leo == leoBefore) {
            follower.lastCaughtUp = std::max(follower.lastCaughtUp, fetching.lastFetch);
            follower.lastFetch = std::max(follower.lastFetch, fetching.lastFetch);
            follower.leaderLeoAtLastFetch = leoBefore;
        }
        fetching.mark(*part);
        touchedSessions_.push_back(follower.broker);
    }
}

// What is new for the follower, from the dirty partitions. `answerAtOnce`: there is data, an error or a
// divergence.
ReplicaFetchResponse Broker::readForFollower(BrokerId follower, bool& answerAtOnce, const Step& step)
{
    FetchSession& fetching = session(follower);
    ReplicaFetchResponse response;
    const ClusterConfig& config = step.topology.config;
    std::int64_t total = 0;
    std::vector<PartitionIndex> left; // more is there than fits: dirty still
    const std::vector<PartitionIndex> dirty = std::exchange(fetching.dirty, {});
    for (const PartitionIndex index : dirty) {
        FetchSession::Part* part = fetching.find(index);
        if (!part)
            continue;
        part->dirty = false;
        ReplicaFetchResponse::Part answer;
        answer.partition = index;
        answer.leaderEpoch = part->currentEpoch;
        answer.fetchOffset = part->fetchOffset;
        answer.error = judgeReplicaFetch(follower, *part, answer.diverging);
        if (answer.error != ErrorCode::None || answer.diverging.epoch >= 0) {
            if (answer.error == ErrorCode::OffsetOutOfRange) {
                answer.diverging.endOffset = replica(index)->leo();
                answer.logStartOffset = replica(index)->log.startOffset();
            }
            answerAtOnce = true;
            response.parts.push_back(std::move(answer));
            continue;
        }
        const Replica& leader = *replica(index);
        answer.highWatermark = leader.highWatermark;
        answer.logStartOffset = leader.log.startOffset();
        const bool held =
            countsForLeader(index) && !leader.isr.contains(follower) && leaderQuota_.exceeded(step.now);
        if (held) {
            left.push_back(index);
        } else {
            const std::int64_t room = std::max<std::int64_t>(0, config.replicaFetchResponseMaxBytes - total);
            const LogRead read =
                readLog(leader.log, part->fetchOffset, leader.leo(),
                        std::min<std::int64_t>(config.replicaFetchMaxBytes, room), total == 0);
            for (std::size_t i = read.first; i < read.end; ++i)
                answer.batches.push_back(leader.log.batch(i));
            answer.cutOff = read.cutOff;
            total += read.bytes;
            if (answer.batches.empty() && part->fetchOffset < leader.leo())
                left.push_back(index);
            // Case F of DelayedFetch of Kafka: it has fallen behind the segment that is written to.
            if (part->fetchOffset < leader.leo() && part->segment < segmentOf(leader.log, leader.leo()))
                answerAtOnce = true;
        }
        if (answer.batches.empty() && answer.cutOff == 0 && answer.highWatermark == part->sentHighWatermark &&
            answer.logStartOffset == part->sentLogStart)
            continue;
        part->sentHighWatermark = answer.highWatermark;
        part->sentLogStart = answer.logStartOffset;
        response.parts.push_back(std::move(answer));
    }
    for (const PartitionIndex index : left)
        fetching.mark(*fetching.find(index));
    if (total >= config.replicaFetchMinBytes && total > 0)
        answerAtOnce = true;
    return response;
}

void Broker::answerTouchedSessions(Step step)
{
    if (touchedSessions_.empty())
        return;
    std::sort(touchedSessions_.begin(), touchedSessions_.end());
    touchedSessions_.erase(std::unique(touchedSessions_.begin(), touchedSessions_.end()),
                           touchedSessions_.end());
    for (const BrokerId follower : std::exchange(touchedSessions_, {})) {
        FetchSession& fetching = session(follower);
        if (!fetching.parked)
            continue;
        bool answerAtOnce = false;
        ReplicaFetchResponse response = readForFollower(follower, answerAtOnce, step);
        if (!answerAtOnce) {
            for (const ReplicaFetchResponse::Part& part : response.parts) {
                FetchSession::Part& kept = *fetching.find(part.partition);
                kept.sentHighWatermark = -1;
                fetching.mark(kept);
            }
            continue;
        }
        chargeLeader(response, step);
        step.out.reply(*fetching.parked, std::move(response));
        fetching.parked.reset();
    }
}

} // namespace tideline
