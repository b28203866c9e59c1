// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about partitions and their replicas. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

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

} // namespace tideline
