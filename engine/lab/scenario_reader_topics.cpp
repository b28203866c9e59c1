// SPDX-License-Identifier: GPL-3.0-or-later
// "topics": names by Kafka's rules, partitions, replicas.
#include "engine/lab/scenario_reader_objects.h"

#include <algorithm>
#include <map>

namespace tideline {

namespace {

constexpr std::int64_t kMostPartitions = 200'000; // over all topics
constexpr std::int64_t kMostReplicas = 600'000;   // over all topics
constexpr std::size_t kMostTopics = 10'000;
constexpr std::int64_t kHighestReplicationFactor = 16;

bool isTopicCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

// Topic.validate of Kafka: 1 to 249 of [a-zA-Z0-9._-], neither "." nor "..".
void setName(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
             TopicSpec& topic)
{
    const bool legal = node.isText() && !node.text.empty() && node.text.size() <= 249 && node.text != "." &&
                       node.text != ".." && std::all_of(node.text.begin(), node.text.end(), isTopicCharacter);
    if (!legal) {
        reading.refuse(where, key, node,
                       " is not a topic name: 1 to 249 of a-z, A-Z, 0-9, ., _ and -, neither . nor .. "
                       "(INVALID_TOPIC_EXCEPTION); rename it");
        return;
    }
    if (node.text == "__consumer_offsets" || node.text == "__transaction_state" ||
        node.text == "__cluster_metadata") {
        reading.refuse(where, key, node, " is a topic that Kafka makes for itself; rename or remove it");
        return;
    }
    topic.name = node.text;
}

void setConfig(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
               TopicSpec& topic)
{
    readObject(reading, where, "a topic's config", node, topicConfigKeys(), topic);
}

// One partition's replicas; false when they cannot be.
bool readReplicas(ScenarioReading& reading, const std::string& where, const JsonNode& node,
                  std::vector<BrokerId>& replicas)
{
    const std::int32_t brokers = reading.scenario.cluster.brokers;
    const ScenarioKey key{"a replica", ValueKind::Whole, 1, brokers, "the brokers there are", {}, {}};
    if (!node.isList() || node.items.empty() || node.items.size() > kHighestReplicationFactor) {
        reading.refuse(where, "it is not a list of 1 to " + std::to_string(kHighestReplicationFactor) +
                                  " brokers (INVALID_REPLICA_ASSIGNMENT); write [1, 2, 3]");
        return false;
    }
    for (const JsonNode& item : node.items) {
        const auto broker = readWhole(reading, where, key, item);
        if (!broker)
            return false;
        if (std::find(replicas.begin(), replicas.end(), *broker) != replicas.end()) {
            reading.refuse(where, "broker " + std::to_string(*broker) +
                                      " is there twice (INVALID_REPLICA_ASSIGNMENT); name another one");
            return false;
        }
        replicas.push_back(static_cast<BrokerId>(*broker));
    }
    return true;
}

// Says how many partitions and replicas there are, too.
void setAssignment(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                   const JsonNode& node, TopicSpec& topic)
{
    if (!node.isList() || node.items.empty() || node.items.size() > kMostPartitions) {
        reading.refuse(where, key, node, " is not a list of replica lists; write [[1, 2], [2, 1]]");
        return;
    }
    std::vector<std::vector<BrokerId>> assignment;
    for (std::size_t p = 0; p < node.items.size(); ++p) {
        const std::string place = std::string(where) + " assignment[" + std::to_string(p) + "]";
        std::vector<BrokerId> replicas;
        if (!readReplicas(reading, place, node.items[p], replicas))
            return;
        if (p > 0 && replicas.size() != assignment[0].size()) {
            reading.refuse(place, "it has " + std::to_string(replicas.size()) +
                                      " replicas and the first has " + std::to_string(assignment[0].size()) +
                                      " (INVALID_REPLICA_ASSIGNMENT); give all partitions equally many");
            return;
        }
        assignment.push_back(std::move(replicas));
    }
    topic.partitions = static_cast<std::int32_t>(assignment.size());
    topic.replicationFactor = static_cast<std::int32_t>(assignment[0].size());
    topic.assignment = std::move(assignment);
}

void checkReplicationFactor(ScenarioReading& reading, const std::string& where, const TopicSpec& topic)
{
    const std::int32_t brokers = reading.scenario.cluster.brokers;
    if (topic.replicationFactor > brokers)
        reading.refuse(where, "replication factor " + std::to_string(topic.replicationFactor) +
                                  " is larger than the " + std::to_string(brokers) +
                                  (brokers == 1 ? " broker" : " brokers") +
                                  " (INVALID_REPLICATION_FACTOR); add a broker or lower it");
}

// Metrics names replace "." by "_", so Kafka lets only one of two such names exist.
void checkCollision(ScenarioReading& reading, const std::string& where, const std::string& name,
                    std::map<std::string, std::string>& collisions)
{
    std::string folded = name;
    std::replace(folded.begin(), folded.end(), '.', '_');
    const auto [entry, isNew] = collisions.emplace(folded, name);
    if (isNew)
        return;
    if (entry->second == name)
        reading.refuse(where,
                       "name " + inQuotes(name) +
                           " is taken by another topic, and a name is given once (TOPIC_ALREADY_EXISTS); "
                           "rename one of them");
    else
        reading.refuse(
            where,
            "name " + inQuotes(name) + " differs from " + inQuotes(entry->second) +
                " only by . against _, which Kafka refuses (INVALID_TOPIC_EXCEPTION); rename one of them");
}

void checkTotals(ScenarioReading& reading)
{
    std::int64_t partitions = 0;
    std::int64_t replicas = 0;
    for (const TopicSpec& topic : reading.scenario.topics) {
        partitions += topic.partitions;
        replicas += std::int64_t{topic.partitions} * topic.replicationFactor;
    }
    if (partitions > kMostPartitions)
        reading.refuse("topics", std::to_string(partitions) + " partitions in total are more than the " +
                                     std::to_string(kMostPartitions) +
                                     " that a scenario may have; lower them");
    else if (replicas > kMostReplicas)
        reading.refuse("topics", std::to_string(replicas) + " replicas in total are more than the " +
                                     std::to_string(kMostReplicas) +
                                     " that a scenario may have; lower partitions or replication-factor");
}

} // namespace

const std::vector<KeyOf<TopicSpec>>& topicKeys()
{
    static const std::vector<KeyOf<TopicSpec>> kKeys = {
        specialKey<TopicSpec>("name", ValueKind::Text, setName),
        wholeKey<&TopicSpec::partitions>("partitions", 1, kMostPartitions, "INVALID_PARTITIONS"),
        wholeKey<&TopicSpec::replicationFactor>("replication-factor", 1, kHighestReplicationFactor,
                                                "INVALID_REPLICATION_FACTOR"),
        specialKey<TopicSpec>("assignment", ValueKind::List, setAssignment),
        specialKey<TopicSpec>("config", ValueKind::Object, setConfig),
    };
    return kKeys;
}

const std::vector<KeyOf<TopicSpec>>& topicConfigKeys()
{
    static const std::vector<KeyOf<TopicSpec>> kKeys = [] {
        std::vector<KeyOf<TopicSpec>> keys = {
            wholeKey<&TopicSpec::minInsyncReplicas>("min.insync.replicas", 1, 2'147'483'647, "Kafka's range"),
            flagKey<&TopicSpec::uncleanLeaderElection>("unclean.leader.election.enable"),
        };
        keys.insert(keys.end(), topicLogKeys().begin(), topicLogKeys().end());
        return keys;
    }();
    return kKeys;
}

void readTopics(ScenarioReading& reading, const JsonNode& node)
{
    const ClusterConfig& cluster = reading.scenario.cluster;
    std::map<std::string, std::string> collisions;
    readList(reading, "topics", node, kMostTopics, [&](const std::string& where, const JsonNode& entry) {
        TopicSpec topic{"",
                        cluster.numPartitions,
                        cluster.defaultReplicationFactor,
                        cluster.minInsyncReplicas,
                        cluster.uncleanLeaderElection,
                        {},
                        cluster.log};
        if (!readObject(reading, where, "a topic", entry, topicKeys(), topic))
            return;
        if (entry.find("assignment") && (entry.find("partitions") || entry.find("replication-factor")))
            reading.refuse(where, "its assignment says how many partitions and replicas there are "
                                  "(INVALID_REQUEST); leave out \"partitions\" and \"replication-factor\"");
        if (!entry.find("name"))
            reading.refuse(where, "its name is missing, by which others refer to it; add \"name\"");
        if (!topic.name.empty())
            checkCollision(reading, where, topic.name, collisions);
        checkReplicationFactor(reading, where, topic);
        reading.topicNames.insert(topic.name);
        reading.scenario.topics.push_back(std::move(topic));
    });
    checkTotals(reading);
}

} // namespace tideline
