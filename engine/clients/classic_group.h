// SPDX-License-Identifier: GPL-3.0-or-later
// ClassicGroup: one consumer group as its coordinator keeps it (the "classic" protocol: JoinGroup, SyncGroup,
// Heartbeat).
//
// States: Empty, PreparingRebalance (members join), CompletingRebalance (the leader assigns), Stable.
// 1. Every completed join starts a new generation; requests of an older one are refused with
// ILLEGAL_GENERATION.
// 2. A member that is not heard of for its session.timeout.ms is removed, and the others rebalance; who waits
// for an answer to its own join or sync does not expire.
// 3. From Empty, the first join waits group.initial.rebalance.delay.ms for others, and again while others
// keep coming.
// 4. An assignment that cannot be stored is forgotten: the waiting syncs are refused, and the group
// rebalances. Source: GroupMetadataManager of Kafka. Dynamic members, one assignor (range). Part of an actor:
// it answers through Step and says what must be stored.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/cluster/message.h"
#include "engine/cluster/topology.h"
#include "engine/lab/frame.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

class ClassicGroup
{
public:
    struct Member
    {
        std::string id;
        MemberIndex index = kNone; // for the screen
        Micros sessionTimeout = 0;
        Micros rebalanceTimeout = 0;
        std::vector<TopicIndex> topics;
        std::vector<PartitionIndex> assignment;
        std::optional<ReplyTo> join; // waits for the end of the join phase
        std::optional<ReplyTo> sync; // waits for the leader's assignment
        Micros lastHeard = 0;
        bool synced = false;   // has asked for its part of this generation
        std::string rack = {}; // client.rack
        TIDELINE_FIELDS(Member, id, index, sessionTimeout, rebalanceTimeout, topics, assignment, join, sync,
                        lastHeard, synced, rack)
    };

    explicit ClassicGroup(GroupIndex index = kNone)
        : index_(index)
    {}
    // As another coordinator had stored it: members keep ids and generation, their sessions start again.
    ClassicGroup(GroupIndex index, std::int32_t generation, std::string leader, std::vector<Member> members);

    void join(const JoinGroupRequest& request, const ReplyTo& from, Step step);
    // True: the leader's assignment has come and must be stored; then call assignmentStored().
    bool sync(const SyncGroupRequest& request, const ReplyTo& from, Step step);
    void heartbeat(const HeartbeatRequest& request, const ReplyTo& from, Step step);
    void leave(const LeaveGroupRequest& request, const ReplyTo& from, Step step);
    // Whether this member may commit now; a commit counts as a sign of life.
    ErrorCode judgeCommit(const OffsetCommitRequest& request, Step step);
    // The assignment is replicated, or could not be stored: the error that whoever waits is told.
    void assignmentStored(std::int32_t generation, ErrorCode error, Step step);
    // A deadline may have come.
    void onDeadline(Step step);
    // This broker no longer coordinates: everyone who waits is told so.
    void resign(Step step);

    GroupState state() const { return state_; }
    std::int32_t generation() const { return generation_; }
    const std::vector<Member>& members() const { return members_; }
    const std::string& leader() const { return leader_; }
    GroupIndex index() const { return index_; }

    // Arms the group's timer for its earliest deadline when that is earlier than what is armed.
    void arm(Step step);

    struct PendingMember // has been given an id and has not joined with it yet
    {
        std::string id;
        Micros deadline = 0;
        TIDELINE_FIELDS(PendingMember, id, deadline)
    };
    TIDELINE_FIELDS(ClassicGroup, index_, state_, generation_, leader_, members_, pending_, initialJoin_,
                    newMembers_, delayLeft_, phaseDeadline_, armedFor_)

private:
    Member* find(const std::string& id);
    void handOutId(const JoinGroupRequest& request, const ReplyTo& from, Step step);
    void addMember(const JoinGroupRequest& request, const ReplyTo& from, Step step);
    void rejoin(Member& member, const JoinGroupRequest& request, const ReplyTo& from, Step step);
    void refuseSyncs(ErrorCode error, Step step);
    void prepareRebalance(Step step);
    void maybeCompleteJoin(Step step);
    void completeJoin(Step step);
    void answerJoin(Member& member, Step step);
    void initialDelayOver(Step step);
    void syncPhaseMayEnd();
    void removeMember(const std::string& id, Step step);
    void expireSessions(Step step);
    Micros rebalanceTimeout() const;
    Micros earliestDeadline() const;

    GroupIndex index_ = kNone;
    GroupState state_ = GroupState::Empty;
    std::int32_t generation_ = 0;
    std::string leader_;
    std::vector<Member> members_; // in the order of joining
    std::vector<PendingMember> pending_;
    bool initialJoin_ = false;      // PreparingRebalance out of Empty
    bool newMembers_ = false;       // somebody joined since the initial delay was last looked at
    Micros delayLeft_ = 0;          // of the initial delay's extensions
    Micros phaseDeadline_ = kNever; // by then everyone must have joined or synced
    Micros armedFor_ = kNever;
};

} // namespace tideline
