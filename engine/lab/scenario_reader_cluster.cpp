// SPDX-License-Identifier: GPL-3.0-or-later
// "cluster": brokers, controllers, their config and the links between them.
#include "engine/lab/scenario_reader_objects.h"

#include <algorithm>
#include <array>

namespace tideline {

namespace {

constexpr std::int64_t kMostBrokers = 1'000;
constexpr std::int64_t kMaxInt = 2'147'483'647; // Kafka's INT keys
constexpr std::int64_t kMaxMilliseconds =
    86'400'000'000; // 1000 days; Kafka's LONG keys go further than a run lasts
constexpr std::int64_t kHighestReplicationFactor = 16;
constexpr std::int64_t kMostBytes = 1'000'000'000'000'000;

constexpr auto kSelectors =
    std::to_array<std::string_view>({"org.apache.kafka.common.replica.LeaderSelector",
                                     "org.apache.kafka.common.replica.RackAwareReplicaSelector"});

void setConfig(ScenarioReading& reading, std::string_view, const ScenarioKey&, const JsonNode& node,
               ClusterConfig& cluster)
{
    readObject(reading, "cluster config", "the cluster's config", node, clusterConfigKeys(), cluster);
}

void setLink(ScenarioReading& reading, std::string_view, const ScenarioKey&, const JsonNode& node,
             ClusterConfig& cluster)
{
    readObject(reading, "cluster link", "the cluster's link", node, linkKeys(), cluster);
}

// "broker,controller": both in one process. Controllers with processes of their own need no word.
void setRoles(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
              ClusterConfig& cluster)
{
    if (node.isText() && (node.text == "broker,controller" || node.text == "controller,broker"))
        cluster.combinedRoles = true;
    else if (!node.isText() || node.text != "broker")
        reading.refuse(
            where, key, node,
            " is not a list of roles; write \"broker\" for controllers with processes of their own, "
            "or \"broker,controller\" for nodes that are both");
}

// One rack for all brokers, or a list that they take in turn; how many brokers there are is known later.
void setRacks(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
              ClusterConfig& cluster)
{
    if (auto racks = readRacks(reading, where, key, node))
        cluster.racks = std::move(*racks);
}

void setSelector(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                 const JsonNode& node, ClusterConfig& cluster)
{
    if (const auto choice = readChoice(reading, where, key, node))
        cluster.replicaSelector = *choice == 0 ? ReplicaSelector::Leader : ReplicaSelector::RackAware;
}

void checkRacks(ScenarioReading& reading, ClusterConfig& cluster)
{
    const std::size_t given = cluster.racks.size();
    const auto brokers = static_cast<std::size_t>(cluster.brokers);
    if (given > brokers) {
        reading.refuse("cluster config", "broker.rack lists " + std::to_string(given) + " racks for " +
                                             std::to_string(brokers) +
                                             " brokers, and each broker has one; remove some or add brokers");
        cluster.racks.resize(brokers);
    }
    for (std::size_t i = given; given > 0 && i < brokers; ++i)
        cluster.racks.push_back(cluster.racks[i % given]);
}

// Rules between two keys.
void checkCluster(ScenarioReading& reading, const JsonNode* config, ClusterConfig& cluster)
{
    const std::string_view where = "cluster config";
    checkRacks(reading, cluster);
    const bool offsetsFactorGiven = config && config->find("offsets.topic.replication.factor");
    if (!offsetsFactorGiven)
        cluster.offsetsTopicReplicationFactor =
            std::min(cluster.offsetsTopicReplicationFactor, cluster.brokers);
    else if (cluster.offsetsTopicReplicationFactor > cluster.brokers)
        reading.refuse(where, "offsets.topic.replication.factor " +
                                  std::to_string(cluster.offsetsTopicReplicationFactor) +
                                  " is larger than the " + std::to_string(cluster.brokers) +
                                  " brokers (INVALID_REPLICATION_FACTOR); add a broker or lower it");
    if (cluster.combinedRoles && cluster.controllers > cluster.brokers)
        reading.refuse(where,
                       "process.roles \"broker,controller\" puts controller n into the process of broker n, "
                       "and there are " +
                           std::to_string(cluster.controllers) + " controllers for " +
                           std::to_string(cluster.brokers) +
                           " brokers; lower controllers or leave process.roles out");
    // Without an interval of its own, a log is flushed whenever the scheduler looks.
    if (cluster.logFlushSchedulerInterval != kNever && !config->find("log.flush.interval.ms"))
        cluster.log.flushMs = toMillis(cluster.logFlushSchedulerInterval);
    if (cluster.replicaFetchWaitMax > cluster.replicaLagTimeMax)
        reading.refuse(
            where, "replica.fetch.wait.max.ms " + std::to_string(toMillis(cluster.replicaFetchWaitMax)) +
                       " is larger than replica.lag.time.max.ms " +
                       std::to_string(toMillis(cluster.replicaLagTimeMax)) +
                       ", so that followers would leave the ISR while they wait (Kafka's rule); lower it");
    if (cluster.brokerHeartbeatInterval >= cluster.brokerSessionTimeout)
        reading.refuse(where, "broker.heartbeat.interval.ms " +
                                  std::to_string(toMillis(cluster.brokerHeartbeatInterval)) +
                                  " is not below broker.session.timeout.ms " +
                                  std::to_string(toMillis(cluster.brokerSessionTimeout)) +
                                  ", so that live brokers would be fenced; lower it");
}

} // namespace

const std::vector<KeyOf<ClusterConfig>>& clusterKeys()
{
    static const std::vector<KeyOf<ClusterConfig>> kKeys = {
        wholeKey<&ClusterConfig::brokers>("brokers", 1, kMostBrokers),
        wholeKey<&ClusterConfig::controllers>("controllers", 1, 9),
        specialKey<ClusterConfig>("config", ValueKind::Object, setConfig),
        specialKey<ClusterConfig>("link", ValueKind::Object, setLink),
    };
    return kKeys;
}

const std::vector<KeyOf<ClusterConfig>>& clusterConfigKeys()
{
    using C = ClusterConfig;
    static const std::vector<KeyOf<C>> kOwn = {
        wholeKey<&C::defaultReplicationFactor>("default.replication.factor", 1, kHighestReplicationFactor),
        wholeKey<&C::numPartitions>("num.partitions", 1, 200'000),
        wholeKey<&C::minInsyncReplicas>("min.insync.replicas", 1, kMaxInt, "Kafka's range"),
        millisecondsKey<&C::replicaLagTimeMax>("replica.lag.time.max.ms", 1, kMaxMilliseconds),
        millisecondsKey<&C::replicaFetchWaitMax>("replica.fetch.wait.max.ms", 1, kMaxInt),
        wholeKey<&C::replicaFetchMinBytes>("replica.fetch.min.bytes", 0, kMaxInt),
        wholeKey<&C::replicaFetchMaxBytes>("replica.fetch.max.bytes", 0, kMaxInt, "Kafka's range"),
        wholeKey<&C::replicaFetchResponseMaxBytes>("replica.fetch.response.max.bytes", 0, kMaxInt,
                                                   "Kafka's range"),
        millisecondsKey<&C::replicaFetchBackoff>("replica.fetch.backoff.ms", 1, kMaxInt),
        millisecondsKey<&C::brokerHeartbeatInterval>("broker.heartbeat.interval.ms", 1, kMaxInt),
        millisecondsKey<&C::brokerSessionTimeout>("broker.session.timeout.ms", 2, kMaxInt),
        millisecondsKey<&C::initialRegistrationTimeout>("initial.broker.registration.timeout.ms", 1, kMaxInt),
        secondsKey<&C::leaderImbalanceCheckInterval>("leader.imbalance.check.interval.seconds", 1, 86'400'000,
                                                     "Kafka's least is 1"),
        flagKey<&C::autoLeaderRebalance>("auto.leader.rebalance.enable"),
        flagKey<&C::uncleanLeaderElection>("unclean.leader.election.enable"),
        millisecondsKey<&C::uncleanElectionInterval>("unclean.leader.election.interval.ms", 1,
                                                     kMaxMilliseconds),
        specialKey<C>("process.roles", ValueKind::Text, setRoles),
        millisecondsKey<&C::quorumElectionTimeout>("controller.quorum.election.timeout.ms", 1, kMaxInt),
        millisecondsKey<&C::quorumFetchTimeout>("controller.quorum.fetch.timeout.ms", 1, kMaxInt),
        millisecondsKey<&C::quorumElectionBackoffMax>("controller.quorum.election.backoff.max.ms", 1,
                                                      kMaxInt),
        millisecondsKey<&C::quorumRequestTimeout>("controller.quorum.request.timeout.ms", 1, kMaxInt),
        millisecondsKey<&C::quorumRetryBackoff>("controller.quorum.retry.backoff.ms", 1, kMaxInt),
        millisecondsKey<&C::quorumAppendLinger>("controller.quorum.append.linger.ms", 0, kMaxInt),
        wholeKey<&C::metadataSnapshotBytes>("metadata.log.max.record.bytes.between.snapshots", 1, kMostBytes,
                                            "Kafka's least is 1"),
        millisecondsKey<&C::metadataSnapshotInterval>("metadata.log.max.snapshot.interval.ms", 0,
                                                      kMaxMilliseconds),
        wholeKey<&C::metadataSegmentBytes>("metadata.log.segment.bytes", 8'388'608, kMaxInt, "Kafka's range"),
        wholeKey<&C::metadataRetentionBytes>("metadata.max.retention.bytes", -1, kMostBytes),
        millisecondsKey<&C::metadataRetention>("metadata.max.retention.ms", -1, kMaxMilliseconds),
        wholeKey<&C::eligibleLeaderReplicas>("eligible.leader.replicas.version", 0, 1, "Kafka's range"),
        millisecondsKey<&C::groupInitialRebalanceDelay>("group.initial.rebalance.delay.ms", 0, kMaxInt),
        wholeKey<&C::offsetsTopicNumPartitions>("offsets.topic.num.partitions", 1, 10'000,
                                                "Kafka's least is 1"),
        wholeKey<&C::offsetsTopicReplicationFactor>("offsets.topic.replication.factor", 1,
                                                    kHighestReplicationFactor, "Kafka's least is 1"),
        wholeKey<&C::messageMaxBytes>("message.max.bytes", 0, kMaxInt, "Kafka's range"),
        specialKey<C>("broker.rack", ValueKind::Other, setRacks),
        {{"replica.selector.class", ValueKind::Choice, 0, 0, {}, kSelectors, {}}, setSelector},
    };
    static const std::vector<KeyOf<C>> kKeys = [] {
        std::vector<KeyOf<C>> keys = kOwn;
        keys.insert(keys.end(), clusterLogKeys().begin(), clusterLogKeys().end());
        return keys;
    }();
    return kKeys;
}

const std::vector<KeyOf<ClusterConfig>>& linkKeys()
{
    // A message that took no time at all could be answered for ever within one instant.
    static const std::vector<KeyOf<ClusterConfig>> kKeys = {
        durationKey<&ClusterConfig::linkLatency>("latency", 1, 3'600'000'000),
        bandwidthKey<&ClusterConfig::linkBandwidth>("bandwidth"),
    };
    return kKeys;
}

std::optional<std::vector<std::string>> readRacks(ScenarioReading& reading, std::string_view where,
                                                  const ScenarioKey& key, const JsonNode& node)
{
    if (!node.isText() && (!node.isList() || node.items.empty())) {
        reading.refuse(where, key, node,
                       " is neither a rack nor a list of racks; write \"a\" for all, or [ \"a\", \"b\" ] to "
                       "be taken in turn");
        return std::nullopt;
    }
    std::vector<std::string> racks;
    const std::size_t before = reading.sentences.size();
    for (const JsonNode& item : node.isText() ? std::vector<JsonNode>{node} : node.items) {
        if (const auto rack =
                readText(reading, where, {key.name, ValueKind::Text, 0, kLongestRack, {}, {}, {}}, item))
            racks.push_back(*rack);
    }
    if (reading.sentences.size() > before)
        return std::nullopt;
    return racks;
}

void readCluster(ScenarioReading& reading, const JsonNode& node)
{
    if (readObject(reading, "cluster", "the cluster", node, clusterKeys(), reading.scenario.cluster))
        checkCluster(reading, node.find("config"), reading.scenario.cluster);
}

} // namespace tideline
