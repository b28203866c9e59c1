// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a node gives its vote, or its pre-vote, to a nominee (KIP-595, KIP-996).
//
// Asked once the request is known to be valid and the node has taken over a higher epoch: the nominee is in
// the node's own epoch. Neither of the two has to be a voter. Pure functions.
#pragma once

#include "engine/quorum/quorum_state.h"

namespace tideline {

// A vote request that no correct node sends: a candidate has raised its epoch above all that its log knows; a
// pre-vote is asked for in an epoch that may have written records.
inline bool isValidVoteRequest(const VoteRequest& request)
{
    if (request.end.offset < 0 || request.end.epoch < 0)
        return false;
    return request.preVote ? request.end.epoch <= request.epoch : request.end.epoch < request.epoch;
}

inline bool grantsPreVote(const QuorumState& node, bool upToDate)
{
    switch (node.role()) {
    case RaftRole::Unattached:
    case RaftRole::Prospective:
    case RaftRole::Candidate:
    case RaftRole::Resigned:
        return upToDate;
    case RaftRole::Follower:
        // A follower that its leader has answered protects it against nodes that cannot reach it.
        return upToDate && !node.as<FollowerState>()->hasFetched;
    case RaftRole::Leader:
        return false;
    }
    return false;
}

inline bool grantsVote(const QuorumState& node, ReplicaId candidate, bool upToDate)
{
    if (node.role() != RaftRole::Unattached && node.role() != RaftRole::Prospective)
        return false;
    if (node.election().voted != kNone)
        return node.election().voted == candidate; // its answer may have been lost: it asks again
    return node.leader() == kNone && upToDate;
}

} // namespace tideline
