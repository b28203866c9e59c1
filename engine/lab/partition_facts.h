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

// A leader's log goes on in a new segment.
struct SegmentRolled
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset baseOffset = 0;
    std::int32_t segments = 0; // that the log has now
    std::int32_t reason = 0;   // RollReason of engine/log/segment_roll.h
    static constexpr std::string_view kName = "SegmentRolled";
    TIDELINE_FIELDS(SegmentRolled, partition, broker, baseOffset, segments, reason)
};

// A replica's oldest segments went, and their records with them.
struct SegmentsDeleted
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset from = 0; // log start before
    Offset to = 0;   // log start after
    std::int32_t segments = 0;
    std::int32_t reason = 0; // DeletionReason of engine/log/retention.h, of the last one
    static constexpr std::string_view kName = "SegmentsDeleted";
    TIDELINE_FIELDS(SegmentsDeleted, partition, broker, from, to, segments, reason)
};

// An administrator moved a leader's log start: what lies before it cannot be read any more.
struct RecordsDeleted
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset from = 0; // log start before
    Offset to = 0;   // log start after
    static constexpr std::string_view kName = "RecordsDeleted";
    TIDELINE_FIELDS(RecordsDeleted, partition, broker, from, to)
};

// One pass of the cleaner over a replica: of each key the last value stays.
struct LogCompacted
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset upTo = 0;             // clean below
    std::int32_t removed = 0;    // records
    std::int32_t kept = 0;       // records in the whole log
    std::int64_t bytesFreed = 0; // of the log
    static constexpr std::string_view kName = "LogCompacted";
    TIDELINE_FIELDS(LogCompacted, partition, broker, upTo, removed, kept, bytesFreed)
};

// What a broker without power had not yet on its disk.
struct UnflushedRecordsLost
{
    PartitionIndex partition = 0;
    BrokerId broker = 0;
    Offset from = 0;            // log end before
    Offset to = 0;              // log end after
    std::int32_t committed = 0; // offsets of these that lie below the high watermark
    std::int32_t copies = 0;    // other replicas that have all of it
    static constexpr std::string_view kName = "UnflushedRecordsLost";
    TIDELINE_FIELDS(UnflushedRecordsLost, partition, broker, from, to, committed, copies)
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
