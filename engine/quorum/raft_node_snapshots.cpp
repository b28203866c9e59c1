// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots of a node's log: making them, letting the log before them go, giving and getting them (KIP-630).
#include "engine/quorum/raft_node.h"

#include "engine/base/error.h"
#include "engine/quorum/snapshot_retention.h"

#include <algorithm>
#include <utility>

namespace tideline {

bool RaftNode::createSnapshot(RaftSnapshot snapshot)
{
    TIDELINE_ASSERT(snapshot.id.offset <= committed_ && snapshot.bytes > 0);
    return log_.addSnapshot(std::move(snapshot));
}

// µs until it has to look again; nothing wakes a node that has nothing to let go.
Micros RaftNode::clean(const RaftStep& step)
{
    if (step.now >= cleanAt_) {
        cleanAt_ += ((step.now - cleanAt_) / kSnapshotCleaningPeriod + 1) * kSnapshotCleaningPeriod;
        if (retainSnapshots(log_, quorum_.config(), step.now))
            step.out.push_back(RaftLogStartMoved{log_.startOffset()});
    }
    return log_.snapshots().size() < 2 || cleanAt_ == kNever ? kNever : cleanAt_ - step.now;
}

std::optional<RaftAnswer> RaftNode::handle(const FetchSnapshotRequest& request, RaftTicket,
                                           const RaftStep& step)
{
    const QuorumError error = judgeLeaderRequest(request.currentLeaderEpoch);
    if (error != QuorumError::None)
        return answer(error, FetchSnapshotAnswer{});
    const RaftSnapshot* snapshot = log_.snapshot(request.snapshot);
    if (!snapshot)
        return answer(QuorumError::SnapshotNotFound, FetchSnapshotAnswer{});
    if (request.position < 0 || request.position >= snapshot->bytes)
        return answer(QuorumError::PositionOutOfRange, FetchSnapshotAnswer{});
    if (quorum_.config().isVoter(request.replica) && request.replica != quorum_.id())
        quorum_.as<LeaderState>()->hasContacted(request.replica, step.now, quorum_.config());
    const std::int64_t bytes =
        std::clamp<std::int64_t>(request.maxBytes, 1, snapshot->bytes - request.position);
    return answer(QuorumError::None, FetchSnapshotAnswer{*snapshot, request.position, bytes});
}

// False: the leader cannot mean this.
bool RaftNode::startFetching(FollowerState& follower, const OffsetAndEpoch& snapshot, const RaftStep& step)
{
    if (snapshot.offset < 0 || snapshot.epoch < 0 || log_.end().isUpToDateWith(snapshot))
        return false;
    follower.fetchingSnapshot = FetchingSnapshot{snapshot, 0};
    step.out.push_back(RaftSnapshotFetchStarted{snapshot, quorum_.leader()});
    return true;
}

// The leader has let the snapshot go: a fetch tells which it has now.
bool RaftNode::giveUpFetching(const RaftStep& step)
{
    if (auto* follower = quorum_.as<FollowerState>()) {
        follower->fetchingSnapshot.reset();
        hasHeardFromLeader(*follower, step);
    }
    return true;
}

bool RaftNode::takeBody(const FetchSnapshotAnswer& body, ReplicaId, const RaftStep& step)
{
    auto* follower = quorum_.as<FollowerState>();
    if (!follower || !follower->fetchingSnapshot)
        return true;
    FetchingSnapshot& fetching = *follower->fetchingSnapshot;
    const OffsetAndEpoch id = body.snapshot.id;
    if (id != fetching.id || body.position != fetching.position || body.bytes < 1)
        return giveUpFetching(step);
    fetching.position += body.bytes;
    if (fetching.position >= body.snapshot.bytes) {
        follower->fetchingSnapshot.reset();
        log_.addSnapshot(body.snapshot);
        if (log_.truncateToLatestSnapshot()) {
            step.out.push_back(RaftSnapshotFetched{id});
            quorum_.raiseHighWatermark(id.offset);
            commit(id.offset, step);
        }
    }
    hasHeardFromLeader(*follower, step);
    return true;
}

} // namespace tideline
