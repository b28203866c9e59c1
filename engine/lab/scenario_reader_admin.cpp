// SPDX-License-Identifier: GPL-3.0-or-later
// "script": what an administrator asks of the cluster while it runs, and the rolling restart.
#include "engine/lab/scenario_reader_arguments.h"

#include <algorithm>
#include <array>

namespace tideline {

namespace {

using Arguments = ScriptArguments;
using Lines = std::vector<KeyOf<Arguments>>;

constexpr std::size_t kMostReplicas = 16;
constexpr std::size_t kMostBrokers = 1'000;
constexpr std::size_t kMostNewPartitions = 10'000; // of one command
constexpr std::array<std::string_view, 2> kElections = {"preferred", "unclean"};
// What the configuration of a running cluster can be changed in: the first two of topics and of brokers, the
// next two of brokers, the others of topics.
constexpr std::array<std::string_view, 20> kConfigKeys = {"min.insync.replicas",
                                                          "unclean.leader.election.enable",
                                                          "leader.replication.throttled.rate",
                                                          "follower.replication.throttled.rate",
                                                          "leader.replication.throttled.replicas",
                                                          "follower.replication.throttled.replicas",
                                                          "cleanup.policy",
                                                          "compression.type",
                                                          "segment.bytes",
                                                          "internal.segment.bytes",
                                                          "segment.ms",
                                                          "retention.ms",
                                                          "retention.bytes",
                                                          "min.cleanable.dirty.ratio",
                                                          "min.compaction.lag.ms",
                                                          "delete.retention.ms",
                                                          "flush.messages",
                                                          "flush.ms",
                                                          "message.timestamp.before.max.ms",
                                                          "message.timestamp.after.max.ms"};
constexpr std::size_t kFirstTopicKey = 4;

// Which of them there are is checked when the command is.
std::vector<BrokerId> readBrokers(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                  const JsonNode& node, std::size_t most)
{
    std::vector<BrokerId> brokers;
    const ScenarioKey one{key.name, ValueKind::Whole, 1, 1'000, {}, {}, {}};
    if (!node.isList() || node.items.empty() || node.items.size() > most) {
        reading.refuse(where, key, node,
                       " is not a list of 1 to " + std::to_string(most) + " brokers; write [1, 2, 3]");
        return brokers;
    }
    for (const JsonNode& item : node.items) {
        if (const auto broker = readWhole(reading, where, one, item))
            brokers.push_back(static_cast<BrokerId>(*broker));
    }
    return brokers;
}

template <std::size_t Most>
void setBrokers(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, Arguments& arguments)
{
    arguments.replicas = readBrokers(reading, where, key, node, Most);
}

void setAssignment(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                   const JsonNode& node, Arguments& arguments)
{
    if (!node.isList() || node.items.empty() || node.items.size() > kMostNewPartitions) {
        reading.refuse(where, key, node, " is not a list of replica lists; write [[1, 2], [2, 1]]");
        return;
    }
    for (const JsonNode& item : node.items)
        arguments.assignment.push_back(readBrokers(reading, where, key, item, kMostReplicas));
}

// The keys of a listed topic; only what is written here is part of the request.
void setTopicConfig(ScenarioReading& reading, std::string_view where, const ScenarioKey&,
                    const JsonNode& node, Arguments& arguments)
{
    TopicSpec topic;
    if (!readObject(reading, where, "a topic's config", node, topicConfigKeys(), topic))
        return;
    for (const JsonMember& member : node.members) {
        const JsonNode& value = member.value;
        const bool isFlag = value.kind == JsonNode::Kind::Flag;
        arguments.configs.emplace_back(member.key, isFlag ? (value.flag ? "true" : "false") : value.text);
    }
}

// `"topic" and "key"` when one of them is missing; else empty.
std::string lackOfConfig(const JsonNode& node)
{
    if (std::string lack = lackOf(node, {"key", "value"}); !lack.empty())
        return lack;
    const bool ofTopic = node.find("topic");
    if (ofTopic && node.find("broker"))
        return "it says \"topic\" and \"broker\", and a setting belongs to one of them; remove the other";
    const std::string& key = node.find("key")->text;
    if (ofTopic && key.ends_with("throttled.rate"))
        return "it says \"topic\", and " + key +
               " is set for brokers; name a \"broker\" instead, or none for all";
    if (!ofTopic &&
        std::find(kConfigKeys.begin() + kFirstTopicKey, kConfigKeys.end(), key) != kConfigKeys.end())
        return "it lacks \"topic\", and " + key + " is set for one; add it";
    return {};
}

std::string lackOfCreation(const JsonNode& node)
{
    if (node.find("assignment") && (node.find("partitions") || node.find("replication-factor")))
        return "\"assignment\" tells \"partitions\" and \"replication-factor\" (INVALID_REQUEST); remove "
               "these";
    return lackOf(node, {"topic"});
}

std::string lackOfGrowth(const JsonNode& node)
{
    return lackOf(node, {"topic", "partitions"});
}

KeyOf<Arguments> topicLine()
{
    return textKey<&Arguments::topic>("topic");
}

KeyOf<Arguments> partitionLine()
{
    return wholeKey<&Arguments::partition>("partition", 0, 199'999);
}

KeyOf<Arguments> partitionsLine()
{
    return wholeKey<&Arguments::partitions>("partitions", 1, kMostNewPartitions, "INVALID_PARTITIONS");
}

const Lines kElect = {topicLine(), partitionLine(), choiceKey<&Arguments::election>("election", kElections)};
const Lines kReassign = {topicLine(), partitionLine(),
                         specialKey<Arguments>("replicas", ValueKind::List, setBrokers<kMostReplicas>)};
const Lines kPartition = {topicLine(), partitionLine()};
const Lines kConfig = {choiceKey<&Arguments::key>("key", kConfigKeys), textKey<&Arguments::value>("value"),
                       topicLine(), wholeKey<&Arguments::broker>("broker", 1, 1'000)};
const Lines kCreate = {topicLine(), partitionsLine(),
                       wholeKey<&Arguments::replicationFactor>("replication-factor", 1, kMostReplicas,
                                                               "INVALID_REPLICATION_FACTOR"),
                       specialKey<Arguments>("assignment", ValueKind::List, setAssignment),
                       specialKey<Arguments>("config", ValueKind::Object, setTopicConfig)};
const Lines kGrow = {topicLine(), partitionsLine(),
                     specialKey<Arguments>("assignment", ValueKind::List, setAssignment)};
const Lines kTopic = {topicLine()};
const Lines kDelete = {
    topicLine(), partitionLine(),
    wholeKey<&Arguments::before>("before", -1, 1'000'000'000'000'000, "-1 is the high watermark")};
const Lines kNothing = {};
const Lines kRestart = {specialKey<Arguments>("brokers", ValueKind::List, setBrokers<kMostBrokers>)};

} // namespace

const std::vector<ScriptVerb>& adminVerbs()
{
    static const std::vector<ScriptVerb> kVerbs = {
        {"elect-leader", "electTarget", "the command elect-leader", &kElect},
        {"reassign", "reassignTarget", "the command reassign", &kReassign},
        {"cancel-reassignment", "partitionTarget", "the command cancel-reassignment", &kPartition},
        {"alter-config", "configTarget", "the command alter-config", &kConfig, false, lackOfConfig},
        {"create-topic", "createTarget", "the command create-topic", &kCreate, false, lackOfCreation},
        {"create-partitions", "growTarget", "the command create-partitions", &kGrow, false, lackOfGrowth},
        {"delete-topic", "topicTarget", "the command delete-topic", &kTopic},
        {"delete-records", "deleteTarget", "the command delete-records", &kDelete},
        {"rolling-restart", "restartTarget", "the command rolling-restart", &kRestart},
        {"cancel-rolling-restart", "nothingTarget", "the command cancel-rolling-restart", &kNothing},
    };
    return kVerbs;
}

std::optional<Command> adminCommand(std::string_view verb, const ScriptArguments& a)
{
    if (verb == "elect-leader")
        return ElectLeader{*a.topic, *a.partition, *a.election == 1};
    if (verb == "reassign" || verb == "cancel-reassignment")
        return ReassignPartition{*a.topic, *a.partition, a.replicas};
    if (verb == "alter-config") {
        const std::string key(kConfigKeys[static_cast<std::size_t>(*a.key)]);
        if (a.topic)
            return AlterTopicConfig{*a.topic, key, *a.value};
        return AlterBrokerConfig{a.broker.value_or(kNone), key, *a.value};
    }
    if (verb == "create-topic")
        return CreateTopic{*a.topic, a.partitions, a.replicationFactor, a.assignment, a.configs};
    if (verb == "create-partitions")
        return CreatePartitions{*a.topic, a.partitions, a.assignment};
    if (verb == "delete-topic")
        return DeleteTopic{*a.topic};
    if (verb == "delete-records")
        return DeleteRecords{*a.topic, *a.partition, *a.before};
    if (verb == "rolling-restart")
        return RollingRestart{a.replicas};
    if (verb == "cancel-rolling-restart")
        return CancelRollingRestart{};
    return std::nullopt;
}

} // namespace tideline
