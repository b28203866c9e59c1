// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/quorum_state.h"

#include "engine/base/error.h"

#include <utility>

namespace tideline {

Offset QuorumState::highWatermark() const
{
    const auto* leader = as<LeaderState>();
    return leader ? leader->highWatermark() : highWatermark_;
}

Micros QuorumState::newElectionTimeout(const RaftStep& step) const
{
    const Micros jitter = step.draws.electionJitter(config_.electionTimeout);
    return saturatingAdd(step.now, config_.electionTimeout + jitter);
}

FollowerState QuorumState::newFollower(const RaftStep& step) const
{
    return {saturatingAdd(step.now, config_.fetchTimeout),
            false,
            saturatingAdd(step.now, config_.updateVoterPeriod()),
            false,
            {}};
}

void QuorumState::start(LeaderEpoch lastEpochInLog, const RaftStep& step)
{
    highWatermark_ = kUnknownOffset;
    if (election_.epoch < lastEpochInLog) {
        election_ = {lastEpochInLog, kNone, kNone};
        state_ = UnattachedState{newElectionTimeout(step)};
    } else if (election_.leader == id_) {
        election_.voted = kNone;
        ResignedState resigned{{}, config_.voters, newElectionTimeout(step)};
        std::erase(resigned.unacknowledged, id_);
        state_ = std::move(resigned);
    } else if (election_.voted == id_) {
        election_.leader = kNone;
        state_ = CandidateState{EpochElection(config_.voters, id_), newElectionTimeout(step)};
    } else if (config_.isVoter(election_.leader)) {
        state_ = newFollower(step);
    } else {
        state_ = UnattachedState{newElectionTimeout(step)};
    }
}

Micros QuorumState::electionAtOnceUnattached(const RaftStep& step) const
{
    if (!isVoter())
        return kNever;
    // Who is waiting for an election already goes on waiting. A pre-vote that was refused begins a new wait.
    if (const auto* unattached = as<UnattachedState>())
        return unattached->electionAt;
    if (const auto* candidate = as<CandidateState>())
        return candidate->electionAt;
    if (const auto* resigned = as<ResignedState>())
        return resigned->electionAt;
    const auto* prospective = as<ProspectiveState>();
    if (prospective && !prospective->election.lost())
        return prospective->electionAt;
    return newElectionTimeout(step);
}

void QuorumState::becomeUnattached(LeaderEpoch epoch, const RaftStep& step)
{
    TIDELINE_ASSERT(epoch > election_.epoch || (epoch == election_.epoch && role() == RaftRole::Prospective));
    const Micros electionAt = electionAtOnceUnattached(step);
    highWatermark_ = highWatermark();
    if (epoch > election_.epoch)
        election_ = {epoch, kNone, kNone};
    state_ = UnattachedState{electionAt};
}

void QuorumState::becomeFollower(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step)
{
    TIDELINE_ASSERT(epoch >= election_.epoch && leader != id_ && leader >= 0);
    highWatermark_ = highWatermark();
    const ReplicaId voted = epoch == election_.epoch ? election_.voted : kNone;
    election_ = {epoch, leader, voted};
    state_ = newFollower(step);
}

void QuorumState::becomeProspective(const RaftStep& step)
{
    TIDELINE_ASSERT(isVoter() && role() != RaftRole::Leader && role() != RaftRole::Prospective);
    state_ = ProspectiveState{EpochElection(config_.voters, id_), newElectionTimeout(step)};
}

void QuorumState::becomeCandidate(const RaftStep& step)
{
    TIDELINE_ASSERT(role() == RaftRole::Prospective);
    election_ = {election_.epoch + 1, kNone, id_};
    state_ = CandidateState{EpochElection(config_.voters, id_), newElectionTimeout(step)};
}

void QuorumState::becomeLeader(Offset logEnd, const RaftStep& step)
{
    TIDELINE_ASSERT(as<CandidateState>() && as<CandidateState>()->election.won());
    election_ = {election_.epoch, id_, kNone};
    state_ = LeaderState(id_, logEnd, step.now, config_);
}

void QuorumState::becomeResigned(const RaftStep& step)
{
    TIDELINE_ASSERT(role() == RaftRole::Leader);
    ResignedState resigned{as<LeaderState>()->successors(), config_.voters, newElectionTimeout(step)};
    std::erase(resigned.unacknowledged, id_);
    highWatermark_ = kUnknownOffset;
    state_ = std::move(resigned);
}

void QuorumState::vote(ReplicaId candidate, const RaftStep& step)
{
    TIDELINE_ASSERT(role() == RaftRole::Unattached || role() == RaftRole::Prospective);
    election_.voted = candidate;
    if (auto* prospective = as<ProspectiveState>())
        *prospective = {EpochElection(config_.voters, id_), newElectionTimeout(step)};
    else
        state_ = UnattachedState{newElectionTimeout(step)};
}

bool QuorumState::raiseHighWatermark(Offset offset)
{
    if (offset <= highWatermark_)
        return false;
    highWatermark_ = offset;
    return true;
}

} // namespace tideline
