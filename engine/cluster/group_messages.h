// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and responses between a member and its group coordinator. The rules of all messages stand in
// engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

struct FindCoordinatorRequest
{
    GroupIndex group = 0;
    TIDELINE_FIELDS(FindCoordinatorRequest, group)
};

struct FindCoordinatorResponse
{
    ErrorCode error = ErrorCode::None;
    BrokerId coordinator = kNone;
    TIDELINE_FIELDS(FindCoordinatorResponse, error, coordinator)
};

struct JoinGroupRequest
{
    GroupIndex group = 0;
    MemberIndex member = 0;      // who asks, for the screen; Kafka's client id
    std::string memberId;        // empty: a new member
    Micros sessionTimeout = 0;   // µs
    Micros rebalanceTimeout = 0; // µs: max.poll.interval.ms
    std::vector<TopicIndex> topics;
    std::string rack = {}; // client.rack; empty: none
    TIDELINE_FIELDS(JoinGroupRequest, group, member, memberId, sessionTimeout, rebalanceTimeout, topics, rack)
};

struct JoinGroupResponse
{
    ErrorCode error = ErrorCode::None;
    std::string memberId;
    std::int32_t generation = -1;
    bool leader = false;
    struct Member
    {
        std::string memberId;
        std::vector<TopicIndex> topics;
        std::string rack = {};
        TIDELINE_FIELDS(Member, memberId, topics, rack)
    };
    std::vector<Member> members; // for the leader only
    TIDELINE_FIELDS(JoinGroupResponse, error, memberId, generation, leader, members)
};

struct MemberAssignment
{
    std::string memberId;
    std::vector<PartitionIndex> partitions;
    TIDELINE_FIELDS(MemberAssignment, memberId, partitions)
};

struct SyncGroupRequest
{
    GroupIndex group = 0;
    std::string memberId;
    std::int32_t generation = -1;
    std::vector<MemberAssignment> assignments; // from the leader only
    TIDELINE_FIELDS(SyncGroupRequest, group, memberId, generation, assignments)
};

struct SyncGroupResponse
{
    ErrorCode error = ErrorCode::None;
    std::vector<PartitionIndex> partitions;
    TIDELINE_FIELDS(SyncGroupResponse, error, partitions)
};

struct HeartbeatRequest
{
    GroupIndex group = 0;
    std::string memberId;
    std::int32_t generation = -1;
    TIDELINE_FIELDS(HeartbeatRequest, group, memberId, generation)
};

struct HeartbeatResponse
{
    ErrorCode error = ErrorCode::None;
    TIDELINE_FIELDS(HeartbeatResponse, error)
};

struct LeaveGroupRequest
{
    GroupIndex group = 0;
    std::string memberId;
    TIDELINE_FIELDS(LeaveGroupRequest, group, memberId)
};

struct LeaveGroupResponse
{
    ErrorCode error = ErrorCode::None;
    TIDELINE_FIELDS(LeaveGroupResponse, error)
};

struct PartitionOffset
{
    PartitionIndex partition = 0;
    Offset offset = kUnknownOffset; // next offset to read; -1: none committed
    TIDELINE_FIELDS(PartitionOffset, partition, offset)
};

struct OffsetCommitRequest
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    std::string memberId;
    std::int32_t generation = -1;
    std::vector<PartitionOffset> offsets;
    TIDELINE_FIELDS(OffsetCommitRequest, group, member, memberId, generation, offsets)
};

struct OffsetCommitResponse
{
    ErrorCode error = ErrorCode::None;
    TIDELINE_FIELDS(OffsetCommitResponse, error)
};

struct OffsetFetchRequest
{
    GroupIndex group = 0;
    std::vector<PartitionIndex> partitions;
    TIDELINE_FIELDS(OffsetFetchRequest, group, partitions)
};

struct OffsetFetchResponse
{
    ErrorCode error = ErrorCode::None;
    std::vector<PartitionOffset> offsets;
    TIDELINE_FIELDS(OffsetFetchResponse, error, offsets)
};

} // namespace tideline
