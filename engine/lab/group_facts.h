// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about consumer groups and their members. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string_view>

namespace tideline {

enum class ErrorCode : std::int16_t; // engine/cluster/error_code.h

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

// The group has read past these without seeing them: retention, compaction or an administrator took them
// first.
struct RecordsExpired
{
    GroupIndex group = 0;
    PartitionIndex partition = 0;
    ProducerIndex producer = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsExpired";
    TIDELINE_FIELDS(RecordsExpired, group, partition, producer, firstK, records)
};

} // namespace tideline
