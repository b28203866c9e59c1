// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about partitions and their replicas. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"

#include <cstdint>
#include <string_view>

namespace tideline {

struct TopicCreated
{
    TopicIndex topic = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    static constexpr std::string_view kName = "TopicCreated";
    TIDELINE_FIELDS(TopicCreated, topic, partitions, replicationFactor)
};

// The topic has more partitions; the existing ones are as they were.
struct PartitionsCreated
{
    TopicIndex topic = 0;
    std::int32_t added = 0;
    std::int32_t partitions = 0; // of the topic now
    static constexpr std::string_view kName = "PartitionsCreated";
    TIDELINE_FIELDS(PartitionsCreated, topic, added, partitions)
};

struct TopicDeleted
{
    TopicIndex topic = 0;
    std::int32_t partitions = 0;
    static constexpr std::string_view kName = "TopicDeleted";
    TIDELINE_FIELDS(TopicDeleted, topic, partitions)
};

struct LeaderElected
{
    PartitionIndex partition = 0;
    BrokerId leader = 0;
    BrokerId previous = 0;
    LeaderEpoch epoch = 0;
    bool unclean = false; // from outside the ISR: what it does not have is lost
    static constexpr std::string_view kName = "LeaderElected";
    TIDELINE_FIELDS(LeaderElected, partition, leader, previous, epoch, unclean)
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

// The controller refused what an administrator asked for this partition, or for its topic.
struct AdminRequestRefused
{
    PartitionIndex partition = 0;
    ErrorCode error = ErrorCode::None;
    static constexpr std::string_view kName = "AdminRequestRefused";
    TIDELINE_FIELDS(AdminRequestRefused, partition, error)
};

struct ReassignmentStarted
{
    PartitionIndex partition = 0;
    std::int32_t adding = 0; // replicas
    std::int32_t removing = 0;
    static constexpr std::string_view kName = "ReassignmentStarted";
    TIDELINE_FIELDS(ReassignmentStarted, partition, adding, removing)
};

// Completed or cancelled: the partition has these many replicas now, and none comes or goes.
struct ReassignmentEnded
{
    PartitionIndex partition = 0;
    std::int32_t replicas = 0;
    static constexpr std::string_view kName = "ReassignmentEnded";
    TIDELINE_FIELDS(ReassignmentEnded, partition, replicas)
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

// A broker deleted its log of a partition that it is to have no longer.
struct LogDeleted
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset end = 0; // log end offset
    static constexpr std::string_view kName = "LogDeleted";
    TIDELINE_FIELDS(LogDeleted, partition, broker, end)
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

} // namespace tideline
