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
    static constexpr auto fields() { return fieldList(field("broker", &BrokerRegistered::broker), field("brokerEpoch", &BrokerRegistered::brokerEpoch)); }
};
struct BrokerUnfenced
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerUnfenced";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerUnfenced::broker)); }
};
struct BrokerFenced
{
    BrokerId broker = 0;
    Micros lastHeartbeat = 0; // µs, when the controller last heard of it
    static constexpr std::string_view kName = "BrokerFenced";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerFenced::broker), field("lastHeartbeat", &BrokerFenced::lastHeartbeat)); }
};
struct BrokerKilled
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerKilled";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerKilled::broker)); }
};
struct BrokerStarted
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerStarted";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerStarted::broker)); }
};
struct BrokerPaused
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerPaused";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerPaused::broker)); }
};
struct BrokerResumed
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerResumed";
    static constexpr auto fields() { return fieldList(field("broker", &BrokerResumed::broker)); }
};
struct FollowerSlowed
{
    BrokerId broker = 0;
    Micros delay = 0; // µs; 0 = as fast as before
    static constexpr std::string_view kName = "FollowerSlowed";
    static constexpr auto fields() { return fieldList(field("broker", &FollowerSlowed::broker), field("delay", &FollowerSlowed::delay)); }
};
struct ControllerElected
{
    NodeIndex controller = 0;
    std::int32_t epoch = 0; // controller epoch
    static constexpr std::string_view kName = "ControllerElected";
    static constexpr auto fields() { return fieldList(field("controller", &ControllerElected::controller), field("epoch", &ControllerElected::epoch)); }
};
// --- partitions -------------------------------------------------------------------------------------------------------
struct TopicCreated
{
    TopicIndex topic = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    static constexpr std::string_view kName = "TopicCreated";
    static constexpr auto fields()
    {
        return fieldList(field("topic", &TopicCreated::topic), field("partitions", &TopicCreated::partitions),
                         field("replicationFactor", &TopicCreated::replicationFactor));
    }
};
struct LeaderElected
{
    PartitionIndex partition = 0;
    BrokerId leader = 0;
    BrokerId previous = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "LeaderElected";
    static constexpr auto fields()
    {
        return fieldList(field("partition", &LeaderElected::partition), field("leader", &LeaderElected::leader),
                         field("previous", &LeaderElected::previous), field("epoch", &LeaderElected::epoch));
    }
};
struct PartitionOffline
{
    PartitionIndex partition = 0;
    BrokerId previous = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "PartitionOffline";
    static constexpr auto fields()
    {
        return fieldList(field("partition", &PartitionOffline::partition), field("previous", &PartitionOffline::previous),
                         field("epoch", &PartitionOffline::epoch));
    }
};
struct IsrShrank
{
    PartitionIndex partition = 0;
    BrokerId removed = 0;
    std::int32_t size = 0; // of the ISR now
    static constexpr std::string_view kName = "IsrShrank";
    static constexpr auto fields()
    {
        return fieldList(field("partition", &IsrShrank::partition), field("removed", &IsrShrank::removed),
                         field("size", &IsrShrank::size));
    }
};
struct IsrExpanded
{
    PartitionIndex partition = 0;
    BrokerId added = 0;
    std::int32_t size = 0;
    static constexpr std::string_view kName = "IsrExpanded";
    static constexpr auto fields()
    {
        return fieldList(field("partition", &IsrExpanded::partition), field("added", &IsrExpanded::added),
                         field("size", &IsrExpanded::size));
    }
};
// A follower cut its log back to where its leader's log agrees.
struct LogTruncated
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset from = 0; // log end offset before
    Offset to = 0;   // log end offset after
    static constexpr std::string_view kName = "LogTruncated";
    static constexpr auto fields()
    {
        return fieldList(field("partition", &LogTruncated::partition), field("broker", &LogTruncated::broker),
                         field("from", &LogTruncated::from), field("to", &LogTruncated::to));
    }
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
    static constexpr auto fields()
    {
        return fieldList(field("partition", &RecordsAppended::partition), field("broker", &RecordsAppended::broker),
                         field("baseOffset", &RecordsAppended::baseOffset), field("batches", &RecordsAppended::batches),
                         field("records", &RecordsAppended::records), field("bytes", &RecordsAppended::bytes));
    }
};
// --- network ----------------------------------------------------------------------------------------------------------
struct LinkCut
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    static constexpr std::string_view kName = "LinkCut";
    static constexpr auto fields() { return fieldList(field("a", &LinkCut::a), field("b", &LinkCut::b)); }
};
struct LinkHealed
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    static constexpr std::string_view kName = "LinkHealed";
    static constexpr auto fields() { return fieldList(field("a", &LinkHealed::a), field("b", &LinkHealed::b)); }
};
// The waiting side gave up: its unanswered requests fail with NETWORK_EXCEPTION.
struct ConnectionTimedOut
{
    NodeIndex waiting = 0;
    NodeIndex silent = 0;
    static constexpr std::string_view kName = "ConnectionTimedOut";
    static constexpr auto fields() { return fieldList(field("waiting", &ConnectionTimedOut::waiting), field("silent", &ConnectionTimedOut::silent)); }
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
    static constexpr auto fields()
    {
        return fieldList(field("producer", &ProduceRefused::producer), field("partition", &ProduceRefused::partition),
                         field("error", &ProduceRefused::error), field("records", &ProduceRefused::records),
                         field("willRetry", &ProduceRefused::willRetry));
    }
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
    static constexpr auto fields()
    {
        return fieldList(field("producer", &SendFailed::producer), field("partition", &SendFailed::partition),
                         field("error", &SendFailed::error), field("firstK", &SendFailed::firstK),
                         field("records", &SendFailed::records));
    }
};
struct RateChanged
{
    ProducerIndex producer = 0;
    std::int64_t recordsPerSecond = 0;
    static constexpr std::string_view kName = "RateChanged";
    static constexpr auto fields()
    {
        return fieldList(field("producer", &RateChanged::producer), field("recordsPerSecond", &RateChanged::recordsPerSecond));
    }
};
struct SourceEnded
{
    ProducerIndex producer = 0;
    std::int64_t records = 0;
    static constexpr std::string_view kName = "SourceEnded";
    static constexpr auto fields() { return fieldList(field("producer", &SourceEnded::producer), field("records", &SourceEnded::records)); }
};
// --- groups -----------------------------------------------------------------------------------------------------------
struct MemberStarted
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberStarted";
    static constexpr auto fields() { return fieldList(field("member", &MemberStarted::member)); }
};
struct MemberStopped
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberStopped";
    static constexpr auto fields() { return fieldList(field("member", &MemberStopped::member)); }
};
struct MemberCrashed
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberCrashed";
    static constexpr auto fields() { return fieldList(field("member", &MemberCrashed::member)); }
};
struct MemberPaused
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberPaused";
    static constexpr auto fields() { return fieldList(field("member", &MemberPaused::member)); }
};
struct MemberResumed
{
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberResumed";
    static constexpr auto fields() { return fieldList(field("member", &MemberResumed::member)); }
};
struct MemberJoined
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberJoined";
    static constexpr auto fields() { return fieldList(field("group", &MemberJoined::group), field("member", &MemberJoined::member)); }
};
struct MemberLeft
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberLeft";
    static constexpr auto fields() { return fieldList(field("group", &MemberLeft::group), field("member", &MemberLeft::member)); }
};
// session.timeout.ms passed without a heartbeat.
struct MemberExpired
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    static constexpr std::string_view kName = "MemberExpired";
    static constexpr auto fields() { return fieldList(field("group", &MemberExpired::group), field("member", &MemberExpired::member)); }
};
struct RebalanceStarted
{
    GroupIndex group = 0;
    std::int32_t generation = 0; // the one that ends
    static constexpr std::string_view kName = "RebalanceStarted";
    static constexpr auto fields() { return fieldList(field("group", &RebalanceStarted::group), field("generation", &RebalanceStarted::generation)); }
};
struct GenerationStarted
{
    GroupIndex group = 0;
    std::int32_t generation = 0;
    std::int32_t members = 0;
    static constexpr std::string_view kName = "GenerationStarted";
    static constexpr auto fields()
    {
        return fieldList(field("group", &GenerationStarted::group), field("generation", &GenerationStarted::generation),
                         field("members", &GenerationStarted::members));
    }
};
struct PartitionsAssigned
{
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    static constexpr std::string_view kName = "PartitionsAssigned";
    static constexpr auto fields()
    {
        return fieldList(field("member", &PartitionsAssigned::member), field("generation", &PartitionsAssigned::generation),
                         field("partitions", &PartitionsAssigned::partitions));
    }
};
struct PartitionsRevoked
{
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    bool lost = false; // ownership was already gone
    static constexpr std::string_view kName = "PartitionsRevoked";
    static constexpr auto fields()
    {
        return fieldList(field("member", &PartitionsRevoked::member), field("generation", &PartitionsRevoked::generation),
                         field("partitions", &PartitionsRevoked::partitions), field("lost", &PartitionsRevoked::lost));
    }
};
struct OffsetsCommitted
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    std::int32_t generation = 0;
    std::int32_t partitions = 0;
    static constexpr std::string_view kName = "OffsetsCommitted";
    static constexpr auto fields()
    {
        return fieldList(field("group", &OffsetsCommitted::group), field("member", &OffsetsCommitted::member),
                         field("generation", &OffsetsCommitted::generation), field("partitions", &OffsetsCommitted::partitions));
    }
};
struct CommitRefused
{
    GroupIndex group = 0;
    MemberIndex member = 0;
    ErrorCode error{};
    static constexpr std::string_view kName = "CommitRefused";
    static constexpr auto fields()
    {
        return fieldList(field("group", &CommitRefused::group), field("member", &CommitRefused::member),
                         field("error", &CommitRefused::error));
    }
};
struct OffsetResetTo
{
    MemberIndex member = 0; // kNone when a pipeline reads
    PartitionIndex partition = 0;
    Offset from = 0;
    Offset to = 0;
    static constexpr std::string_view kName = "OffsetReset";
    static constexpr auto fields()
    {
        return fieldList(field("member", &OffsetResetTo::member), field("partition", &OffsetResetTo::partition),
                         field("from", &OffsetResetTo::from), field("to", &OffsetResetTo::to));
    }
};
struct CoordinatorMoved
{
    GroupIndex group = 0;
    BrokerId broker = 0;
    static constexpr std::string_view kName = "CoordinatorMoved";
    static constexpr auto fields() { return fieldList(field("group", &CoordinatorMoved::group), field("broker", &CoordinatorMoved::broker)); }
};
struct RecordsRedelivered
{
    GroupIndex group = 0;
    PartitionIndex partition = 0;
    ProducerIndex producer = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsRedelivered";
    static constexpr auto fields()
    {
        return fieldList(field("group", &RecordsRedelivered::group), field("partition", &RecordsRedelivered::partition),
                         field("producer", &RecordsRedelivered::producer), field("firstK", &RecordsRedelivered::firstK),
                         field("records", &RecordsRedelivered::records));
    }
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
    static constexpr auto fields()
    {
        return fieldList(field("group", &RecordsLost::group), field("partition", &RecordsLost::partition),
                         field("producer", &RecordsLost::producer), field("firstK", &RecordsLost::firstK),
                         field("records", &RecordsLost::records));
    }
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
    static constexpr auto fields()
    {
        return fieldList(field("pipeline", &PaneFired::pipeline), field("keys", &PaneFired::keys),
                         field("start", &PaneFired::start), field("end", &PaneFired::end),
                         field("firing", &PaneFired::firing), field("records", &PaneFired::records));
    }
};
struct RecordsDroppedLate
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    Offset offset = 0;      // of the first
    Millis eventTime = 0;   // of the first
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsDroppedLate";
    static constexpr auto fields()
    {
        return fieldList(field("pipeline", &RecordsDroppedLate::pipeline), field("partition", &RecordsDroppedLate::partition),
                         field("offset", &RecordsDroppedLate::offset), field("eventTime", &RecordsDroppedLate::eventTime),
                         field("records", &RecordsDroppedLate::records));
    }
};
struct PartitionIdle
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    static constexpr std::string_view kName = "PartitionIdle";
    static constexpr auto fields() { return fieldList(field("pipeline", &PartitionIdle::pipeline), field("partition", &PartitionIdle::partition)); }
};
struct EndOfInput
{
    PipelineIndex pipeline = 0;
    static constexpr std::string_view kName = "EndOfInput";
    static constexpr auto fields() { return fieldList(field("pipeline", &EndOfInput::pipeline)); }
};
// An invariant of ours broke: the engine has a bug, and the run stops here.
struct InvariantBroken
{
    std::int32_t invariant = 0; // engine/lab/invariants.h
    PartitionIndex partition = 0;
    std::int64_t left = 0;
    std::int64_t right = 0;
    static constexpr std::string_view kName = "InvariantBroken";
    static constexpr auto fields()
    {
        return fieldList(field("invariant", &InvariantBroken::invariant), field("partition", &InvariantBroken::partition),
                         field("left", &InvariantBroken::left), field("right", &InvariantBroken::right));
    }
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
