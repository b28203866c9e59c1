// SPDX-License-Identifier: GPL-3.0-or-later
// Fact: one thing that happened, typed, with the number of what caused it.
//
// Facts are never one per record: what happens to every batch is a run (RecordsAppended) that grows while it is contiguous. A
// fact holds numbers only; words are made where they are shown. At most 64 bytes each, so that a journal of millions fits.
// The field list of a kind drives printing, hashing and equality alike (engine/base/fields.h). Plain values.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string_view>
#include <variant>

namespace tideline {

enum class ErrorCode : std::int16_t; // engine/cluster/error_code.h

// --- brokers and controller -------------------------------------------------------------------------------------------
struct BrokerRegistered
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0; // metadata offset of the registration
    static constexpr std::string_view kName = "BrokerRegistered";
    TIDELINE_FIELDS(BrokerRegistered, broker, brokerEpoch)
};
struct BrokerUnfenced
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerUnfenced";
    TIDELINE_FIELDS(BrokerUnfenced, broker)
};
struct BrokerFenced
{
    BrokerId broker = 0;
    Micros lastHeartbeat = 0; // µs, when the controller last heard of it
    static constexpr std::string_view kName = "BrokerFenced";
    TIDELINE_FIELDS(BrokerFenced, broker, lastHeartbeat)
};
struct BrokerKilled
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerKilled";
    TIDELINE_FIELDS(BrokerKilled, broker)
};
struct BrokerStarted
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerStarted";
    TIDELINE_FIELDS(BrokerStarted, broker)
};
struct BrokerPaused
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerPaused";
    TIDELINE_FIELDS(BrokerPaused, broker)
};
struct BrokerResumed
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerResumed";
    TIDELINE_FIELDS(BrokerResumed, broker)
};
struct FollowerSlowed
{
    BrokerId broker = 0;
    Micros delay = 0; // µs; 0 = as fast as before
    static constexpr std::string_view kName = "FollowerSlowed";
    TIDELINE_FIELDS(FollowerSlowed, broker, delay)
};
struct ControllerElected
{
    NodeIndex controller = 0;
    std::int32_t epoch = 0; // controller epoch
    static constexpr std::string_view kName = "ControllerElected";
    TIDELINE_FIELDS(ControllerElected, controller, epoch)
};
// --- partitions -------------------------------------------------------------------------------------------------------
struct TopicCreated
{
    TopicIndex topic = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    static constexpr std::string_view kName = "TopicCreated";
    TIDELINE_FIELDS(TopicCreated, topic, partitions, replicationFactor)
};
struct LeaderElected
{
    PartitionIndex partition = 0;
    BrokerId leader = 0;
    BrokerId previous = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "LeaderElected";
    TIDELINE_FIELDS(LeaderElected, partition, leader, previous, epoch)
};
struct PartitionOffline
{
    PartitionIndex partition = 0;
    BrokerId previous = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "PartitionOffline";
    TIDELINE_FIELDS(PartitionOffline, partition, previous, epoch)
};
struct IsrShrank
{
    PartitionIndex partition = 0;
    BrokerId removed = 0;
    std::int32_t size = 0; // of the ISR now
    static constexpr std::string_view kName = "IsrShrank";
    TIDELINE_FIELDS(IsrShrank, partition, removed, size)
};
struct IsrExpanded
{
    PartitionIndex partition = 0;
    BrokerId added = 0;
    std::int32_t size = 0;
    static constexpr std::string_view kName = "IsrExpanded";
    TIDELINE_FIELDS(IsrExpanded, partition, added, size)
};
// A follower cut its log back to where its leader's log agrees.
struct LogTruncated
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset from = 0; // log end offset before
    Offset to = 0;   // log end offset after
    static constexpr std::string_view kName = "LogTruncated";
    TIDELINE_FIELDS(LogTruncated, partition, broker, from, to)
};
// A run of appends to a leader's log, merged while contiguous.
struct RecordsAppended
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset baseOffset = 0;
    std::int32_t batches = 0;
    std::int32_t records = 0;
    std::int64_t bytes = 0;
    static constexpr std::string_view kName = "RecordsAppended";
    TIDELINE_FIELDS(RecordsAppended, partition, broker, baseOffset, batches, records, bytes)
};
// --- network ----------------------------------------------------------------------------------------------------------
struct LinkCut
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    static constexpr std::string_view kName = "LinkCut";
    TIDELINE_FIELDS(LinkCut, a, b)
};
struct LinkHealed
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    static constexpr std::string_view kName = "LinkHealed";
    TIDELINE_FIELDS(LinkHealed, a, b)
};
// The waiting side gave up: its unanswered requests fail with NETWORK_EXCEPTION.
struct ConnectionTimedOut
{
    NodeIndex waiting = 0;
    NodeIndex silent = 0;
    static constexpr std::string_view kName = "ConnectionTimedOut";
    TIDELINE_FIELDS(ConnectionTimedOut, waiting, silent)
};
// --- producers --------------------------------------------------------------------------------------------------------
struct ProduceRefused
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    ErrorCode error{};
    std::int32_t records = 0;
    bool willRetry = false;
    static constexpr std::string_view kName = "ProduceRefused";
    TIDELINE_FIELDS(ProduceRefused, producer, partition, error, records, willRetry)
};
// The producer gave a batch up: delivery.timeout.ms, retries or an error that cannot be retried.
struct SendFailed
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    ErrorCode error{};
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "SendFailed";
    TIDELINE_FIELDS(SendFailed, producer, partition, error, firstK, records)
};
struct RateChanged
{
    ProducerIndex producer = 0;
    std::int64_t recordsPerSecond = 0;
    static constexpr std::string_view kName = "RateChanged";
    TIDELINE_FIELDS(RateChanged, producer, recordsPerSecond)
};
struct SourceEnded
{
    ProducerIndex producer = 0;
    std::int64_t records = 0;
    static constexpr std::string_view kName = "SourceEnded";
    TIDELINE_FIELDS(SourceEnded, producer, records)
};
// --- groups -----------------------------------------------------------------------------------------------------------
struct MemberStarted
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberStarted";
    TIDELINE_FIELDS(MemberStarted, member)
};
struct MemberStopped
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberStopped";
    TIDELINE_FIELDS(MemberStopped, member)
};
struct MemberCrashed
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberCrashed";
    TIDELINE_FIELDS(MemberCrashed, member)
};
struct MemberPaused
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberPaused";
    TIDELINE_FIELDS(MemberPaused, member)
};
struct MemberResumed
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberResumed";
    TIDELINE_FIELDS(MemberResumed, member)
};
struct MemberJoined
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberJoined";
    TIDELINE_FIELDS(MemberJoined, group, member)
};
struct MemberLeft
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberLeft";
    TIDELINE_FIELDS(MemberLeft, group, member)
};
// session.timeout.ms passed without a heartbeat.
struct MemberExpired
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberExpired";
    TIDELINE_FIELDS(MemberExpired, group, member)
};
struct RebalanceStarted
{
    GroupIndex group = 0;
    std::int32_t generation = 0; // the one that ends
    static constexpr std::string_view kName = "RebalanceStarted";
    TIDELINE_FIELDS(RebalanceStarted, group, generation)
};
struct GenerationStarted
{
    GroupIndex group = 0;
    std::int32_t generation = 0;
    std::int32_t members = 0;
    static constexpr std::string_view kName = "GenerationStarted";
    TIDELINE_FIELDS(GenerationStarted, group, generation, members)
};
struct PartitionsAssigned
{
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    static constexpr std::string_view kName = "PartitionsAssigned";
    TIDELINE_FIELDS(PartitionsAssigned, member, generation, partitions)
};
struct PartitionsRevoked
{
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    bool lost = false; // ownership was already gone
    static constexpr std::string_view kName = "PartitionsRevoked";
    TIDELINE_FIELDS(PartitionsRevoked, member, generation, partitions, lost)
};
struct OffsetsCommitted
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    static constexpr std::string_view kName = "OffsetsCommitted";
    TIDELINE_FIELDS(OffsetsCommitted, group, member, generation, partitions)
};
struct CommitRefused
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    ErrorCode error{};
    static constexpr std::string_view kName = "CommitRefused";
    TIDELINE_FIELDS(CommitRefused, group, member, error)
};
struct OffsetResetTo
{
    MemberIndex member = 0; // kNone when a pipeline reads
    PartitionIndex partition = 0;
    Offset from = 0;
    Offset to = 0;
    static constexpr std::string_view kName = "OffsetReset";
    TIDELINE_FIELDS(OffsetResetTo, member, partition, from, to)
};
struct CoordinatorMoved
{
    GroupIndex group = 0;
    BrokerId broker = 0;
    static constexpr std::string_view kName = "CoordinatorMoved";
    TIDELINE_FIELDS(CoordinatorMoved, group, broker)
};
struct RecordsRedelivered
{
    GroupIndex group = 0;
    PartitionIndex partition = 0;
    ProducerIndex producer = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsRedelivered";
    TIDELINE_FIELDS(RecordsRedelivered, group, partition, producer, firstK, records)
};
// Acknowledged to the producer, and the group has read past it without seeing it.
struct RecordsLost
{
    GroupIndex group = 0;
    PartitionIndex partition = 0;
    ProducerIndex producer = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsLost";
    TIDELINE_FIELDS(RecordsLost, group, partition, producer, firstK, records)
};
// --- pipelines --------------------------------------------------------------------------------------------------------
// A window fired for all its keys at one watermark, or fired again for a late record (firing > 0).
struct PaneFired
{
    PipelineIndex pipeline = 0;
    std::int32_t keys = 0;
    Millis start = 0; // window [start, end)
    Millis end = 0;
    std::int32_t firing = 0; // 0 = when the watermark passed the end; else the n-th late firing
    std::int32_t records = 0;
    static constexpr std::string_view kName = "PaneFired";
    TIDELINE_FIELDS(PaneFired, pipeline, keys, start, end, firing, records)
};
struct RecordsDroppedLate
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    Offset offset = 0;      // of the first
    Millis eventTime = 0;   // of the first
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsDroppedLate";
    TIDELINE_FIELDS(RecordsDroppedLate, pipeline, partition, offset, eventTime, records)
};
struct PartitionIdle
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    static constexpr std::string_view kName = "PartitionIdle";
    TIDELINE_FIELDS(PartitionIdle, pipeline, partition)
};
struct EndOfInput
{
    PipelineIndex pipeline = 0;
    static constexpr std::string_view kName = "EndOfInput";
    TIDELINE_FIELDS(EndOfInput, pipeline)
};
// An invariant of ours broke: the engine has a bug, and the run stops here.
struct InvariantBroken
{
    std::int32_t invariant = 0; // engine/lab/invariants.h
    PartitionIndex partition = 0;
    std::int64_t left = 0;
    std::int64_t right = 0;
    static constexpr std::string_view kName = "InvariantBroken";
    TIDELINE_FIELDS(InvariantBroken, invariant, partition, left, right)
};

using FactBody = std::variant<
    BrokerRegistered, BrokerUnfenced, BrokerFenced, BrokerKilled, BrokerStarted, BrokerPaused, BrokerResumed, FollowerSlowed,
    ControllerElected, TopicCreated, LeaderElected, PartitionOffline, IsrShrank, IsrExpanded, LogTruncated, RecordsAppended, LinkCut,
    LinkHealed, ConnectionTimedOut, ProduceRefused, SendFailed, RateChanged, SourceEnded, MemberStarted, MemberStopped, MemberCrashed,
    MemberPaused, MemberResumed, MemberJoined, MemberLeft, MemberExpired, RebalanceStarted, GenerationStarted, PartitionsAssigned,
    PartitionsRevoked, OffsetsCommitted, CommitRefused, OffsetResetTo, CoordinatorMoved, RecordsRedelivered, RecordsLost, PaneFired,
    RecordsDroppedLate, PartitionIdle, EndOfInput, InvariantBroken>;

struct Fact
{
    FactNumber number = 0; // running, from 1
    FactNumber cause = 0;  // 0 = nothing earlier: the scenario or a person
    Micros time = 0;       // µs
    FactBody body;
};
static_assert(sizeof(Fact) <= 64);

} // namespace tideline
