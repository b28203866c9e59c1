// SPDX-License-Identifier: GPL-3.0-or-later
// Each call is one or more rounds: the role does what is due, then a message is taken, as in the poll loop of
// Kafka's KafkaRaftClient; rounds go on until nothing is due.
#include "engine/quorum/raft_node.h"

#include "engine/base/error.h"
#include "engine/quorum/snapshot_retention.h"

#include <algorithm>
#include <utility>

namespace tideline {

RaftNode::RaftNode(ReplicaId id, QuorumConfig config, ElectionState election, RaftLog log)
    : quorum_(id, std::move(config), election)
    , log_(std::move(log))
{}

template <class Handle>
void RaftNode::run(const RaftStep& step, Handle&& handle)
{
    if (!running_)
        return;
    while (std::optional<ParkedFetch> fetch = purgatory_.takeExpired(step.now))
        step.out.push_back(RaftReply{fetch->ticket, std::move(fetch->answer)});
    if (hasShutDown(step.now)) {
        notice(step);
        return;
    }
    const Micros wait = std::min(poll(step), clean(step));
    const bool handled = handle();
    const bool ended = hasShutDown(step.now);
    notice(step);
    if (ended)
        return;
    if (handled || wait <= 0)
        goOn(step);
    else
        wakeAt_ = saturatingAdd(step.now, wait);
}

void RaftNode::goOn(const RaftStep& step)
{
    Micros wait = 0;
    while (wait <= 0) {
        const bool ended = hasShutDown(step.now);
        if (!ended)
            wait = std::min(poll(step), clean(step));
        notice(step);
        if (ended)
            return;
    }
    wakeAt_ = saturatingAdd(step.now, wait);
}

void RaftNode::start(const RaftStep& step)
{
    TIDELINE_ASSERT(!running_);
    kill();
    running_ = true;
    stopped_ = false;
    cleanAt_ = saturatingAdd(step.now, kSnapshotCleaningPeriod);
    quorum_.start(log_.lastEpoch(), step);
    const RaftRole role = quorum_.role();
    if (quorum_.config().isOnlyVoter(quorum_.id()) && role != RaftRole::Candidate)
        toProspective(step);
    else if (role == RaftRole::Candidate && quorum_.as<CandidateState>()->election.won())
        toLeader(step);
    goOn(step);
}

void RaftNode::kill()
{
    running_ = false;
    connections_.forgetAll();
    purgatory_.forgetAll();
    noticed_.reset();
    committed_ = 0;
    wakeAt_ = kNever;
    shutdownAt_ = kNever;
    cleanAt_ = kNever;
}

void RaftNode::onRequest(const RaftRequest& request, RaftTicket ticket, const RaftStep& step)
{
    run(step, [&] {
        std::optional<RaftAnswer> answer =
            std::visit([&](const auto& body) { return handle(body, ticket, step); }, request);
        if (answer)
            step.out.push_back(RaftReply{ticket, std::move(*answer)});
        return true;
    });
}

void RaftNode::onAnswer(ReplicaId from, std::int32_t correlation, const RaftAnswer& answer,
                        const RaftStep& step)
{
    run(step, [&] {
        if (!connections_.isExpected(from, correlation))
            return true;
        const bool success = take(from, answer, step);
        // A change of role has forgotten the connection.
        if (connections_.isExpected(from, correlation))
            connections_.answered(from, success, step.now);
        return true;
    });
}

void RaftNode::onTimer(const RaftStep& step)
{
    run(step, [] { return false; });
}

std::optional<Offset> RaftNode::append(RaftPayload payload, std::int32_t records, const RaftStep& step)
{
    TIDELINE_ASSERT(records >= 1);
    auto* leader = quorum_.as<LeaderState>();
    if (!running_ || !leader)
        return std::nullopt;
    const Offset base = leader->pending.empty() ? log_.endOffset() : leader->pending.back().endOffset();
    leader->pending.push_back({base, quorum_.epoch(), records, false, std::move(payload)});
    leader->drainAt = std::min(leader->drainAt, saturatingAdd(step.now, quorum_.config().appendLinger));
    run(step, [] { return false; });
    return base + records - 1;
}

void RaftNode::resign(const RaftStep& step)
{
    if (auto* leader = quorum_.as<LeaderState>())
        leader->resignRequested = true;
    run(step, [] { return false; });
}

void RaftNode::shutDown(Micros timeout, const RaftStep& step)
{
    shutdownAt_ = std::min(shutdownAt_, saturatingAdd(step.now, timeout));
    run(step, [] { return false; });
}

bool RaftNode::hasShutDown(Micros now)
{
    if (shutdownAt_ == kNever)
        return false;
    // Nobody waits for an observer, for an only voter, or for one whose quorum has another leader.
    const bool dispensable = !quorum_.isVoter() || quorum_.config().isOnlyVoter(quorum_.id()) ||
                             (quorum_.leader() != kNone && quorum_.leader() != quorum_.id());
    if (now < shutdownAt_ && !dispensable)
        return false;
    running_ = false;
    stopped_ = true;
    wakeAt_ = kNever;
    return true;
}

Micros RaftNode::wakeAt() const
{
    return running_ ? std::min(wakeAt_, purgatory_.nextDeadline()) : kNever;
}

RaftStatus RaftNode::status() const
{
    return {quorum_.role(),          quorum_.epoch(), quorum_.leader(), quorum_.election().voted,
            quorum_.highWatermark(), log_.end(),      stopped_};
}

void RaftNode::notice(const RaftStep& step)
{
    const RaftStatus now = status();
    if (noticed_ == now)
        return;
    noticed_ = now;
    step.out.push_back(RaftStatusChanged{now});
}

void RaftNode::commit(Offset offset, const RaftStep& step)
{
    if (offset <= committed_)
        return;
    committed_ = offset;
    step.out.push_back(RaftCommitted{offset});
}

} // namespace tideline
