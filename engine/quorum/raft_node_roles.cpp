// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of role: each forgets what the node has asked others, and tells those that wait for it.
#include "engine/quorum/raft_node.h"

namespace tideline {

void RaftNode::dropPending(const RaftStep& step)
{
    const auto* leader = quorum_.as<LeaderState>();
    if (leader && !leader->pending.empty())
        step.out.push_back(RaftTruncated{log_.endOffset()});
}

void RaftNode::toUnattached(LeaderEpoch epoch, const RaftStep& step)
{
    dropPending(step);
    quorum_.becomeUnattached(epoch, step);
    connections_.forgetAll();
}

void RaftNode::toFollower(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step)
{
    dropPending(step);
    quorum_.becomeFollower(epoch, leader, step);
    connections_.forgetAll();
    refuseFetches(QuorumError::NotLeaderOrFollower, step);
}

void RaftNode::toProspective(const RaftStep& step)
{
    quorum_.becomeProspective(step);
    connections_.forgetAll();
    if (quorum_.as<ProspectiveState>()->election.won())
        toCandidate(step);
}

void RaftNode::toCandidate(const RaftStep& step)
{
    quorum_.becomeCandidate(step);
    connections_.forgetAll();
    if (quorum_.as<CandidateState>()->election.won())
        toLeader(step);
}

void RaftNode::toLeader(const RaftStep& step)
{
    quorum_.becomeLeader(log_.endOffset(), step);
    log_.startEpoch(quorum_.epoch());
    connections_.forgetAll();
    // The high watermark can only rise with a record of the own epoch: write one at once (LEADER_CHANGE).
    auto* leader = quorum_.as<LeaderState>();
    leader->pending.push_back({log_.endOffset(), quorum_.epoch(), 1, true, {}});
    leader->drainAt = step.now;
}

void RaftNode::toResigned(const RaftStep& step)
{
    refuseFetches(QuorumError::NotLeaderOrFollower, step);
    dropPending(step);
    quorum_.becomeResigned(step);
    connections_.forgetAll();
}

void RaftNode::afterLostPreVote(const RaftStep& step)
{
    if (quorum_.leader() != kNone && quorum_.leader() != quorum_.id())
        toFollower(quorum_.epoch(), quorum_.leader(), step);
    else
        toUnattached(quorum_.epoch(), step);
}

bool RaftNode::contradicts(LeaderEpoch epoch, ReplicaId leader) const
{
    if (leader == kNone)
        return false;
    if (leader < 0)
        return true;
    if (leader == quorum_.id())
        return quorum_.role() != RaftRole::Leader || epoch != quorum_.epoch();
    return epoch == quorum_.epoch() && quorum_.leader() != kNone && quorum_.leader() != leader;
}

void RaftNode::learn(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step)
{
    // Two leaders in one epoch cannot be; believing the message would break more than dropping it.
    if (contradicts(epoch, leader) || epoch < quorum_.epoch())
        return;
    if (leader != kNone && (epoch > quorum_.epoch() || quorum_.leader() == kNone))
        toFollower(epoch, leader, step);
    else if (epoch > quorum_.epoch())
        toUnattached(epoch, step);
}

} // namespace tideline
