// SPDX-License-Identifier: GPL-3.0-or-later
// "script": commands at times. Each is checked against what is there at its time, members that join later
// included.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_names.h"
#include "engine/lab/scenario_reader_objects.h"

#include <algorithm>
#include <array>
#include <span>

namespace tideline {

namespace {

constexpr std::size_t kMostCommands = 100'000;
constexpr std::size_t kMostNewPartitions = 10'000; // of one command

// What a command may say, whichever it is.
struct Arguments
{
    std::optional<BrokerId> broker;
    std::optional<std::int32_t> controller;
    std::optional<std::string> consumer;
    std::optional<std::string> group;
    std::optional<std::string> producer;
    std::vector<std::string> between;
    std::optional<Micros> by;
    std::optional<std::int64_t> to;
    std::optional<std::string> topic;
    std::optional<std::int32_t> partition;
    std::optional<std::int32_t> election; // place in kElections
    std::vector<BrokerId> replicas;
    std::optional<std::int32_t> key; // place in kConfigKeys
    std::optional<std::string> value;
    std::int32_t partitions = -1;
    std::int32_t replicationFactor = -1;
    std::vector<std::vector<BrokerId>> assignment;
    std::vector<std::pair<std::string, std::string>> configs;
};

struct ScriptEntry
{
    Micros at = 0;
    std::string where;
    std::string verb;
    Arguments arguments;
};

void setBetween(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, Arguments& arguments)
{
    if (!node.isList() || node.items.size() != 2 || !node.items[0].isText() || !node.items[1].isText())
        reading.refuse(where, key, node, " is not two ends of a link; write [\"broker 1\", \"broker 2\"]");
    else if (node.items[0].text == node.items[1].text)
        reading.refuse(where, "between has " + node.items[0].shown() +
                                  " twice, and a link has two ends; name another one");
    else
        arguments.between = {node.items[0].text, node.items[1].text};
}

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

void setReplicas(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                 const JsonNode& node, Arguments& arguments)
{
    arguments.replicas = readBrokers(reading, where, key, node, 16);
}

void setRestarted(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                  const JsonNode& node, Arguments& arguments)
{
    arguments.replicas = readBrokers(reading, where, key, node, 1'000);
}

void setAssignment(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                   const JsonNode& node, Arguments& arguments)
{
    if (!node.isList() || node.items.empty() || node.items.size() > kMostNewPartitions) {
        reading.refuse(where, key, node, " is not a list of replica lists; write [[1, 2], [2, 1]]");
        return;
    }
    for (const JsonNode& item : node.items)
        arguments.assignment.push_back(readBrokers(reading, where, key, item, 16));
}

// The keys of a listed topic; only what is written here is part of the request.
void setTopicConfig(ScenarioReading& reading, std::string_view where, const ScenarioKey&,
                    const JsonNode& node, Arguments& arguments)
{
    TopicSpec topic;
    if (!readObject(reading, where, "a topic's config", node, topicConfigKeys(), topic))
        return;
    if (node.find("min.insync.replicas"))
        arguments.configs.emplace_back("min.insync.replicas", std::to_string(topic.minInsyncReplicas));
    if (node.find("unclean.leader.election.enable"))
        arguments.configs.emplace_back("unclean.leader.election.enable",
                                       topic.uncleanLeaderElection ? "true" : "false");
}

KeyOf<Arguments> brokerLine()
{
    // The exact limit is the number of brokers: checked when the command is.
    return wholeKey<&Arguments::broker>("broker", 1, 1'000);
}

KeyOf<Arguments> consumerLine()
{
    return textKey<&Arguments::consumer>("consumer", 300);
}

KeyOf<Arguments> controllerLine()
{
    return wholeKey<&Arguments::controller>("controller", 1, 1'000);
}

const std::vector<KeyOf<Arguments>> kKillTarget = {brokerLine(), controllerLine()};
const std::vector<KeyOf<Arguments>> kStartTarget = {brokerLine(), controllerLine(), consumerLine()};
const std::vector<KeyOf<Arguments>> kConsumerTarget = {consumerLine()};
const std::vector<KeyOf<Arguments>> kProcessTarget = {brokerLine(), consumerLine()};
const std::vector<KeyOf<Arguments>> kLinkTarget = {
    specialKey<Arguments>("between", ValueKind::List, setBetween)};
const std::vector<KeyOf<Arguments>> kSlowTarget = {brokerLine(),
                                                   durationKey<&Arguments::by>("by", 0, kLongestSlowness)};
const std::vector<KeyOf<Arguments>> kGroupTarget = {textKey<&Arguments::group>("group")};
const std::vector<KeyOf<Arguments>> kRateTarget = {textKey<&Arguments::producer>("producer"),
                                                   rateKey<&Arguments::to>("to", 0, kMostRecordsPerSecond)};

constexpr std::array<std::string_view, 2> kElections = {"preferred", "unclean"};
// What the configuration of a running cluster can be changed in: the first four of a topic, all but the lists
// of replicas of a broker.
constexpr std::array<std::string_view, 6> kConfigKeys = {"min.insync.replicas",
                                                         "unclean.leader.election.enable",
                                                         "leader.replication.throttled.replicas",
                                                         "follower.replication.throttled.replicas",
                                                         "leader.replication.throttled.rate",
                                                         "follower.replication.throttled.rate"};

KeyOf<Arguments> topicLine()
{
    return textKey<&Arguments::topic>("topic");
}

KeyOf<Arguments> partitionLine()
{
    return wholeKey<&Arguments::partition>("partition", 0, 199'999);
}

const std::vector<KeyOf<Arguments>> kElectTarget = {topicLine(), partitionLine(),
                                                    choiceKey<&Arguments::election>("election", kElections)};
const std::vector<KeyOf<Arguments>> kReassignTarget = {
    topicLine(), partitionLine(), specialKey<Arguments>("replicas", ValueKind::List, setReplicas)};
const std::vector<KeyOf<Arguments>> kPartitionTarget = {topicLine(), partitionLine()};
const std::vector<KeyOf<Arguments>> kConfigTarget = {choiceKey<&Arguments::key>("key", kConfigKeys),
                                                     textKey<&Arguments::value>("value"), topicLine(),
                                                     brokerLine()};
const std::vector<KeyOf<Arguments>> kCreateTarget = {
    topicLine(), wholeKey<&Arguments::partitions>("partitions", 1, kMostNewPartitions, "INVALID_PARTITIONS"),
    wholeKey<&Arguments::replicationFactor>("replication-factor", 1, 16, "INVALID_REPLICATION_FACTOR"),
    specialKey<Arguments>("assignment", ValueKind::List, setAssignment),
    specialKey<Arguments>("config", ValueKind::Object, setTopicConfig)};
const std::vector<KeyOf<Arguments>> kGrowTarget = {
    topicLine(), wholeKey<&Arguments::partitions>("partitions", 1, kMostNewPartitions, "INVALID_PARTITIONS"),
    specialKey<Arguments>("assignment", ValueKind::List, setAssignment)};
const std::vector<KeyOf<Arguments>> kTopicTarget = {topicLine()};
const std::vector<KeyOf<Arguments>> kRestartTarget = {
    specialKey<Arguments>("brokers", ValueKind::List, setRestarted)};

// What a command is written as, and what it must say: one of `keys` when `oneOf`, else the first `needed` of
// them, or all.
struct Verb
{
    std::string_view name;
    std::string_view object; // name of its definition in the schema
    std::string_view what;
    const std::vector<KeyOf<Arguments>>* keys;
    bool oneOf = false;
    std::size_t needed = 0; // 0: all
};

const std::vector<Verb> kVerbs = {
    {"kill", "killTarget", "a command on a broker or a controller", &kKillTarget, true},
    {"start", "startTarget", "the command start", &kStartTarget, true},
    {"pause", "processTarget", "a command on a broker or a consumer", &kProcessTarget, true},
    {"resume", "processTarget", "a command on a broker or a consumer", &kProcessTarget, true},
    {"crash", "consumerTarget", "a command on a consumer", &kConsumerTarget},
    {"stop", "processTarget", "a command on a broker or a consumer", &kProcessTarget, true},
    {"cut", "linkTarget", "a command on a link", &kLinkTarget},
    {"heal", "linkTarget", "a command on a link", &kLinkTarget},
    {"slow", "slowTarget", "the command slow", &kSlowTarget},
    {"add-consumer", "groupTarget", "the command add-consumer", &kGroupTarget},
    {"rate", "rateTarget", "the command rate", &kRateTarget},
    {"elect-leader", "electTarget", "the command elect-leader", &kElectTarget},
    {"reassign", "reassignTarget", "the command reassign", &kReassignTarget},
    {"cancel-reassignment", "partitionTarget", "the command cancel-reassignment", &kPartitionTarget},
    {"alter-config", "configTarget", "the command alter-config", &kConfigTarget, false, 2},
    {"create-topic", "createTarget", "the command create-topic", &kCreateTarget, false, 1},
    {"create-partitions", "growTarget", "the command create-partitions", &kGrowTarget, false, 2},
    {"delete-topic", "topicTarget", "the command delete-topic", &kTopicTarget},
    {"rolling-restart", "restartTarget", "the command rolling-restart", &kRestartTarget},
};

std::vector<ScenarioKey> entryKeys()
{
    std::vector<ScenarioKey> keys = {{"at", ValueKind::Duration, 0, kLongestDuration, {}, {}, {}}};
    for (const Verb& verb : kVerbs)
        keys.push_back({verb.name, ValueKind::Object, 0, 0, {}, {}, {}});
    return keys;
}

// Which keys a topic has, and which a broker.
void checkConfigTarget(ScenarioReading& reading, const std::string& where, const Arguments& arguments)
{
    if (arguments.topic && arguments.broker) {
        reading.refuse(where, "it names a topic and a broker, and a setting belongs to one; leave one out");
        return;
    }
    if (!arguments.key)
        return;
    const std::string_view key = kConfigKeys[static_cast<std::size_t>(*arguments.key)];
    if (arguments.topic && key.ends_with(".rate"))
        reading.refuse(where, std::string(key) + " is set for brokers; name a broker, or no topic");
    else if (!arguments.topic && key.ends_with("throttled.replicas"))
        reading.refuse(where, std::string(key) + " is set for a topic; name one");
}

// False when something that the command needs is not said.
bool readArguments(ScenarioReading& reading, const Verb& verb, const JsonNode& node, ScriptEntry& entry)
{
    entry.verb = verb.name;
    const std::string where = entry.where + " " + entry.verb;
    const std::size_t before = reading.sentences.size();
    if (!readObject(reading, where, verb.what, node, *verb.keys, entry.arguments))
        return false;
    std::string wanted;
    std::size_t given = 0;
    const std::size_t needed = verb.needed == 0 ? verb.keys->size() : verb.needed;
    for (const KeyOf<Arguments>& line : std::span(*verb.keys).first(needed)) {
        given += node.find(line.key.name) ? 1 : 0;
        wanted += (wanted.empty() ? "\""
                   : verb.oneOf   ? " or \""
                                  : " and \"") +
                  std::string(line.key.name) + "\"";
    }
    if (given != (verb.oneOf ? 1 : needed) && reading.sentences.size() == before)
        reading.refuse(where, "it must say " + wanted + (verb.oneOf ? ", one of them" : "") +
                                  "; write what it acts on");
    if (verb.keys == &kConfigTarget)
        checkConfigTarget(reading, where, entry.arguments);
    if (!entry.arguments.assignment.empty() && verb.keys == &kCreateTarget &&
        (node.find("partitions") || node.find("replication-factor")))
        reading.refuse(where, "its assignment says how many partitions and replicas there are "
                              "(INVALID_REQUEST); leave out \"partitions\" and \"replication-factor\"");
    return reading.sentences.size() == before;
}

std::optional<ScriptEntry> readEntry(ScenarioReading& reading, const std::string& where, const JsonNode& node)
{
    const std::size_t before = reading.sentences.size();
    if (!checkObject(reading, where, "a script's entry", node, entryKeys()))
        return std::nullopt;
    const bool misspelt = reading.sentences.size() > before;
    ScriptEntry entry;
    entry.where = where;
    const JsonNode* at = node.find("at");
    if (!at) {
        reading.refuse(where, "its time is missing; add \"at\", such as \"41 s\"");
    } else if (const auto time = readDuration(reading, where, entryKeys().front(), *at)) {
        entry.at = std::min(*time, reading.scenario.duration); // a time past the end means the end
    }
    const Verb* verb = nullptr;
    std::size_t count = 0;
    for (const Verb& candidate : kVerbs) {
        if (node.find(candidate.name)) {
            verb = &candidate;
            ++count;
        }
    }
    if (count != 1 && !misspelt)
        reading.refuse(
            where,
            "it has " + std::to_string(count) +
                " commands, and an entry has one; write one of kill, start, pause, resume, crash, stop, cut, "
                "heal, slow, add-consumer, rate, elect-leader, reassign, cancel-reassignment, alter-config, "
                "create-topic, create-partitions, delete-topic, rolling-restart");
    if (count != 1)
        return std::nullopt;
    if (!readArguments(reading, *verb, *node.find(verb->name), entry))
        return std::nullopt;
    return entry;
}

std::optional<Command> onProcess(const ScriptEntry& entry)
{
    const Arguments& a = entry.arguments;
    if (entry.verb == "kill")
        return a.broker ? Command(KillBroker{*a.broker}) : Command(KillController{*a.controller});
    if (entry.verb == "start" && a.controller)
        return StartController{*a.controller};
    if (entry.verb == "start")
        return a.broker ? Command(StartBroker{*a.broker}) : Command(StartConsumer{*a.consumer});
    if (entry.verb == "pause")
        return a.broker ? Command(PauseBroker{*a.broker}) : Command(PauseConsumer{*a.consumer});
    if (entry.verb == "resume")
        return a.broker ? Command(ResumeBroker{*a.broker}) : Command(ResumeConsumer{*a.consumer});
    if (entry.verb == "crash")
        return CrashConsumer{*a.consumer};
    if (entry.verb == "stop")
        return a.broker ? Command(StopBroker{*a.broker}) : Command(StopConsumer{*a.consumer});
    return std::nullopt;
}

Command commandOf(const ScriptEntry& entry)
{
    if (std::optional<Command> command = onProcess(entry))
        return *command;
    const Arguments& a = entry.arguments;
    if (entry.verb == "cut")
        return CutLink{a.between[0], a.between[1]};
    if (entry.verb == "heal")
        return HealLink{a.between[0], a.between[1]};
    if (entry.verb == "slow")
        return SlowFollower{*a.broker, *a.by};
    if (entry.verb == "add-consumer")
        return AddConsumer{*a.group};
    if (entry.verb == "elect-leader")
        return ElectLeader{*a.topic, *a.partition, *a.election == 1};
    if (entry.verb == "reassign" || entry.verb == "cancel-reassignment")
        return ReassignPartition{*a.topic, *a.partition, a.replicas};
    if (entry.verb == "alter-config") {
        const std::string key(kConfigKeys[static_cast<std::size_t>(*a.key)]);
        if (a.topic)
            return AlterTopicConfig{*a.topic, key, *a.value};
        return AlterBrokerConfig{a.broker.value_or(kNone), key, *a.value};
    }
    if (entry.verb == "create-topic")
        return CreateTopic{*a.topic, a.partitions, a.replicationFactor, a.assignment, a.configs};
    if (entry.verb == "create-partitions")
        return CreatePartitions{*a.topic, a.partitions, a.assignment};
    if (entry.verb == "delete-topic")
        return DeleteTopic{*a.topic};
    if (entry.verb == "rolling-restart")
        return RollingRestart{a.replicas};
    return ChangeRate{*a.producer, *a.to};
}

} // namespace

std::vector<ScenarioObject> scriptObjects()
{
    std::vector<ScenarioObject> objects = {{"scriptEntry", "a script's entry", entryKeys()}};
    for (const Verb& verb : kVerbs) {
        if (std::none_of(objects.begin(), objects.end(),
                         [&](const ScenarioObject& o) { return o.name == verb.object; }))
            objects.push_back({verb.object, verb.what, keysOf(*verb.keys)});
    }
    return objects;
}

void readScript(ScenarioReading& reading, const JsonNode& node)
{
    std::vector<ScriptEntry> entries;
    readList(reading, "script", node, kMostCommands, [&](const std::string& where, const JsonNode& item) {
        if (std::optional<ScriptEntry> entry = readEntry(reading, where, item))
            entries.push_back(std::move(*entry));
    });
    std::stable_sort(entries.begin(), entries.end(),
                     [](const ScriptEntry& a, const ScriptEntry& b) { return a.at < b.at; });
    NamesInTime names(reading.scenario);
    for (const ScriptEntry& entry : entries) {
        const Command command = commandOf(entry);
        if (const std::string mistake = names.check(command, !reading.full()); !mistake.empty())
            reading.refuse(entry.where + " " + entry.verb, mistake);
        reading.scenario.script.push_back({entry.at, command});
    }
}

} // namespace tideline
