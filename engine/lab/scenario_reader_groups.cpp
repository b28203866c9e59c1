// SPDX-License-Identifier: GPL-3.0-or-later
// "groups": consumer groups, their Kafka config and the rules between its keys.
#include "engine/lab/scenario_reader_objects.h"

#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_names.h"

#include <algorithm>
#include <array>

namespace tideline {

namespace {

constexpr std::int64_t kMaxMilliseconds = 86'400'000'000;
constexpr std::size_t kMostGroups = 1'000;
constexpr std::size_t kMostTopicsOfAGroup = 1'000;
constexpr std::int64_t kMaxInt = 2'147'483'647; // Kafka's INT keys

constexpr auto kCommits = std::to_array<std::string_view>({"before-processing", "after-processing"});
constexpr auto kResets = std::to_array<std::string_view>({"earliest", "latest"});
constexpr auto kKnownResets = std::to_array<std::string_view>({"none"});
constexpr auto kAssignors = std::to_array<std::string_view>({"range"});
constexpr auto kKnownAssignors =
    std::to_array<std::string_view>({"roundrobin", "sticky", "cooperative-sticky"});

void setTopics(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
               GroupSpec& group)
{
    if (!node.isList() || node.items.empty()) {
        reading.refuse(where, key, node, " is not a list of topics with at least one; write [ \"orders\" ]");
        return;
    }
    if (node.items.size() > kMostTopicsOfAGroup) {
        reading.refuse(where, "its " + std::to_string(node.items.size()) + " topics are more than the " +
                                  std::to_string(kMostTopicsOfAGroup) +
                                  " that a group may read; remove some");
        return;
    }
    for (const JsonNode& item : node.items) {
        const auto topic = readText(reading, where, {key.name, ValueKind::Text, 0, 249, {}, {}, {}}, item);
        if (!topic)
            continue;
        if (std::find(group.topics.begin(), group.topics.end(), *topic) != group.topics.end())
            reading.refuse(where, key, item, " is subscribed to twice, and once is enough; remove one");
        else if (requireTopic(reading, where, "topic", *topic))
            group.topics.push_back(*topic);
    }
}

void setCommit(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
               GroupSpec& group)
{
    if (const auto choice = readChoice(reading, where, key, node))
        group.commit = *choice == 0 ? CommitOrder::BeforeProcessing : CommitOrder::AfterProcessing;
}

// Which of the two it is depends on "commit" too: checkCommit() judges them together.
void setAutoCommit(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                   const JsonNode& node, GroupSpec&)
{
    readFlag(reading, where, key, node);
}

void setReset(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
              GroupSpec& group)
{
    if (node.isText() && node.text.starts_with("by_duration:"))
        reading.refuse(where, key, node, " is known but not modelled yet; use \"earliest\" or \"latest\"");
    else if (const auto choice = readChoice(reading, where, key, node))
        group.offsetReset = *choice == 0 ? OffsetReset::Earliest : OffsetReset::Latest;
}

// "range", or a list as in Kafka.
void setAssignor(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                 const JsonNode& node, GroupSpec&)
{
    if (!node.isList()) {
        readChoice(reading, where, key, node);
        return;
    }
    for (const JsonNode& item : node.items)
        readChoice(reading, where, key, item);
    if (node.items.empty())
        reading.refuse(where, key, node, " is empty, and a group needs an assignor; use \"range\"");
}

// One rack for all members, or a list that they take in turn.
void setRacks(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
              GroupSpec& group)
{
    if (auto racks = readRacks(reading, where, key, node))
        group.racks = std::move(*racks);
}

void setConfig(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
               GroupSpec& group)
{
    if (!readObject(reading, where, "a group's config", node, groupConfigKeys(), group))
        return;
    if (group.heartbeatInterval >= group.sessionTimeout)
        reading.refuse(where, "heartbeat.interval.ms " + std::to_string(toMillis(group.heartbeatInterval)) +
                                  " is not below session.timeout.ms " +
                                  std::to_string(toMillis(group.sessionTimeout)) +
                                  " (Kafka: the heartbeat must be lower); lower it to a third");
}

void checkCommit(ScenarioReading& reading, const std::string& where, const JsonNode& entry)
{
    const JsonNode* config = entry.find("config");
    const JsonNode* automatic = config ? config->find("enable.auto.commit") : nullptr;
    const bool off = automatic && automatic->kind == JsonNode::Kind::Flag && !automatic->flag;
    if (entry.find("commit") && !off)
        reading.refuse(
            where,
            "commit " + entry.find("commit")->shown() +
                " needs enable.auto.commit false, because otherwise poll() commits; set it or remove commit");
    if (off && !entry.find("commit"))
        reading.refuse(where, "enable.auto.commit false leaves open when offsets are committed; "
                              "add \"commit\": \"after-processing\" or \"before-processing\"");
}

void readGroup(ScenarioReading& reading, const std::string& where, const JsonNode& entry)
{
    GroupSpec group;
    if (!readObject(reading, where, "a group", entry, groupKeys(), group))
        return;
    checkCommit(reading, where, entry);
    if (!entry.find("name"))
        reading.refuse(where, "its name is missing, by which others refer to it; add \"name\"");
    requireNewName(reading, where, "group", group.name, reading.scenario.groups);
    if (!entry.find("topics"))
        reading.refuse(where, "its topics are missing, without which it has nothing to read; add \"topics\"");
    reading.scenario.groups.push_back(std::move(group));
}

} // namespace

const std::vector<KeyOf<GroupSpec>>& groupKeys()
{
    static const std::vector<KeyOf<GroupSpec>> kKeys = {
        textKey<&GroupSpec::name>("name"),
        specialKey<GroupSpec>("topics", ValueKind::List, setTopics),
        wholeKey<&GroupSpec::members>("members", 1, kMostMembersOfAGroup),
        durationKey<&GroupSpec::joinEvery>("join-every", 0, kLongestDuration),
        durationKey<&GroupSpec::processing>("processing", 0, kLongestDuration),
        {{"commit", ValueKind::Choice, 0, 0, {}, kCommits, {}}, setCommit},
        specialKey<GroupSpec>("config", ValueKind::Object, setConfig),
    };
    return kKeys;
}

const std::vector<KeyOf<GroupSpec>>& groupConfigKeys()
{
    using G = GroupSpec;
    constexpr std::string_view kSessionRule =
        "group.min.session.timeout.ms to group.max.session.timeout.ms: INVALID_SESSION_TIMEOUT";
    static const std::vector<KeyOf<G>> kKeys = {
        specialKey<G>("enable.auto.commit", ValueKind::Flag, setAutoCommit),
        millisecondsKey<&G::autoCommitInterval>("auto.commit.interval.ms", 0, kMaxInt, "Kafka's range"),
        {{"auto.offset.reset", ValueKind::Choice, 0, 0, {}, kResets, kKnownResets}, setReset},
        millisecondsKey<&G::sessionTimeout>("session.timeout.ms", 6'000, 1'800'000, kSessionRule),
        millisecondsKey<&G::heartbeatInterval>("heartbeat.interval.ms", 1, kMaxInt),
        millisecondsKey<&G::maxPollInterval>("max.poll.interval.ms", 1, kMaxInt, "Kafka's range"),
        wholeKey<&G::maxPollRecords>("max.poll.records", 1, kMaxInt, "Kafka's range"),
        wholeKey<&G::fetchMinBytes>("fetch.min.bytes", 0, kMaxInt, "Kafka's range"),
        millisecondsKey<&G::fetchMaxWait>("fetch.max.wait.ms", 0, kMaxInt, "Kafka's range"),
        wholeKey<&G::fetchMaxBytes>("fetch.max.bytes", 0, kMaxInt, "Kafka's range"),
        wholeKey<&G::maxPartitionFetchBytes>("max.partition.fetch.bytes", 0, kMaxInt, "Kafka's range"),
        {{"partition.assignment.strategy", ValueKind::Choice, 0, 0, {}, kAssignors, kKnownAssignors},
         setAssignor},
        millisecondsKey<&G::requestTimeout>("request.timeout.ms", 1, kMaxInt),
        millisecondsKey<&G::metadataMaxAge>("metadata.max.age.ms", 1, kMaxMilliseconds),
        specialKey<G>("client.rack", ValueKind::Other, setRacks),
    };
    return kKeys;
}

void readGroups(ScenarioReading& reading, const JsonNode& node)
{
    readList(reading, "groups", node, kMostGroups,
             [&](const std::string& where, const JsonNode& entry) { readGroup(reading, where, entry); });
    std::int64_t members = 0;
    for (const GroupSpec& group : reading.scenario.groups)
        members += group.members;
    if (members > kMostMembers)
        reading.refuse("groups", std::to_string(members) + " members in total are more than the " +
                                     std::to_string(kMostMembers) + " that a scenario may have; lower them");
}

} // namespace tideline
