// SPDX-License-Identifier: GPL-3.0-or-later
// What a node makes of the answers to its own requests.
#include "engine/quorum/raft_node.h"

#include <algorithm>
#include <optional>

namespace tideline {

namespace {

// A leader that cannot take a voter's own account of itself does not need it.
bool isUnneededUpdate(const RaftAnswer& answer)
{
    const auto* body = std::get_if<Acknowledgement>(&answer.body);
    return body && body->of == AcknowledgedCall::UpdateRaftVoter &&
           answer.error == QuorumError::UnsupportedVersion;
}

} // namespace

bool RaftNode::take(ReplicaId from, const RaftAnswer& answer, const RaftStep& step)
{
    if (answer.wholeRequest) {
        // A voter that does not know pre-votes yet: the others will not stop the election either.
        if (answer.error == QuorumError::UnsupportedVersion && quorum_.role() == RaftRole::Prospective &&
            std::holds_alternative<VoteAnswer>(answer.body)) {
            toCandidate(step);
            return true;
        }
        return false;
    }
    if (const std::optional<bool> taken = takeCommon(answer, step))
        return *taken;
    if (answer.error == QuorumError::SnapshotNotFound)
        return giveUpFetching(step);
    if (answer.error != QuorumError::None && !isUnneededUpdate(answer))
        return false;
    return std::visit([&](const auto& body) { return takeBody(body, from, step); }, answer.body);
}

std::optional<bool> RaftNode::takeCommon(const RaftAnswer& answer, const RaftStep& step)
{
    const bool knowsBetter = answer.epoch > quorum_.epoch() ||
                             answer.error == QuorumError::FencedLeaderEpoch ||
                             answer.error == QuorumError::NotLeaderOrFollower;
    if (answer.epoch < quorum_.epoch() || answer.error == QuorumError::UnknownLeaderEpoch)
        return true; // says nothing any more
    if (knowsBetter) {
        learn(answer.epoch, answer.leader, step);
        return true;
    }
    if (answer.leader != kNone && quorum_.leader() == kNone && !contradicts(answer.epoch, answer.leader)) {
        toFollower(answer.epoch, answer.leader, step);
        // An observer finds the leader and gets its records by one fetch.
        return answer.error == QuorumError::None ? std::nullopt : std::optional(true);
    }
    if (answer.error == QuorumError::InvalidVoterKey)
        return true;
    return std::nullopt;
}

bool RaftNode::takeBody(const VoteAnswer& body, ReplicaId from, const RaftStep& step)
{
    if (auto* prospective = quorum_.as<ProspectiveState>()) {
        prospective->election.record(from, body.granted);
        if (prospective->election.won())
            toCandidate(step);
        else if (prospective->election.lost())
            afterLostPreVote(step);
    } else if (auto* candidate = quorum_.as<CandidateState>()) {
        // A lost election is waited out.
        candidate->election.record(from, body.granted);
        if (candidate->election.won())
            toLeader(step);
    }
    return true;
}

bool RaftNode::takeBody(const RaftFetchAnswer& body, ReplicaId, const RaftStep& step)
{
    auto* follower = quorum_.as<FollowerState>();
    if (!follower)
        return true;
    if (body.diverging) {
        const Offset offset = log_.truncationOffset(*body.diverging);
        // What is committed stays, whatever a leader says.
        if (offset < committed_)
            return false;
        step.out.push_back(RaftTruncated{log_.truncateTo(offset)});
    } else if (body.snapshot) {
        if (!startFetching(*follower, *body.snapshot, step))
            return false;
    } else {
        appendFetched(body.batches);
        if (quorum_.raiseHighWatermark(std::min(log_.endOffset(), body.highWatermark)))
            commit(quorum_.highWatermark(), step);
    }
    hasHeardFromLeader(*follower, step);
    return true;
}

bool RaftNode::takeBody(const Acknowledgement& body, ReplicaId from, const RaftStep& step)
{
    auto* resigned = quorum_.as<ResignedState>();
    auto* follower = quorum_.as<FollowerState>();
    if (body.of == AcknowledgedCall::EndQuorumEpoch && resigned) {
        std::erase(resigned->unacknowledged, from);
    } else if (body.of == AcknowledgedCall::UpdateRaftVoter && follower) {
        follower->hasUpdatedLeader = true;
        hasHeardFromLeader(*follower, step);
    }
    return true;
}

void RaftNode::hasHeardFromLeader(FollowerState& follower, const RaftStep& step)
{
    follower.fetchTimeoutAt = saturatingAdd(step.now, quorum_.config().fetchTimeout);
    follower.hasFetched = true;
}

void RaftNode::appendFetched(const std::vector<RaftBatch>& batches)
{
    for (const RaftBatch& batch : batches) {
        if (batch.endOffset() <= log_.endOffset())
            continue;
        // A gap, or a record of an epoch that is not known yet: the next fetch asks again.
        if (batch.baseOffset != log_.endOffset() || batch.records < 1 || batch.epoch > quorum_.epoch())
            return;
        log_.append(batch, quorum_.config().segmentBytes);
    }
}

} // namespace tideline
