// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario: what a run is made of, checked and with every default filled in.
//
// Read by scenario_reader.h from JSON; nothing here is out of range, misspelt or missing, so the engine asks
// no question again. Durations are µs where the engine's clock is meant and ms where the data's time is
// meant. A plain value.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/lab/command.h"
#include "engine/log/log_config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

// Which replica a consumer is sent to (KIP-392): LeaderSelector or RackAwareReplicaSelector.
enum class ReplicaSelector : std::uint8_t { Leader, RackAware };

// Broker and cluster settings under Kafka's names; defaults are Kafka's.
struct ClusterConfig
{
    std::int32_t brokers = 3;
    std::vector<std::string> racks = {};                       // broker.rack by broker; empty: none has one
    ReplicaSelector replicaSelector = ReplicaSelector::Leader; // replica.selector.class
    std::int32_t controllers = 1;                              // voters of the quorum
    // process.roles=broker,controller: controller n runs in the process of broker n; else each has its own.
    bool combinedRoles = false;
    std::int32_t defaultReplicationFactor = 1;              // default.replication.factor
    std::int32_t numPartitions = 1;                         // num.partitions
    std::int32_t minInsyncReplicas = 1;                     // min.insync.replicas of topics that do not say
    Micros replicaLagTimeMax = 30'000'000;                  // replica.lag.time.max.ms
    Micros replicaFetchWaitMax = 500'000;                   // replica.fetch.wait.max.ms
    std::int32_t replicaFetchMinBytes = 1;                  // replica.fetch.min.bytes
    std::int32_t replicaFetchMaxBytes = 1'048'576;          // replica.fetch.max.bytes, per partition
    std::int32_t replicaFetchResponseMaxBytes = 10'485'760; // replica.fetch.response.max.bytes
    Micros replicaFetchBackoff = 1'000'000;                 // replica.fetch.backoff.ms
    Micros brokerHeartbeatInterval = 2'000'000;             // broker.heartbeat.interval.ms
    Micros brokerSessionTimeout = 9'000'000;                // broker.session.timeout.ms
    Micros initialRegistrationTimeout = 60'000'000;         // initial.broker.registration.timeout.ms
    Micros leaderImbalanceCheckInterval = 300'000'000;      // leader.imbalance.check.interval.seconds
    bool autoLeaderRebalance = true;                        // auto.leader.rebalance.enable
    bool uncleanLeaderElection = false;                     // unclean.leader.election.enable
    Micros uncleanElectionInterval = 300'000'000;           // unclean.leader.election.interval.ms
    bool eligibleLeaderReplicas = true;                     // eligible.leader.replicas.version = 1
    Micros quorumElectionTimeout = 1'000'000;               // controller.quorum.election.timeout.ms
    Micros quorumFetchTimeout = 2'000'000;                  // controller.quorum.fetch.timeout.ms
    Micros quorumElectionBackoffMax = 1'000'000;            // controller.quorum.election.backoff.max.ms
    Micros quorumRequestTimeout = 2'000'000;                // controller.quorum.request.timeout.ms
    Micros quorumRetryBackoff = 20'000;                     // controller.quorum.retry.backoff.ms
    Micros quorumAppendLinger = 25'000;                     // controller.quorum.append.linger.ms
    // metadata.log.max.record.bytes.between.snapshots
    std::int64_t metadataSnapshotBytes = 20'971'520;
    Micros metadataSnapshotInterval = 3'600'000'000;   // metadata.log.max.snapshot.interval.ms; 0: never
    std::int64_t metadataRetentionBytes = 104'857'600; // metadata.max.retention.bytes; below 0: no limit
    Micros metadataRetention = 604'800'000'000;        // metadata.max.retention.ms; below 0: no limit
    std::int64_t metadataSegmentBytes = 1'073'741'824; // metadata.log.segment.bytes
    Micros groupInitialRebalanceDelay = 3'000'000;     // group.initial.rebalance.delay.ms
    std::int32_t offsetsTopicNumPartitions = 50;       // offsets.topic.num.partitions
    // offsets.topic.replication.factor; at most the brokers there are.
    std::int32_t offsetsTopicReplicationFactor = 3;
    std::int32_t messageMaxBytes = 1'048'588; // message.max.bytes
    LogConfig log;                            // log.segment.bytes and the like: of topics that do not say
    Micros logRetentionCheckInterval = 300'000'000; // log.retention.check.interval.ms
    Micros logCleanerBackoff = 15'000'000;          // log.cleaner.backoff.ms
    // log.flush.scheduler.interval.ms: how often flush.ms is looked at; the default is never.
    Micros logFlushSchedulerInterval = kNever;
    std::int32_t offsetsTopicSegmentBytes = 104'857'600; // offsets.topic.segment.bytes
    // Of the network, not of Kafka: every link that the scenario does not change.
    Micros linkLatency = 1'000;               // µs one way
    std::int64_t linkBandwidth = 125'000'000; // bytes a second

    // broker.rack; empty: it has none.
    std::string rackOf(BrokerId broker) const
    {
        const auto place = static_cast<std::size_t>(broker - 1);
        return place < racks.size() ? racks[place] : std::string();
    }
};

struct TopicSpec
{
    std::string name;
    std::int32_t partitions = 1;
    std::int32_t replicationFactor = 1;
    std::int32_t minInsyncReplicas = 1; // min.insync.replicas
    bool uncleanLeaderElection = false; // unclean.leader.election.enable
    // Replicas of each partition, when a person places them; empty: the controller does.
    std::vector<std::vector<BrokerId>> assignment = {};
    LogConfig log = {}; // segments, retention, compaction, flushing
};

// How long after it happened a record reaches the producer.
struct DelaySpec
{
    enum class Kind : std::uint8_t { None, Constant, Uniform, Lognormal };
    Kind kind = Kind::None;
    Micros low = 0;              // constant: the delay; uniform: the least; lognormal: the median; µs
    Micros high = 0;             // uniform: the largest; µs
    std::int32_t sigmaMilli = 0; // lognormal: sigma of the logarithm, in thousandths (1.1 -> 1100)
};

// A made-up source. "orders": keys key-0.., a value with a field "eur".
struct GeneratorSpec
{
    std::string kind = "orders";
    std::int64_t recordsPerSecond = 100; // happening at the source; >= 0
    std::int32_t keys = 50;              // >= 1; 0 = records without key
    std::int32_t valueBytes = 0;         // 0 = as long as the text is; else padded or cut to this size
    DelaySpec delay;
    Micros start = 0;               // µs; nothing happens before
    std::int64_t limit = 0;         // 0 = no limit, else number of records
    bool afterGroupsStable = false; // wait until every group is Stable, then start
};

// A recorded event log, replayed in its own arrival order.
struct LogSourceSpec
{
    std::string file;          // as written in the scenario
    std::string path;          // resolved, readable
    std::string timeColumn;    // event time
    std::string arrivalColumn; // order and pace of the replay
    std::string keyColumn;     // empty = records without key
    std::int64_t pace = 1;     // seconds of the log in one second of the run, >= 1
    bool skipBroken = false;   // "on-error": "skip"; else a broken line refuses the scenario
    bool endOfInput = true;    // after the last line the pipelines that read it see the end of input
};

enum class Partitioner : std::uint8_t { Default, RoundRobin };

struct ProducerSpec
{
    std::string name;
    std::string topic;
    std::int32_t acks = -1;                         // acks: 0, 1, -1 (all)
    std::int32_t batchSize = 16'384;                // batch.size
    Micros linger = 5'000;                          // linger.ms
    Codec compression = Codec::None;                // compression.type
    std::int64_t retries = 2'147'483'647;           // retries
    Micros deliveryTimeout = 120'000'000;           // delivery.timeout.ms
    Micros requestTimeout = 30'000'000;             // request.timeout.ms
    Micros retryBackoff = 100'000;                  // retry.backoff.ms
    Micros retryBackoffMax = 1'000'000;             // retry.backoff.max.ms
    std::int32_t maxInFlight = 5;                   // max.in.flight.requests.per.connection
    std::int32_t maxRequestSize = 1'048'576;        // max.request.size
    std::int64_t bufferMemory = 33'554'432;         // buffer.memory
    Micros metadataMaxAge = 300'000'000;            // metadata.max.age.ms
    Partitioner partitioner = Partitioner::Default; // partitioner.class
    bool ignoreKeys = false;                        // partitioner.ignore.keys
    std::optional<GeneratorSpec> generator;         // exactly one of the two is there
    std::optional<LogSourceSpec> log;
};

enum class OffsetReset : std::uint8_t { Earliest, Latest };
// When the offsets of polled records are committed: by Kafka's timer inside poll(), or by the application's
// own call.
enum class CommitOrder : std::uint8_t { Auto, BeforeProcessing, AfterProcessing };

struct GroupSpec
{
    std::string name;
    std::vector<std::string> topics;
    std::int32_t members = 1;
    CommitOrder commit = CommitOrder::Auto;          // enable.auto.commit = true, or "commit" with it false
    Micros autoCommitInterval = 5'000'000;           // auto.commit.interval.ms
    OffsetReset offsetReset = OffsetReset::Latest;   // auto.offset.reset
    Micros sessionTimeout = 45'000'000;              // session.timeout.ms
    Micros heartbeatInterval = 3'000'000;            // heartbeat.interval.ms
    Micros maxPollInterval = 300'000'000;            // max.poll.interval.ms
    std::int32_t maxPollRecords = 500;               // max.poll.records
    std::int32_t fetchMinBytes = 1;                  // fetch.min.bytes
    Micros fetchMaxWait = 500'000;                   // fetch.max.wait.ms
    std::int32_t fetchMaxBytes = 52'428'800;         // fetch.max.bytes
    std::int32_t maxPartitionFetchBytes = 1'048'576; // max.partition.fetch.bytes
    Micros requestTimeout = 30'000'000;              // request.timeout.ms
    Micros metadataMaxAge = 300'000'000;             // metadata.max.age.ms
    Micros processing = 0;                           // the application's work, µs for one record
    Micros joinEvery = 0;                            // µs between the starts of two members; 0 = all at once
    std::vector<std::string> racks = {};             // client.rack: members have them in turn; empty: none

    // Of the group's n-th member, n >= 1; empty: it has none.
    std::string rackOf(std::int32_t n) const
    {
        return racks.empty() ? std::string() : racks[static_cast<std::size_t>(n - 1) % racks.size()];
    }
};

struct WatermarkSpec
{
    Millis boundedOutOfOrderness = 0;       // ms of event time
    bool afterEveryRecord = false;          // else every autoWatermarkInterval
    Micros autoWatermarkInterval = 200'000; // pipeline.auto-watermark-interval, µs of processing time
    Micros idleTimeout = 0;                 // withIdleness, µs of processing time; 0 = off
};

enum class WindowKind : std::uint8_t { Tumbling, Sliding };
enum class AggregateKind : std::uint8_t { Count, Sum };

struct PipelineSpec
{
    std::string name;
    std::string from; // topic
    WatermarkSpec watermark;
    WindowKind window = WindowKind::Tumbling;
    Millis size = 10'000;       // ms of event time
    Millis slide = 0;           // ms; tumbling: equals size
    Millis offset = 0;          // ms
    Millis allowedLateness = 0; // ms
    AggregateKind aggregate = AggregateKind::Count;
    std::string sumField; // Sum: field of the value
};

// A consumer of a queue, which is there from `from` to `until`.
struct QueueConsumerSpec
{
    std::string name;
    Micros from = 0;       // µs of the run
    Micros until = kNever; // µs
    Micros work = 0;       // µs for one message; then it is acknowledged
};

// A message queue beside the log: engine/clients/classic_queue.h.
struct QueueSpec
{
    std::string name;
    std::string from;                   // the producer whose records are published to it, too
    std::int32_t prefetch = 0;          // unacknowledged messages of one consumer; 0: no limit
    std::int64_t memoryMessages = 2048; // that wait in memory; the others are paged out
    Micros messageCost = 50;            // µs of the queue's process for each publish and each delivery
    Micros pageCost = 1'000;            // µs more for a delivery of what was paged out
    std::vector<QueueConsumerSpec> consumers;
};

struct Scenario
{
    std::string title;
    std::string description; // one or two sentences for the person who opens it
    std::uint64_t seed = 1;
    Micros duration = 60'000'000; // µs; the run ends there
    ClusterConfig cluster;
    std::vector<TopicSpec> topics;
    std::vector<ProducerSpec> producers;
    std::vector<GroupSpec> groups;
    std::vector<PipelineSpec> pipelines;
    std::vector<QueueSpec> queues;
    std::vector<TimedCommand> script; // by time; equal times in the order written
    std::string text;                 // the JSON it was read from, for a report and for saving
};

} // namespace tideline
