// SPDX-License-Identifier: GPL-3.0-or-later
// Frame: what a view needs for one picture, taken out of an engine without changing it.
//
// A view request names the view, its size and what is selected; frame(request) answers with an immutable value whose size is
// bounded by the pixels asked for, never by the length of the logs. Numbers and names only: words, colours and places are made in
// widgets/. Frames are shared between threads as shared_ptr<const Frame>.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"
#include "engine/lab/fact.h"
#include "engine/lab/scenario.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

enum class View : std::uint8_t { Cluster, Groups, Time, Charts, Journal };

// What a person has selected; every view marks the same thing. Unused numbers are kNone.
struct Selection
{
    enum class Kind : std::uint8_t { None, Broker, Controller, Topic, Partition, Producer, Group, Member, Pipeline, Window, Record, Fact };
    Kind kind = Kind::None;
    std::int32_t index = kNone;                 // broker id, or the index of the topic, partition, producer, group, member, pipeline
    PartitionIndex partition = kNone;           // Record
    Offset offset = kUnknownOffset;             // Record
    Millis start = 0;                           // Window: [start, end)
    Millis end = 0;
    FactNumber fact = 0;                        // Fact
    bool operator==(const Selection&) const = default;
};

struct ViewRequest
{
    View view = View::Cluster;
    std::int32_t width = 1280;                  // logical pixels
    std::int32_t height = 800;
    double zoom = 1;                            // Cluster: 1 = everything fits; Time: 1 = the whole run
    double centre = 0.5;                        // Time: what is in the middle, 0..1 of the shown range
    Selection selection;
    std::uint64_t lastVersion = 0;              // the frame that is shown now; the same version means no new frame
};

// Names of everything in the run. Shared by all frames until a member is added.
struct Directory
{
    struct Topic
    {
        std::string name;
        PartitionIndex firstPartition = 0;
        std::int32_t partitions = 0;
        bool internal = false;                  // __consumer_offsets
    };
    struct Member
    {
        std::string name;                       // "billing-1"
        GroupIndex group = 0;
    };
    std::vector<Topic> topics;
    std::vector<TopicIndex> topicOfPartition;
    std::vector<std::string> producers;
    std::vector<std::string> groups;
    std::vector<Member> members;
    std::vector<std::string> pipelines;
    std::int32_t brokers = 0;                   // node i is broker i+1
    std::int32_t controllers = 0;               // after the brokers
    // "orders-0"; node names: "broker 1", "controller 1", "sensors", "billing-1", "revenue".
    std::string partitionName(PartitionIndex partition) const;
    std::string nodeName(NodeIndex node) const;
};

enum class BrokerState : std::uint8_t { Running, Fenced /* process runs, controller has fenced it */, Stopped, Paused };
enum class MemberState : std::uint8_t {
    Stopped, Crashed, Paused, FindingCoordinator, Joining, Syncing, Stable /* reads */
};
enum class GroupState : std::uint8_t { Empty, PreparingRebalance, CompletingRebalance, Stable, Unknown /* no coordinator */ };
enum class WindowState : std::uint8_t { Open, Fired /* late records still change it */, Final /* cleaned up */ };

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
    std::int64_t produced = 0;                  // handed to send()
    std::int64_t acknowledged = 0;
    std::int64_t failed = 0;                    // given up by the producer
    std::int64_t once = 0;                      // delivered to the group exactly once
    std::int64_t repeated = 0;                  // records delivered more than once
    std::int64_t repeats = 0;                   // deliveries beyond the first
    std::int64_t lost = 0;                      // acknowledged; the group has read past them without seeing them
    std::int64_t pending = 0;                   // acknowledged, not delivered yet
};

struct ClusterFrame
{
    struct GroupMark
    {
        GroupIndex group = 0;
        Offset position = kUnknownOffset;       // next offset to fetch
        Offset committed = kUnknownOffset;      // next offset to resume from
    };
    struct Replica
    {
        PartitionIndex partition = 0;
        bool leader = false;
        bool inIsr = false;
        Offset leo = 0;                         // log end offset
        Offset hw = 0;                          // high watermark as this replica knows it
        std::int64_t lag = 0;                   // records behind the leader; 0 for the leader
        LeaderEpoch epoch = 0;
        std::vector<RecordCell> cells;          // the newest, ascending offset; empty in the compact forms
        std::vector<GroupMark> marks;           // leader only
    };
    struct Broker
    {
        BrokerId id = 0;
        BrokerState state = BrokerState::Running;
        Micros since = 0;                       // µs of the run, when the state began
        std::int32_t leaders = 0;
        std::int32_t replicas = 0;
        std::int32_t inSync = 0;                // of its replicas
        std::int64_t brokerEpoch = 0;
        std::vector<Replica> rows;              // by partition; only what fits the request
    };
    struct Controller
    {
        std::int32_t id = 0;                    // 1..
        bool active = true;
        std::int32_t epoch = 0;                 // controller epoch
        Micros since = 0;
        Offset metadataOffset = 0;              // end of the metadata log
    };
    struct Producer
    {
        ProducerIndex index = 0;
        std::string topic;
        std::int32_t acks = -1;
        Partitioner partitioner = Partitioner::Default;
        bool keyed = true;
        std::int64_t recordsPerSecond = 0;      // the rate it is set to
        std::int64_t produced = 0, acknowledged = 0, failed = 0, retries = 0;
        std::int64_t buffered = 0;              // records in the accumulator
        std::vector<RecordCell> recent;
    };
    struct Member
    {
        MemberIndex index = 0;
        MemberState state = MemberState::Stopped;
        Micros since = 0;
        std::int64_t lag = 0;                   // sum over its partitions: high watermark - position
        std::vector<PartitionIndex> partitions;
    };
    struct Group
    {
        GroupIndex index = 0;
        GroupState state = GroupState::Empty;
        std::int32_t generation = 0;
        BrokerId coordinator = kNone;
        CommitOrder commit = CommitOrder::Auto;
        std::int64_t lag = 0;                   // sum of its members' lag, and of partitions that nobody reads
        std::vector<Member> members;
        LedgerNumbers ledger;
    };
    struct PipelineWindow
    {
        Millis start = 0, end = 0;
        WindowState state = WindowState::Open;
        std::int64_t count = 0;
        std::int64_t truth = 0;                 // happened at the source by now
        std::int64_t dropped = 0;
    };
    struct Pipeline
    {
        PipelineIndex index = 0;
        WindowKind kind = WindowKind::Tumbling;
        Millis size = 0, slide = 0, lateness = 0, outOfOrderness = 0;
        std::optional<Millis> watermark;        // none yet
        std::vector<PipelineWindow> windows;    // the newest, at most 8, ascending start
        std::int64_t records = 0, dropped = 0;
    };
    // A message under way, for the dots on the lines.
    struct Flight
    {
        enum class Kind : std::uint8_t { Produce, ProduceAck, ReplicaFetch, ReplicaData, ConsumerFetch, ConsumerData, Control };
        Kind kind = Kind::Produce;
        NodeIndex from = 0, to = 0;
        std::int32_t permille = 0;              // of the way
        PartitionIndex partition = kNone;       // the first one concerned
        std::int32_t records = 0;
        std::uint8_t colour = RecordCell::kNoColour; // of its first record
        bool held = false;                      // the link is cut: it waits
    };
    // Every partition as one block, when the rows do not fit: row-major by partition, one value each.
    enum class Health : std::uint8_t { Healthy, UnderReplicated, UnderMinIsr, Offline, Idle };
    struct Link
    {
        NodeIndex a = 0, b = 0;                 // cut
    };

    bool scale = false;                         // true: the brokers hold no rows, `blocks` holds every partition
    std::vector<Controller> controllers;
    std::vector<Broker> brokers;
    std::vector<Producer> producers;            // at most 32
    std::vector<Group> groups;                  // at most 16, members at most 64
    std::vector<Pipeline> pipelines;            // at most 16
    std::vector<Flight> flights;                // at most 256
    std::vector<Link> cuts;                     // at most 64
    std::vector<Health> blocks;                 // by partition index, internal topics left out
    std::vector<std::uint8_t> blockLag;         // 0..7: log2 of the worst replica's lag in records
    std::vector<BrokerId> blockLeader;          // preferred leader of each block (replicas[0]), by which rows are ordered
    std::int32_t partitions = 0, underReplicated = 0, underMinIsr = 0, offline = 0;
    std::int64_t recordsInLogs = 0;
};

struct GroupsFrame
{
    struct Reading                              // one partition, read by one member
    {
        PartitionIndex partition = 0;
        Offset logStart = 0, committed = kUnknownOffset, position = kUnknownOffset, hw = 0, leo = 0;
        Micros behind = 0;                      // age of the oldest unread record, µs; 0 when caught up
    };
    struct Member
    {
        ClusterFrame::Member base;
        std::vector<Reading> readings;
    };
    struct LagSeries                            // worst first
    {
        PartitionIndex partition = 0;
        std::vector<std::pair<Micros, std::int64_t>> points; // time, records behind
    };
    // What one member did during the last rebalance.
    struct Segment
    {
        MemberIndex member = 0;
        MemberState state = MemberState::Stable;
        Micros from = 0, to = 0;
        std::int32_t partitions = 0;            // that it reads then
    };
    struct Rebalance
    {
        std::int32_t fromGeneration = 0, toGeneration = 0;
        Micros started = 0, ended = 0;          // ended = 0: going on
        FactNumber cause = 0;
        std::vector<Segment> segments;          // by member, then time; from a second before to a second after
    };
    std::vector<ClusterFrame::Group> groups;
    GroupIndex shown = kNone;                   // the one that is selected, else the first
    std::vector<Member> members;                // of the one shown
    std::vector<PartitionIndex> unassigned;     // partitions of the one shown that nobody reads
    std::vector<LagSeries> lag;                 // at most 64
    std::optional<Rebalance> rebalance;
    GroupSpec spec;                             // of the one shown: which keys make its guarantee
};

struct TimeFrame
{
    enum class Fate : std::uint8_t { OnTime, BehindWatermark, AfterFiring, Dropped };
    struct Dot
    {
        Millis eventTime = 0;
        Millis seen = 0;                        // processing time of the pipeline, in the data's own time
        Fate fate = Fate::OnTime;
        std::uint8_t colour = RecordCell::kNoColour;
        PartitionIndex partition = 0;
        Offset offset = 0;
    };
    struct WatermarkStep
    {
        Millis seen = 0;
        Millis watermark = 0;
    };
    struct Window
    {
        Millis start = 0, end = 0;
        WindowState state = WindowState::Open;
        std::int64_t count = 0;                 // in the pane's current answer
        std::int64_t sum = 0;                   // hundredths, when the pipeline sums
        std::int64_t truth = 0;                 // happened at the source by now
        std::int64_t truthSum = 0;
        std::int64_t dropped = 0;               // record x window
        std::int64_t lateCounted = 0;           // after its first firing
        std::int32_t firings = 0;
        Millis firstFired = 0;                  // processing time (data's time), when firings > 0
        std::int64_t firstCount = 0;            // what the first firing said
    };
    struct ProcessingWindow
    {
        Millis start = 0, end = 0;              // of processing time, data's time
        std::int64_t count = 0;
        std::int64_t truth = 0;                 // records whose event time lies in it
    };
    PipelineIndex pipeline = kNone;             // shown; kNone: the scenario has none
    PipelineSpec spec;
    Millis now = 0;                             // processing time in the data's own time
    std::optional<Millis> watermark;
    bool ended = false;                         // end of input seen
    Millis firstSeen = 0;                       // where the plane begins
    Millis eventLow = 0, eventHigh = 0;         // range of event times with anything in them
    std::int64_t onTime = 0, behindWatermark = 0, afterFiring = 0, dropped = 0; // records
    std::vector<Dot> dots;                      // a sample when there are too many; every late and dropped one up to 2 000
    std::int32_t dotEvery = 1;                  // one on-time record in so many is shown
    std::vector<WatermarkStep> steps;           // ascending; thinned to the pixels
    std::vector<Window> windows;                // ascending; at most 400
    std::vector<ProcessingWindow> processing;   // ascending; at most 200
    std::int64_t windowsBefore = 0;             // older ones that are left out
};

struct ChartsFrame
{
    enum class Chart : std::uint8_t { Throughput, Lag, Latency, UnderReplicated, WatermarkLag };
    enum class Line : std::uint8_t { Produced, Delivered, PartitionLag, LatencyMedian, Latency99, UnderReplicated, Offline, PipelineLag };
    struct Series
    {
        Chart chart = Chart::Throughput;
        Line line = Line::Produced;
        std::int32_t index = kNone;             // group (Delivered, latency), partition (PartitionLag), pipeline (PipelineLag)
        GroupIndex group = kNone;               // PartitionLag: whose
        std::vector<std::pair<Micros, double>> points; // records/s, records, ms, partitions, ms
    };
    std::vector<Series> series;
    Micros bucket = 0;                          // µs that one point stands for
};

struct JournalFrame
{
    CowPages<Fact, 256> facts;                  // all that are stored; shared, immutable
    FactNumber firstStored = 1;
    std::int64_t total = 0;                     // given so far, stored or not
};

struct TimelineFrame
{
    struct Mark
    {
        FactNumber fact = 0;
        Micros time = 0;
        FactBody body;
    };
    std::vector<std::int64_t> density;          // records appended a bucket, from the start
    Micros bucket = 1'000'000;                  // µs
    std::vector<Mark> marks;                    // those that matter, ascending; at most 500
    std::int64_t marksLeftOut = 0;
};

struct Guarantee
{
    enum class Kind : std::uint8_t { NoAcknowledgedRecordLost, OncePerGroup };
    Kind kind = Kind::NoAcknowledgedRecordLost;
    bool holds = true;
    std::int64_t exceptions = 0;
};

// Details of the selected thing, as numbers with a name; widgets/ turns both into words.
struct InspectorFrame
{
    enum class Key : std::uint8_t {
        State, Since, BrokerEpoch, Leaders, Replicas, InSync, LeaderEpoch, Leader, Isr, ReplicaList, LogStart, HighWatermark, LogEnd,
        Lag, Bytes, Batches, Produced, Acknowledged, Failed, Retries, Buffered, Rate, Generation, Coordinator, Members, Assigned, Position,
        Committed, DeliveredOnce, Repeated, Lost, Pending, Watermark, WindowStart, WindowEnd, WindowState, Count, Sum, Truth, Dropped, LateCounted,
        Firings, Records, Key, Value, EventTime, Offset, Producer, Epoch, MetadataOffset
    };
    struct Row
    {
        InspectorFrame::Key key = InspectorFrame::Key::State;
        std::int64_t number = 0;
        std::string text;                       // lists and bytes; empty when the number says it
    };
    Selection selection;
    bool found = false;
    std::vector<Row> rows;
};

// The steps of one record's life, found by running again with an observer.
struct RecordLife
{
    enum class Step : std::uint8_t {
        Happened, Sent /* handed to send() */, BatchSent, Appended, Replicated, HighWatermarkPassed, Acknowledged, Refused, GivenUp,
        Truncated, Delivered, Counted, CountedLate, CountedAfterFiring, Dropped, WindowFired
    };
    struct Entry
    {
        RecordLife::Step step = RecordLife::Step::Happened;
        Micros time = 0;                        // µs of the run
        BrokerId broker = kNone;
        MemberIndex member = kNone;
        PipelineIndex pipeline = kNone;
        Offset offset = kUnknownOffset;
        LeaderEpoch epoch = kNone;
        std::int32_t records = 0;               // of the batch
        Millis start = 0, end = 0;              // window
        ErrorCode error = ErrorCode::None;
    };
    PartitionIndex partition = kNone;
    Offset offset = kUnknownOffset;
    ProducerIndex producer = kNone;
    RecordNumber k = 0;
    Millis eventTime = 0;
    std::string key, value;                     // bytes
    std::vector<Entry> entries;                 // ascending time
};

struct Frame
{
    std::uint64_t version = 0;                  // grows with every event and command of the run
    Micros now = 0;                             // µs of the run
    Micros duration = 0;
    bool ended = false;                         // duration reached, or an invariant broke
    bool invariantBroken = false;
    std::int64_t events = 0;                    // handled so far
    FactNumber facts = 0;
    std::uint64_t seed = 0;
    std::string title;
    std::shared_ptr<const Directory> names;
    std::optional<Micros> watermarkLag;         // of the first pipeline: its processing time - watermark, µs of the data's time
    std::optional<Millis> watermark;            // of the first pipeline
    std::vector<Guarantee> guarantees;
    std::int32_t invariantChecks = 0;           // kinds that are being checked
    TimelineFrame timeline;
    InspectorFrame inspector;
    // Always there, for the lab tree; its rows and blocks only when the Cluster view asks.
    ClusterFrame cluster;
    // Only the one that was asked for.
    std::optional<GroupsFrame> groups;
    std::optional<TimeFrame> time;
    std::optional<ChartsFrame> charts;
    std::optional<JournalFrame> journal;
};

using FramePtr = std::shared_ptr<const Frame>;

} // namespace tideline
