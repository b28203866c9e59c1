// SPDX-License-Identifier: GPL-3.0-or-later
// What each role does by itself when its time has come, and how long it can wait for the next thing.
#include "engine/quorum/raft_node.h"

#include <algorithm>
#include <utility>

namespace tideline {

namespace {

Micros rest(Micros deadline, Micros now)
{
    return deadline == kNever ? kNever : std::max<Micros>(0, deadline - now);
}

} // namespace

Micros RaftNode::poll(const RaftStep& step)
{
    if (auto* unattached = quorum_.as<UnattachedState>())
        return pollUnattached(*unattached, step);
    if (auto* prospective = quorum_.as<ProspectiveState>())
        return pollProspective(*prospective, step);
    if (auto* candidate = quorum_.as<CandidateState>())
        return pollCandidate(*candidate, step);
    if (auto* leader = quorum_.as<LeaderState>())
        return pollLeader(*leader, step);
    if (auto* follower = quorum_.as<FollowerState>())
        return pollFollower(*follower, step);
    return pollResigned(*quorum_.as<ResignedState>(), step);
}

Micros RaftNode::pollUnattached(UnattachedState& state, const RaftStep& step)
{
    if (!quorum_.isVoter())
        return fetchFromAnyVoter(step);
    if (shutdownAt_ != kNever)
        return rest(shutdownAt_, step.now);
    if (step.now >= state.electionAt) {
        toProspective(step);
        return 0;
    }
    return std::min(fetchFromAnyVoter(step), rest(state.electionAt, step.now));
}

Micros RaftNode::pollProspective(ProspectiveState& state, const RaftStep& step)
{
    if (shutdownAt_ != kNever)
        return std::min(rest(shutdownAt_, step.now), askForVotes(state.election, true, step));
    if (step.now >= state.electionAt) {
        afterLostPreVote(step);
        return 0;
    }
    return std::min(askForVotes(state.election, true, step), rest(state.electionAt, step.now));
}

Micros RaftNode::pollCandidate(CandidateState& state, const RaftStep& step)
{
    // A candidate that is to shut down goes on: elected, it can resign, and others learn of it.
    if (shutdownAt_ != kNever)
        return std::min(rest(shutdownAt_, step.now), askForVotes(state.election, false, step));
    if (step.now >= state.electionAt) {
        toProspective(step);
        return 0;
    }
    return std::min(askForVotes(state.election, false, step), rest(state.electionAt, step.now));
}

Micros RaftNode::askForVotes(const EpochElection& election, bool preVote, const RaftStep& step)
{
    if (election.lost())
        return kNever;
    Micros wait = kNever;
    for (const ReplicaId voter : election.openVoters()) {
        const VoteRequest request{quorum_.id(), voter, quorum_.epoch(), log_.end(), preVote};
        wait = std::min(wait, send(voter, request, step));
    }
    return wait;
}

Micros RaftNode::pollLeader(LeaderState& state, const RaftStep& step)
{
    const Micros untilCheckQuorum = state.untilCheckQuorum(step.now);
    if (shutdownAt_ != kNever || state.resignRequested || untilCheckQuorum == 0) {
        toResigned(step);
        return 0;
    }
    if (state.drainAt <= step.now)
        writePending(state, step);
    return std::min({rest(state.drainAt, step.now), beginQuorumEpoch(state, step), untilCheckQuorum});
}

void RaftNode::writePending(LeaderState& state, const RaftStep& step)
{
    for (RaftBatch& batch : std::exchange(state.pending, {}))
        log_.append(std::move(batch), quorum_.config().segmentBytes);
    state.drainAt = kNever;
    if (state.hasWritten(log_.endOffset()))
        leaderHighWatermarkRose(step);
    completeFetches(step);
}

Micros RaftNode::beginQuorumEpoch(LeaderState& state, const RaftStep& step)
{
    if (step.now < state.beginQuorumEpochAt)
        return state.beginQuorumEpochAt - step.now;
    Micros wait = kNever;
    for (const ReplicaId voter : state.silentVoters(step.now, quorum_.config())) {
        const BeginQuorumEpochRequest request{quorum_.id(), quorum_.epoch()};
        wait = std::min(wait, send(voter, request, step));
    }
    // When there was nobody to tell, nothing wakes the leader for the next period; it keeps it when something
    // else does, as Kafka's does.
    state.beginQuorumEpochAt = step.now + quorum_.config().beginQuorumEpochPeriod();
    return wait;
}

Micros RaftNode::pollFollower(FollowerState& state, const RaftStep& step)
{
    if (!quorum_.isVoter())
        return fetchFromLeader(step);
    if (step.now >= state.fetchTimeoutAt) {
        toProspective(step);
        return 0;
    }
    const Micros wait = step.now >= state.updateVoterAt ? updateVoter(state, step) : fetchFromLeader(step);
    return std::min(wait, rest(state.fetchTimeoutAt, step.now));
}

Micros RaftNode::updateVoter(FollowerState& state, const RaftStep& step)
{
    const Micros next = saturatingAdd(step.now, quorum_.config().updateVoterPeriod());
    if (state.hasUpdatedLeader) {
        state.updateVoterAt = next;
        return fetchFromLeader(step);
    }
    // While a fetch is under way the leader cannot be told: then it is tried again after the answer.
    if (connections_.isReady(quorum_.leader(), step.now, quorum_.config()))
        state.updateVoterAt = next;
    return send(quorum_.leader(), UpdateRaftVoterRequest{quorum_.id(), quorum_.epoch()}, step);
}

Micros RaftNode::pollResigned(ResignedState& state, const RaftStep& step)
{
    Micros wait = kNever;
    for (const ReplicaId voter : state.unacknowledged) {
        const EndQuorumEpochRequest request{quorum_.id(), quorum_.epoch(), state.successors};
        wait = std::min(wait, send(voter, request, step));
    }
    if (shutdownAt_ != kNever)
        return std::min(wait, rest(shutdownAt_, step.now));
    if (step.now >= state.electionAt) {
        // In its old epoch everybody would take this node for the leader.
        toUnattached(quorum_.epoch() + 1, step);
        return 0;
    }
    return std::min(wait, rest(state.electionAt, step.now));
}

Micros RaftNode::fetchFromLeader(const RaftStep& step)
{
    const QuorumConfig& config = quorum_.config();
    const ReplicaId leader = quorum_.leader();
    if (connections_.hasTimedOut(leader, step.now, config)) {
        connections_.forget(leader);
        return fetchFromAnyVoter(step);
    }
    // While the leader is left in peace, another voter may know a new one.
    if (connections_.isBackingOff(leader, step.now, config))
        return fetchFromAnyVoter(step);
    if (connections_.hasAnyRequest(step.now, config))
        return connections_.untilReadyVoter(step.now, config);
    const auto* follower = quorum_.as<FollowerState>();
    if (!follower->fetchingSnapshot)
        return send(leader, fetchRequest(), step);
    const FetchingSnapshot& fetching = *follower->fetchingSnapshot;
    return send(leader,
                FetchSnapshotRequest{quorum_.id(), quorum_.epoch(), fetching.id, fetching.position,
                                     config.fetchSnapshotMaxBytes},
                step);
}

Micros RaftNode::fetchFromAnyVoter(const RaftStep& step)
{
    const QuorumConfig& config = quorum_.config();
    if (connections_.hasAnyRequest(step.now, config))
        return connections_.untilReadyVoter(step.now, config);
    const std::size_t start = step.draws.voterToAsk(config.voters.size());
    const std::optional<ReplicaId> voter = connections_.readyVoter(start, step.now, config);
    return voter ? send(*voter, fetchRequest(), step) : connections_.untilReadyVoter(step.now, config);
}

RaftRequest RaftNode::fetchRequest() const
{
    return RaftFetchRequest{quorum_.id(), quorum_.epoch(), log_.end(), quorum_.highWatermark(),
                            quorum_.config().fetchMaxWait};
}

Micros RaftNode::send(ReplicaId to, RaftRequest request, const RaftStep& step)
{
    const QuorumConfig& config = quorum_.config();
    if (connections_.isBackingOff(to, step.now, config))
        return connections_.remainingBackoff(to, step.now, config);
    if (connections_.isReady(to, step.now, config)) {
        const std::int32_t correlation = nextCorrelation_++;
        connections_.sent(to, correlation, step.now);
        step.out.push_back(RaftSend{to, correlation, std::move(request)});
    }
    return connections_.remainingRequest(to, step.now, config);
}

} // namespace tideline
