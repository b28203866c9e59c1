// SPDX-License-Identifier: GPL-3.0-or-later
// Message: every request and response that travels between nodes, under the names of Kafka's protocol.
//
// Messages are immutable once sent and shared by whoever holds them. `wireBytes` is what the link is charged with; it counts the
// batches exactly and the rest of a request by a fixed overhead. Plain values.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/replica_log.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace tideline {

// Where an answer goes: the connection on which the request came.
struct ReplyTo
{
    NodeIndex node = kNone;
    std::int32_t connection = 0; // an answer on a closed connection is lost
    std::int32_t correlation = 0;
    TIDELINE_FIELDS(ReplyTo, node, connection, correlation)
};

// --- produce ----------------------------------------------------------------------------------------------------------
struct ProduceRequest
{
    std::int32_t acks = -1;
    Micros timeout = 30'000'000; // µs that the broker may wait for the replicas (request.timeout.ms of the producer)
    struct Part
    {
        PartitionIndex partition = 0;
        LogBatch batch; // base offset and epoch are the leader's to set
        TIDELINE_FIELDS(Part, partition, batch)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ProduceRequest, acks, timeout, parts)
};

struct ProduceResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset baseOffset = kUnknownOffset;
        TIDELINE_FIELDS(Part, partition, error, baseOffset)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ProduceResponse, parts)
};

// --- replication ------------------------------------------------------------------------------------------------------
// One per pair of brokers, with a fetch session: only what changed since the last request is named.
struct ReplicaFetchRequest
{
    BrokerId follower = 0;
    std::int64_t brokerEpoch = 0;
    bool fullSession = false; // the session starts: everything is named
    struct Part
    {
        PartitionIndex partition = 0;
        Offset fetchOffset = 0;
        LeaderEpoch currentEpoch = 0;
        LeaderEpoch lastFetchedEpoch = -1;
        bool forgotten = false; // no longer followed from this leader
        TIDELINE_FIELDS(Part, partition, fetchOffset, currentEpoch, lastFetchedEpoch, forgotten)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ReplicaFetchRequest, follower, brokerEpoch, fullSession, parts)
};

struct ReplicaFetchResponse
{
    ErrorCode error = ErrorCode::None; // of the session
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        LeaderEpoch leaderEpoch = 0;
        Offset highWatermark = 0;
        Offset logStart = 0;
        EpochEnd diverging; // set when the follower's log must be cut
        std::vector<LogBatch> batches;
        TIDELINE_FIELDS(Part, partition, error, leaderEpoch, highWatermark, logStart, diverging, batches)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ReplicaFetchResponse, error, parts)
};

struct AlterPartitionRequest
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    struct Part
    {
        PartitionIndex partition = 0;
        LeaderEpoch leaderEpoch = 0;
        std::int32_t partitionEpoch = 0;
        BrokerIds isr;
        TIDELINE_FIELDS(Part, partition, leaderEpoch, partitionEpoch, isr)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(AlterPartitionRequest, broker, brokerEpoch, parts)
};

struct AlterPartitionResponse
{
    ErrorCode error = ErrorCode::None;
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        TIDELINE_FIELDS(Part, partition, error)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(AlterPartitionResponse, error, parts)
};

// --- broker and controller --------------------------------------------------------------------------------------------
struct RegisterBrokerRequest
{
    BrokerId broker = 0;
    std::int32_t incarnation = 0;
    TIDELINE_FIELDS(RegisterBrokerRequest, broker, incarnation)
};

struct RegisterBrokerResponse
{
    ErrorCode error = ErrorCode::None;
    std::int64_t brokerEpoch = -1;
    TIDELINE_FIELDS(RegisterBrokerResponse, error, brokerEpoch)
};

struct BrokerHeartbeatRequest
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    Offset metadataOffset = 0;
    TIDELINE_FIELDS(BrokerHeartbeatRequest, broker, brokerEpoch, metadataOffset)
};

struct BrokerHeartbeatResponse
{
    ErrorCode error = ErrorCode::None;
    bool fenced = true;
    TIDELINE_FIELDS(BrokerHeartbeatResponse, error, fenced)
};

// A broker follows the metadata log.
struct MetadataFetchRequest
{
    BrokerId broker = 0;
    Offset offset = 0;
    TIDELINE_FIELDS(MetadataFetchRequest, broker, offset)
};

// The records from the asked offset on. `image` is what replaying them gives: the image is carried along so that a hundred brokers share
// the pages of one, instead of each keeping a copy.
struct MetadataFetchResponse
{
    Offset from = 0;
    std::vector<MetadataRecord> records;
    MetadataImage image;
    TIDELINE_FIELDS(MetadataFetchResponse, from, records)
};

// --- clients ----------------------------------------------------------------------------------------------------------
struct MetadataRequest
{
    bool any = true; // all topics, as the lab's clients ask
    TIDELINE_FIELDS(MetadataRequest, any)
};

struct MetadataResponse
{
    MetadataImage image;
    TIDELINE_FIELDS(MetadataResponse, image)
};

struct FetchRequest
{
    Micros maxWait = 500'000; // µs
    std::int32_t minBytes = 1;
    std::int32_t maxBytes = 52'428'800;
    struct Part
    {
        PartitionIndex partition = 0;
        Offset fetchOffset = 0;
        LeaderEpoch currentEpoch = 0;
        std::int32_t maxBytes = 1'048'576;
        TIDELINE_FIELDS(Part, partition, fetchOffset, currentEpoch, maxBytes)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(FetchRequest, maxWait, minBytes, maxBytes, parts)
};

struct FetchResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset highWatermark = 0;
        Offset logStart = 0;
        std::vector<LogBatch> batches;
        TIDELINE_FIELDS(Part, partition, error, highWatermark, logStart, batches)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(FetchResponse, parts)
};

struct ListOffsetsRequest
{
    bool latest = true; // -1, else -2 earliest
    std::vector<PartitionIndex> partitions;
    TIDELINE_FIELDS(ListOffsetsRequest, latest, partitions)
};

struct ListOffsetsResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset offset = kUnknownOffset;
        TIDELINE_FIELDS(Part, partition, error, offset)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ListOffsetsResponse, parts)
};

// --- groups -----------------------------------------------------------------------------------------------------------
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
    TIDELINE_FIELDS(JoinGroupRequest, group, member, memberId, sessionTimeout, rebalanceTimeout, topics)
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
        TIDELINE_FIELDS(Member, memberId, topics)
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

using MessageBody =
    std::variant<ProduceRequest, ProduceResponse, ReplicaFetchRequest, ReplicaFetchResponse, AlterPartitionRequest,
                 AlterPartitionResponse, RegisterBrokerRequest, RegisterBrokerResponse, BrokerHeartbeatRequest,
                 BrokerHeartbeatResponse, MetadataFetchRequest, MetadataFetchResponse, MetadataRequest, MetadataResponse, FetchRequest,
                 FetchResponse, ListOffsetsRequest, ListOffsetsResponse, FindCoordinatorRequest, FindCoordinatorResponse,
                 JoinGroupRequest, JoinGroupResponse, SyncGroupRequest, SyncGroupResponse, HeartbeatRequest, HeartbeatResponse,
                 LeaveGroupRequest, LeaveGroupResponse, OffsetCommitRequest, OffsetCommitResponse, OffsetFetchRequest,
                 OffsetFetchResponse>;

struct Message
{
    NodeIndex from = kNone;
    NodeIndex to = kNone;
    std::int32_t correlation = 0; // of the request; an answer repeats it
    std::int32_t connection = 0;  // number of the connection between the two nodes
    Micros sent = 0;              // µs of the run
    MessageBody body;
    TIDELINE_FIELDS(Message, from, to, correlation, connection, sent, body)
};

using MessagePtr = std::shared_ptr<const Message>;

// Bytes that the message takes on a link.
std::int64_t wireBytes(const MessageBody& body);

} // namespace tideline
