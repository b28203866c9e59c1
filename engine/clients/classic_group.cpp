// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/classic_group.h"

#include "engine/base/error.h"

#include <algorithm>

namespace tideline {

ClassicGroup::ClassicGroup(GroupIndex index, std::int32_t generation, std::string leader,
                           std::vector<Member> members)
    : index_(index)
    , state_(members.empty() ? GroupState::Empty : GroupState::Stable)
    , generation_(generation)
    , leader_(std::move(leader))
    , members_(std::move(members))
{}

ClassicGroup::Member* ClassicGroup::find(const std::string& id)
{
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&id](const Member& member) { return member.id == id; });
    return found == members_.end() ? nullptr : &*found;
}

void ClassicGroup::join(const JoinGroupRequest& request, const ReplyTo& from, Step step)
{
    if (request.memberId.empty()) {
        handOutId(request, from, step);
    } else if (Member* member = find(request.memberId)) {
        rejoin(*member, request, from, step);
    } else {
        const auto pending =
            std::find_if(pending_.begin(), pending_.end(),
                         [&](const PendingMember& waiting) { return waiting.id == request.memberId; });
        if (pending == pending_.end()) {
            step.out.reply(from,
                           JoinGroupResponse{ErrorCode::UnknownMemberId, request.memberId, -1, false, {}});
        } else {
            pending_.erase(pending);
            addMember(request, from, step);
        }
    }
    arm(step);
}

void ClassicGroup::handOutId(const JoinGroupRequest& request, const ReplyTo& from, Step step)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string id = "member-" + std::to_string(request.member) + "-";
    for (int i = 0; i < 12; ++i)
        id += kDigits[step.draws.below(16)];
    pending_.push_back(PendingMember{id, step.now + request.sessionTimeout});
    step.out.reply(from, JoinGroupResponse{ErrorCode::MemberIdRequired, id, -1, false, {}});
}

void ClassicGroup::addMember(const JoinGroupRequest& request, const ReplyTo& from, Step step)
{
    Member member{request.memberId,
                  request.member,
                  request.sessionTimeout,
                  request.rebalanceTimeout,
                  request.topics,
                  {},
                  from,
                  {},
                  step.now,
                  false,
                  request.rack};
    if (members_.empty() && leader_.empty())
        leader_ = member.id;
    members_.push_back(std::move(member));
    newMembers_ = true;
    step.out.fact(MemberJoined{index_, request.member});
    if (state_ == GroupState::PreparingRebalance)
        maybeCompleteJoin(step);
    else
        prepareRebalance(step);
}

void ClassicGroup::rejoin(Member& member, const JoinGroupRequest& request, const ReplyTo& from, Step step)
{
    const bool changed = member.topics != request.topics || member.rack != request.rack;
    member.topics = request.topics;
    member.rack = request.rack;
    member.lastHeard = step.now;
    switch (state_) {
    case GroupState::PreparingRebalance:
        member.join = from;
        maybeCompleteJoin(step);
        return;
    case GroupState::CompletingRebalance:
    case GroupState::Stable:
        member.join = from;
        if (changed || (state_ == GroupState::Stable && member.id == leader_))
            prepareRebalance(step);
        else
            answerJoin(member, step); // its answer was lost
        return;
    case GroupState::Empty:
    case GroupState::Unknown:
        step.out.reply(from, JoinGroupResponse{ErrorCode::UnknownMemberId, member.id, -1, false, {}});
        return;
    }
}

void ClassicGroup::refuseSyncs(ErrorCode error, Step step)
{
    for (Member& member : members_) {
        if (member.sync)
            step.out.reply(*member.sync, SyncGroupResponse{error, {}});
        member.sync.reset();
    }
}

void ClassicGroup::prepareRebalance(Step step)
{
    refuseSyncs(ErrorCode::RebalanceInProgress, step);
    initialJoin_ = state_ == GroupState::Empty;
    state_ = GroupState::PreparingRebalance;
    step.out.fact(RebalanceStarted{index_, generation_});
    if (initialJoin_) {
        const Micros delay = step.topology.config.groupInitialRebalanceDelay;
        newMembers_ = false;
        delayLeft_ = std::max<Micros>(0, rebalanceTimeout() - delay);
        phaseDeadline_ = step.now + delay;
    } else {
        phaseDeadline_ = step.now + rebalanceTimeout();
        maybeCompleteJoin(step);
    }
}

void ClassicGroup::initialDelayOver(Step step)
{
    if (newMembers_ && delayLeft_ > 0) {
        const Micros delay = std::min(step.topology.config.groupInitialRebalanceDelay, delayLeft_);
        newMembers_ = false;
        delayLeft_ -= delay;
        phaseDeadline_ = step.now + delay;
        return;
    }
    completeJoin(step);
}

void ClassicGroup::maybeCompleteJoin(Step step)
{
    if (state_ != GroupState::PreparingRebalance || initialJoin_ || !pending_.empty())
        return;
    if (std::all_of(members_.begin(), members_.end(),
                    [](const Member& member) { return member.join.has_value(); }))
        completeJoin(step);
}

void ClassicGroup::completeJoin(Step step)
{
    for (const Member& member : members_) {
        if (!member.join)
            step.out.fact(MemberLeft{index_, member.index});
    }
    std::erase_if(members_, [](const Member& member) { return !member.join; });
    initialJoin_ = false;
    ++generation_;
    if (members_.empty()) {
        state_ = GroupState::Empty;
        leader_.clear();
        phaseDeadline_ = kNever;
        return;
    }
    if (!find(leader_))
        leader_ = members_.front().id;
    state_ = GroupState::CompletingRebalance;
    phaseDeadline_ = step.now + rebalanceTimeout(); // by then everyone must have synced
    step.out.fact(GenerationStarted{index_, generation_, static_cast<std::int32_t>(members_.size())});
    for (Member& member : members_) {
        member.assignment.clear();
        member.synced = false;
        answerJoin(member, step);
    }
}

void ClassicGroup::answerJoin(Member& member, Step step)
{
    JoinGroupResponse response{ErrorCode::None, member.id, generation_, member.id == leader_, {}};
    if (response.leader) {
        for (const Member& other : members_)
            response.members.push_back({other.id, other.topics, other.rack});
    }
    step.out.reply(*member.join, std::move(response));
    member.join.reset();
    member.lastHeard = step.now; // its session starts again with the answer
}

bool ClassicGroup::sync(const SyncGroupRequest& request, const ReplyTo& from, Step step)
{
    Member* member = find(request.memberId);
    ErrorCode error = ErrorCode::None;
    if (!member)
        error = ErrorCode::UnknownMemberId;
    else if (request.generation != generation_)
        error = ErrorCode::IllegalGeneration;
    else if (state_ == GroupState::PreparingRebalance)
        error = ErrorCode::RebalanceInProgress;
    if (error != ErrorCode::None) {
        step.out.reply(from, SyncGroupResponse{error, {}});
        return false;
    }
    member->lastHeard = step.now;
    member->synced = true;
    if (state_ == GroupState::Stable) {
        syncPhaseMayEnd();
        step.out.reply(from, SyncGroupResponse{ErrorCode::None, member->assignment});
        arm(step);
        return false;
    }
    member->sync = from;
    if (member->id != leader_)
        return false;
    for (const MemberAssignment& assignment : request.assignments) {
        if (Member* receiver = find(assignment.memberId))
            receiver->assignment = assignment.partitions;
    }
    return true;
}

void ClassicGroup::assignmentStored(std::int32_t generation, ErrorCode error, Step step)
{
    if (generation != generation_ || state_ != GroupState::CompletingRebalance)
        return; // another rebalance has begun meanwhile
    if (error != ErrorCode::None) {
        refuseSyncs(error, step); // who is told so looks for the coordinator again, after a back-off
        prepareRebalance(step);
        arm(step);
        return;
    }
    state_ = GroupState::Stable;
    for (Member& member : members_) {
        member.lastHeard = step.now;
        if (!member.sync)
            continue;
        step.out.reply(*member.sync, SyncGroupResponse{ErrorCode::None, member.assignment});
        member.sync.reset();
    }
    syncPhaseMayEnd(); // who has not synced yet gets its part when it does
    arm(step);
}

// The timer of the sync phase runs on in Stable until the last one has its part.
void ClassicGroup::syncPhaseMayEnd()
{
    if (std::all_of(members_.begin(), members_.end(), [](const Member& member) { return member.synced; }))
        phaseDeadline_ = kNever;
}

void ClassicGroup::heartbeat(const HeartbeatRequest& request, const ReplyTo& from, Step step)
{
    Member* member = find(request.memberId);
    ErrorCode error = ErrorCode::None;
    if (!member)
        error = ErrorCode::UnknownMemberId;
    else if (request.generation != generation_)
        error = ErrorCode::IllegalGeneration;
    else if (state_ == GroupState::PreparingRebalance)
        error = ErrorCode::RebalanceInProgress;
    if (member && request.generation == generation_)
        member->lastHeard = step.now;
    step.out.reply(from, HeartbeatResponse{error});
    arm(step);
}

void ClassicGroup::leave(const LeaveGroupRequest& request, const ReplyTo& from, Step step)
{
    const bool unused = std::erase_if(pending_, [&request](const PendingMember& waiting) {
                            return waiting.id == request.memberId;
                        }) > 0;
    if (unused || !find(request.memberId)) {
        step.out.reply(from, LeaveGroupResponse{unused ? ErrorCode::None : ErrorCode::UnknownMemberId});
        maybeCompleteJoin(step);
        arm(step);
        return;
    }
    step.out.reply(from, LeaveGroupResponse{ErrorCode::None});
    removeMember(request.memberId, step);
    arm(step);
}

void ClassicGroup::removeMember(const std::string& id, Step step)
{
    const Member* member = find(id);
    TIDELINE_ASSERT(member);
    if (member->join)
        step.out.reply(*member->join, JoinGroupResponse{ErrorCode::UnknownMemberId, id, -1, false, {}});
    if (member->sync)
        step.out.reply(*member->sync, SyncGroupResponse{ErrorCode::UnknownMemberId, {}});
    step.out.fact(MemberLeft{index_, member->index});
    std::erase_if(members_, [&id](const Member& other) { return other.id == id; });
    if (leader_ == id)
        leader_ = members_.empty() ? std::string() : members_.front().id;
    if (state_ == GroupState::Stable || state_ == GroupState::CompletingRebalance)
        prepareRebalance(step);
    else if (state_ == GroupState::PreparingRebalance)
        maybeCompleteJoin(step);
}

ErrorCode ClassicGroup::judgeCommit(const OffsetCommitRequest& request, Step step)
{
    Member* member = find(request.memberId);
    if (!member)
        return ErrorCode::UnknownMemberId;
    if (request.generation != generation_)
        return ErrorCode::IllegalGeneration;
    member->lastHeard = step.now;
    // In PreparingRebalance the old generation may still commit, so that a member can before it joins again.
    return state_ == GroupState::CompletingRebalance ? ErrorCode::RebalanceInProgress : ErrorCode::None;
}

void ClassicGroup::onDeadline(Step step)
{
    if (step.now >= armedFor_)
        armedFor_ = kNever;
    std::erase_if(pending_, [&step](const PendingMember& member) { return member.deadline <= step.now; });
    maybeCompleteJoin(step);
    if (state_ == GroupState::PreparingRebalance && phaseDeadline_ <= step.now) {
        if (initialJoin_)
            initialDelayOver(step);
        else
            completeJoin(step);
    } else if (phaseDeadline_ <= step.now) {
        phaseDeadline_ = kNever;
        // Who has not synced by the end of the phase is out.
        std::vector<std::string> silent;
        for (const Member& member : members_) {
            if (!member.synced)
                silent.push_back(member.id);
        }
        for (const std::string& id : silent)
            removeMember(id, step);
    }
    expireSessions(step);
    arm(step);
}

void ClassicGroup::expireSessions(Step step)
{
    std::vector<std::string> expired;
    for (const Member& member : members_) {
        if (!member.join && !member.sync && member.lastHeard + member.sessionTimeout <= step.now) {
            step.out.fact(MemberExpired{index_, member.index});
            expired.push_back(member.id);
        }
    }
    for (const std::string& id : expired) {
        if (find(id))
            removeMember(id, step);
    }
}

void ClassicGroup::resign(Step step)
{
    for (const Member& member : members_) {
        if (member.join)
            step.out.reply(*member.join,
                           JoinGroupResponse{ErrorCode::NotCoordinator, member.id, -1, false, {}});
    }
    refuseSyncs(ErrorCode::NotCoordinator, step);
}

Micros ClassicGroup::rebalanceTimeout() const
{
    Micros longest = 0;
    for (const Member& member : members_)
        longest = std::max(longest, member.rebalanceTimeout);
    return longest;
}

Micros ClassicGroup::earliestDeadline() const
{
    Micros earliest = phaseDeadline_;
    for (const PendingMember& member : pending_)
        earliest = std::min(earliest, member.deadline);
    for (const Member& member : members_) {
        if (!member.join && !member.sync)
            earliest = std::min(earliest, member.lastHeard + member.sessionTimeout);
    }
    return earliest;
}

void ClassicGroup::arm(Step step)
{
    const Micros earliest = earliestDeadline();
    if (earliest >= armedFor_)
        return;
    armedFor_ = earliest;
    step.out.timer(std::max(earliest, step.now), Timer{TimerKind::GroupTimer, index_, 0});
}

} // namespace tideline
