// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/leader_state.h"

#include <algorithm>

namespace tideline {

LeaderState::LeaderState(ReplicaId self, Offset epochStart, Micros now, const QuorumConfig& config)
    : beginQuorumEpochAt(now)
    , self_(self)
    , epochStart_(epochStart)
    , checkQuorumAt_(saturatingAdd(now, config.checkQuorumTimeout()))
{
    for (const ReplicaId voter : config.voters)
        voters_.push_back({voter, std::nullopt, std::nullopt});
}

bool LeaderState::hasWritten(Offset endOffset)
{
    for (ReplicaProgress& voter : voters_) {
        if (voter.id == self_)
            voter.endOffset = endOffset;
    }
    return raiseHighWatermark();
}

bool LeaderState::hasFetched(ReplicaId replica, Offset fetchOffset, Micros now, const QuorumConfig& config)
{
    if (replica < 0)
        return false;
    const auto voter = std::find_if(voters_.begin(), voters_.end(),
                                    [=](const ReplicaProgress& known) { return known.id == replica; });
    if (voter == voters_.end()) {
        observers_[replica] = {replica, fetchOffset, now};
        return false;
    }
    *voter = {replica, fetchOffset, now};
    hasContacted(replica, now, config);
    return raiseHighWatermark();
}

void LeaderState::hasContacted(ReplicaId voter, Micros now, const QuorumConfig& config)
{
    const auto place = std::lower_bound(followingVoters_.begin(), followingVoters_.end(), voter);
    if (place == followingVoters_.end() || *place != voter)
        followingVoters_.insert(place, voter);
    if (followingVoters_.size() < voters_.size() / 2)
        return;
    followingVoters_.clear();
    checkQuorumAt_ = saturatingAdd(now, config.checkQuorumTimeout());
}

Micros LeaderState::untilCheckQuorum(Micros now) const
{
    return voters_.size() == 1 ? kNever : std::max<Micros>(0, checkQuorumAt_ - now);
}

std::vector<ReplicaProgress> LeaderState::votersByOffset() const
{
    std::vector<ReplicaProgress> sorted = voters_;
    // Unknown counts as the smallest; the sort is stable, so that equal ones stay in the order of their ids.
    std::stable_sort(sorted.begin(), sorted.end(), [](const ReplicaProgress& a, const ReplicaProgress& b) {
        return a.endOffset.value_or(kUnknownOffset) > b.endOffset.value_or(kUnknownOffset);
    });
    return sorted;
}

std::vector<ReplicaId> LeaderState::successors() const
{
    std::vector<ReplicaId> ids;
    for (const ReplicaProgress& voter : votersByOffset()) {
        if (voter.id != self_)
            ids.push_back(voter.id);
    }
    return ids;
}

std::vector<ReplicaId> LeaderState::silentVoters(Micros now, const QuorumConfig& config) const
{
    std::vector<ReplicaId> ids;
    for (const ReplicaProgress& voter : voters_) {
        const bool silent = !voter.lastFetch || now - *voter.lastFetch >= config.beginQuorumEpochPeriod();
        if (voter.id != self_ && silent)
            ids.push_back(voter.id);
    }
    return ids;
}

bool LeaderState::raiseHighWatermark()
{
    const Offset majority = votersByOffset()[voters_.size() / 2].endOffset.value_or(kUnknownOffset);
    if (majority <= epochStart_ || majority <= highWatermark_)
        return false;
    highWatermark_ = majority;
    return true;
}

} // namespace tideline
