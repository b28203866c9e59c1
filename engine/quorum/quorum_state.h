// SPDX-License-Identifier: GPL-3.0-or-later
// QuorumState: the state of one node in its quorum, and how it comes from one to the next.
//
//     Unattached   knows the epoch and no leader; may have voted      -> Prospective, Follower
//     Prospective  asks for pre-votes, keeps its epoch (KIP-996)      -> Candidate, Unattached, Follower
//     Candidate    has raised the epoch, voted for itself and asks    -> Leader, Prospective
//     Leader       elected by a majority                              -> Resigned
//     Follower     knows the leader and fetches from it               -> Prospective
//     Resigned     was the leader, waits for a successor              -> Unattached in the next epoch
//
// Whoever hears of a higher epoch goes to Unattached or Follower in it. Nodes that do not vote (observers)
// are only Unattached or Follower. Epoch, leader and vote are what Kafka keeps in its file quorum-state: they
// outlive the process. A plain value.
#pragma once

#include "engine/quorum/epoch_election.h"
#include "engine/quorum/leader_state.h"
#include "engine/quorum/quorum_config.h"
#include "engine/quorum/raft_step.h"

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

// What a node writes down before it acts on it.
struct ElectionState
{
    LeaderEpoch epoch = 0;
    ReplicaId leader = kNone;
    ReplicaId voted = kNone;
    TIDELINE_FIELDS(ElectionState, epoch, leader, voted)
};

struct UnattachedState
{
    Micros electionAt = kNever; // when the election time-out ends
    TIDELINE_FIELDS(UnattachedState, electionAt)
};
struct ProspectiveState
{
    EpochElection election;
    Micros electionAt = kNever;
    TIDELINE_FIELDS(ProspectiveState, election, electionAt)
};
struct CandidateState
{
    EpochElection election;
    Micros electionAt = kNever;
    TIDELINE_FIELDS(CandidateState, election, electionAt)
};
// A snapshot that a follower is getting from its leader.
struct FetchingSnapshot
{
    OffsetAndEpoch id;
    std::int64_t position = 0; // bytes of it that are there
    TIDELINE_FIELDS(FetchingSnapshot, id, position)
};
struct FollowerState
{
    Micros fetchTimeoutAt = kNever;
    bool hasFetched = false;       // from this leader, with success
    Micros updateVoterAt = kNever; // when it tells the leader about itself
    bool hasUpdatedLeader = false; // and has done so
    std::optional<FetchingSnapshot> fetchingSnapshot = {};
    TIDELINE_FIELDS(FollowerState, fetchTimeoutAt, hasFetched, updateVoterAt, hasUpdatedLeader,
                    fetchingSnapshot)
};
struct ResignedState
{
    std::vector<ReplicaId> successors;     // the best first
    std::vector<ReplicaId> unacknowledged; // voters that have not confirmed the end of the epoch
    Micros electionAt = kNever;
    TIDELINE_FIELDS(ResignedState, successors, unacknowledged, electionAt)
};

class QuorumState
{
public:
    QuorumState() = default;
    QuorumState(ReplicaId id, QuorumConfig config, ElectionState election)
        : id_(id)
        , config_(std::move(config))
        , election_(election)
    {}

    ReplicaId id() const { return id_; }
    const QuorumConfig& config() const { return config_; }
    const ElectionState& election() const { return election_; }
    LeaderEpoch epoch() const { return election_.epoch; }
    ReplicaId leader() const { return election_.leader; }
    bool isVoter() const { return config_.isVoter(id_); }
    RaftRole role() const { return static_cast<RaftRole>(state_.index()); }
    Offset highWatermark() const;
    // The state, null when the node is in another one.
    template <class State>
    State* as()
    {
        return std::get_if<State>(&state_);
    }
    template <class State>
    const State* as() const
    {
        return std::get_if<State>(&state_);
    }

    // The process starts with what it had written down: a leader as Resigned, a candidate as Candidate, so
    // that neither votes again in its epoch.
    void start(LeaderEpoch lastEpochInLog, const RaftStep& step);
    // epoch >= own; the same one only from Prospective.
    void becomeUnattached(LeaderEpoch epoch, const RaftStep& step);
    // leader is another node; epoch >= own. It need not be a voter that this node knows of.
    void becomeFollower(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step);
    void becomeProspective(const RaftStep& step);
    void becomeCandidate(const RaftStep& step);
    void becomeLeader(Offset logEnd, const RaftStep& step);
    void becomeResigned(const RaftStep& step);
    // The vote of this epoch is given to another node, which is as good a leader: the election time-out
    // begins anew, and with it the count of a prospective node.
    void vote(ReplicaId candidate, const RaftStep& step);
    // As a follower; a lower one than before says nothing. True when it has risen.
    bool raiseHighWatermark(Offset offset);

    TIDELINE_FIELDS(QuorumState, id_, config_, election_, highWatermark_, state_)

private:
    FollowerState newFollower(const RaftStep& step) const;
    Micros newElectionTimeout(const RaftStep& step) const;
    // When the election time-out ends of a node that becomes Unattached.
    Micros electionAtOnceUnattached(const RaftStep& step) const;

    ReplicaId id_ = kNone;
    QuorumConfig config_;
    ElectionState election_;
    Offset highWatermark_ = kUnknownOffset; // known so far; not to leaders, who find it anew
    // In the order of RaftRole.
    std::variant<UnattachedState, ProspectiveState, CandidateState, LeaderState, FollowerState, ResignedState>
        state_;
};

} // namespace tideline
