// SPDX-License-Identifier: GPL-3.0-or-later
// ClusterFrame: brokers, replicas and their newest records, clients, and what is under way between them.
//
// Bounded by the pixels asked for. Numbers only: words, colours and places are made in widgets/. Plain
// values.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/disk_state.h"
#include "engine/lab/scenario.h"
#include "engine/quorum/raft_role.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

enum class BrokerState : std::uint8_t {
    Running,
    Fenced /* process runs, controller has fenced it */,
    Stopped,
    Paused
};

enum class MemberState : std::uint8_t {
    Stopped,
    Crashed,
    Paused,
    FindingCoordinator,
    Joining,
    Syncing,
    Stable /* reads */
};

enum class GroupState : std::uint8_t {
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Unknown /* no coordinator */
};

enum class WindowState : std::uint8_t {
    Open,
    Fired /* late records still change it */,
    Final /* cleaned up */
};

// One record as a coloured cell. colour: 0..7 by key, kNoColour without key.
struct RecordCell
{
    static constexpr std::uint8_t kNoColour = 255;
    Offset offset = 0;
    std::uint8_t colour = kNoColour;
    ProducerIndex producer = 0;
    RecordNumber k = 0;
};

// Numbers of the delivery ledger: counted from what clients saw, never from the brokers.
struct LedgerNumbers
{
    std::int64_t produced = 0; // handed to send()
    std::int64_t acknowledged = 0;
    std::int64_t failed = 0;   // given up by the producer
    std::int64_t once = 0;     // delivered to the group exactly once
    std::int64_t repeated = 0; // records delivered more than once
    std::int64_t repeats = 0;  // deliveries beyond the first
    std::int64_t lost = 0;     // acknowledged; the group has read past them without seeing them
    std::int64_t pending = 0;  // acknowledged, not delivered yet
    std::int64_t before = 0;   // acknowledged before the group began to read: auto.offset.reset=latest
    std::int64_t expired = 0;  // acknowledged, and taken by retention, compaction or an administrator unread
    std::int64_t deleted = 0;  // acknowledged, and deleted with their topic before the group had read them
};

struct ClusterFrame
{
    struct GroupMark
    {
        GroupIndex group = 0;
        Offset position = kUnknownOffset;  // next offset to fetch
        Offset committed = kUnknownOffset; // next offset to resume from
    };
    struct Replica
    {
        PartitionIndex partition = 0;
        bool leader = false;
        bool inIsr = false;
        Offset leo = 0;       // log end offset
        Offset hw = 0;        // high watermark as this replica knows it
        std::int64_t lag = 0; // records behind the leader; 0 for the leader
        LeaderEpoch epoch = 0;
        Offset logStart = 0;
        std::int32_t segments = 0;     // 0: the broker has no replica
        std::int64_t bytes = 0;        // of its log
        std::vector<RecordCell> cells; // the newest, ascending offset; empty in the compact forms
        std::vector<GroupMark> marks;  // leader only
    };
    struct Broker
    {
        BrokerId id = 0;
        BrokerState state = BrokerState::Running;
        Micros since = 0; // µs of the run, when the state began
        std::int32_t leaders = 0;
        std::int32_t replicas = 0;
        std::int32_t inSync = 0; // of its replicas
        std::int64_t brokerEpoch = 0;
        DiskState disk = DiskState::Sound;
        Micros diskDelay = 0;      // µs more for each append
        std::string rack;          // broker.rack; empty: none
        std::vector<Replica> rows; // by partition; only what fits the request
    };
    // A voter of the quorum, as it sees itself.
    struct Controller
    {
        std::int32_t id = 0; // 1..
        bool alive = true;
        bool active = true;     // it leads, and has all that was committed before
        std::int32_t epoch = 0; // of the quorum, that it knows of: the controller epoch
        Micros since = 0; // when it became active; of one that is not: when its process started or ended
        Offset metadataOffset = 0; // end of its metadata log
        bool paused = false;
        RaftRole role = RaftRole::Unattached;
        std::int32_t leader = kNone;       // the controller that leads, as far as it knows
        std::int32_t voted = kNone;        // the controller that got its vote in this epoch
        Offset committed = kUnknownOffset; // that it knows to be committed
    };
    struct Producer
    {
        ProducerIndex index = 0;
        std::string topic;
        std::int32_t acks = -1;
        Partitioner partitioner = Partitioner::Default;
        bool keyed = true;
        std::int64_t recordsPerSecond = 0; // the rate it is set to
        bool replaysLog = false;           // its rate is the log's and cannot be changed
        std::int64_t produced = 0, acknowledged = 0, failed = 0, retries = 0;
        std::int64_t buffered = 0; // records in the accumulator
        std::vector<RecordCell> recent;
    };
    struct Member
    {
        MemberIndex index = 0;
        MemberState state = MemberState::Stopped;
        Micros since = 0;
        std::int64_t lag = 0; // sum over its partitions: high watermark - position
        std::vector<PartitionIndex> partitions;
    };
    struct Group
    {
        GroupIndex index = 0;
        GroupState state = GroupState::Empty;
        std::int32_t generation = 0;
        BrokerId coordinator = kNone;
        CommitOrder commit = CommitOrder::Auto;
        std::int64_t lag = 0; // sum of its members' lag, and of partitions that nobody reads
        std::vector<Member> members;
        std::int64_t membersInAll = 0;
        LedgerNumbers ledger;
    };
    struct PipelineWindow
    {
        Millis start = 0, end = 0;
        WindowState state = WindowState::Open;
        std::int64_t count = 0;
        std::int64_t truth = 0; // happened at the source by now
        std::int64_t dropped = 0;
    };
    struct Pipeline
    {
        PipelineIndex index = 0;
        WindowKind kind = WindowKind::Tumbling;
        Millis size = 0, slide = 0, lateness = 0, outOfOrderness = 0;
        std::optional<Millis> watermark;     // none yet
        std::vector<PipelineWindow> windows; // the newest, at most 8, ascending start
        std::int64_t records = 0, dropped = 0;
    };
    // A queue beside the log, in messages.
    struct Queue
    {
        std::int32_t index = 0;
        std::int64_t waiting = 0, onDisk = 0, unacknowledged = 0, acknowledged = 0;
        std::int32_t consumers = 0; // that are there
    };
    // A message under way, for the dots on the lines.
    struct Flight
    {
        enum class Kind : std::uint8_t {
            Produce,
            ProduceAck,
            ReplicaFetch,
            ReplicaData,
            ConsumerFetch,
            ConsumerData,
            Control
        };
        Kind kind = Kind::Produce;
        NodeIndex from = 0, to = 0;
        std::int32_t permille = 0;        // of the way
        PartitionIndex partition = kNone; // the first one concerned
        std::int32_t records = 0;
        std::uint8_t colour = RecordCell::kNoColour; // of its first record
        bool held = false;                           // the link is cut: it waits
    };
    // Every partition as one block, when the rows do not fit: row-major by partition, one value each.
    enum class Health : std::uint8_t {
        Healthy,
        UnderReplicated,
        UnderMinIsr,
        Offline,
        Idle,
        Absent /* of an internal or a deleted topic: no block */
    };
    struct Link
    {
        NodeIndex a = 0, b = 0; // cut
        bool oneWay = false;    // only what a sends to b
    };
    // What a fault waits for.
    struct Aim
    {
        std::int32_t message = 0; // place in kMessageNames
        NodeIndex from = kNone;
        NodeIndex to = kNone;
        bool operator==(const Aim&) const = default;
    };
    struct ChangedLink
    {
        NodeIndex a = 0, b = 0;
        Micros latency = 0;         // µs one way
        std::int64_t bandwidth = 0; // bytes a second
    };

    bool scale = false; // true: the brokers hold no rows, `blocks` holds every partition
    std::vector<Controller> controllers;
    bool combinedRoles = false; // controller n runs in the process of broker n
    Offset cellsBack = 14;      // how many offsets before the log end a replica's cells begin
    std::vector<Broker> brokers;
    std::int64_t producersInAll = 0, groupsInAll = 0, pipelinesInAll = 0;
    // At most 32, 16 with 64 members each, and 16: the first ones, and what is selected in place of the last.
    std::vector<Producer> producers;
    std::vector<Group> groups;
    std::vector<Pipeline> pipelines;
    std::vector<Queue> queues;          // the first 16
    std::vector<Flight> flights;        // at most 256
    std::vector<Link> cuts;             // at most 64
    std::vector<ChangedLink> changed;   // whose latency or bandwidth is not the cluster's; at most 64
    std::vector<Aim> aims;              // each once; at most 64
    bool rollingRestart = false;        // one is under way
    std::vector<Health> blocks;         // by partition index
    std::vector<std::uint8_t> blockLag; // 0..7: log2 of the worst replica's lag in records
    std::vector<BrokerId>
        blockLeader; // preferred leader of each block (replicas[0]), by which rows are ordered
    std::int32_t partitions = 0, underReplicated = 0, underMinIsr = 0, offline = 0;
    std::int64_t recordsInLogs = 0;
};

} // namespace tideline
