// SPDX-License-Identifier: GPL-3.0-or-later
// LeaderState: what a leader knows of the replicas that fetch from it, and what it has not written yet.
//
// 1. The high watermark is the largest offset that a majority of the voters has, itself included, but only
// once that lies behind the start of its epoch (Raft, 5.4.2): before, it is not known.
// 2. Check quorum (KIP-835): the leader has the majority behind it while floor(n/2) different other voters
// fetch, or tell about themselves, within each check quorum time-out. Observers do not count; an only voter
// needs nobody. A plain value.
#pragma once

#include "engine/quorum/quorum_config.h"
#include "engine/quorum/raft_log.h"

#include <map>
#include <optional>
#include <vector>

namespace tideline {

// One replica as its leader sees it.
struct ReplicaProgress
{
    ReplicaId id = kNone;
    std::optional<Offset> endOffset; // from its last fetch
    std::optional<Micros> lastFetch; // leader's clock
    TIDELINE_FIELDS(ReplicaProgress, id, endOffset, lastFetch)
};

class LeaderState
{
public:
    LeaderState() = default;
    LeaderState(ReplicaId self, Offset epochStart, Micros now, const QuorumConfig& config);

    // The leader's own log ends here now. True when the high watermark has risen.
    bool hasWritten(Offset endOffset);
    // A replica has everything below the offset that it fetches from. True when the high watermark has risen.
    bool hasFetched(ReplicaId replica, Offset fetchOffset, Micros now, const QuorumConfig& config);

    // Another voter has shown that it follows.
    void hasContacted(ReplicaId voter, Micros now, const QuorumConfig& config);

    Offset highWatermark() const { return highWatermark_; } // -1: not known
    // µs until the leader has to resign; kNever for an only voter.
    Micros untilCheckQuorum(Micros now) const;
    // The other voters, the most advanced first, then by id.
    std::vector<ReplicaId> successors() const;
    // The other voters that have not fetched within the last begin quorum epoch period, ascending.
    std::vector<ReplicaId> silentVoters(Micros now, const QuorumConfig& config) const;
    const std::vector<ReplicaProgress>& voters() const { return voters_; }
    const std::map<ReplicaId, ReplicaProgress>& observers() const { return observers_; }

    Micros beginQuorumEpochAt = 0; // when the silent voters are told next
    bool resignRequested = false;
    std::vector<RaftBatch> pending; // appended, waiting to be written
    Micros drainAt = kNever;        // when they are written

    TIDELINE_FIELDS(LeaderState, beginQuorumEpochAt, resignRequested, pending, drainAt, self_, epochStart_,
                    highWatermark_, voters_, observers_, followingVoters_, checkQuorumAt_)

private:
    bool raiseHighWatermark();
    std::vector<ReplicaProgress> votersByOffset() const;

    ReplicaId self_ = kNone;
    Offset epochStart_ = 0;
    Offset highWatermark_ = kUnknownOffset;
    std::vector<ReplicaProgress> voters_; // ascending by id, the leader among them
    std::map<ReplicaId, ReplicaProgress> observers_;
    std::vector<ReplicaId> followingVoters_; // since the check quorum window began, ascending
    Micros checkQuorumAt_ = kNever;
};

} // namespace tideline
