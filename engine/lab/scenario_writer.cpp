// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_writer.h"

#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace tideline {

namespace {

constexpr std::size_t kWidestLine = 110;

std::string jsonText(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// On one line, with spaces as in { "broker": 2 } and ["10 s", "5 s"].
std::string flat(const JsonNode& node)
{
    std::string text;
    switch (node.kind) {
    case JsonNode::Kind::Null:
        return "null";
    case JsonNode::Kind::Flag:
        return node.flag ? "true" : "false";
    case JsonNode::Kind::Number:
        return node.text;
    case JsonNode::Kind::Text:
        return jsonText(node.text);
    case JsonNode::Kind::List:
        for (const JsonNode& item : node.items)
            text += (text.empty() ? "" : ", ") + flat(item);
        return "[" + text + "]";
    case JsonNode::Kind::Object:
        for (const JsonMember& member : node.members)
            text += (text.empty() ? " " : ", ") + jsonText(member.key) + ": " + flat(member.value);
        return text.empty() ? "{}" : "{" + text + " }";
    }
    return text;
}

// On one line when it fits between `column` and the widest line, else one member a line.
std::string laidOut(const JsonNode& node, std::size_t indent, std::size_t column)
{
    const bool branch = node.isObject() || node.isList();
    const bool empty = node.items.empty() && node.members.empty();
    std::string line = flat(node);
    if (!branch || empty || column + line.size() + 1 <= kWidestLine)
        return line;
    const std::string margin(indent + 2, ' ');
    std::string text = node.isObject() ? "{\n" : "[\n";
    const std::size_t count = std::max(node.items.size(), node.members.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::string key = node.isObject() ? jsonText(node.members[i].key) + ": " : "";
        const JsonNode& value = node.isObject() ? node.members[i].value : node.items[i];
        text += margin + key + laidOut(value, indent + 2, indent + 2 + key.size()) +
                (i + 1 < count ? ",\n" : "\n");
    }
    return text + std::string(indent, ' ') + (node.isObject() ? "}" : "]");
}

JsonNode textNode(std::string text)
{
    JsonNode node;
    node.kind = JsonNode::Kind::Text;
    node.text = std::move(text);
    return node;
}

JsonNode numberNode(std::int64_t number)
{
    JsonNode node;
    node.kind = JsonNode::Kind::Number;
    node.text = std::to_string(number);
    return node;
}

JsonNode objectNode(std::vector<JsonMember> members)
{
    JsonNode node;
    node.kind = JsonNode::Kind::Object;
    node.members = std::move(members);
    return node;
}

JsonNode listNode(std::vector<JsonNode> items)
{
    JsonNode node;
    node.kind = JsonNode::Kind::List;
    node.items = std::move(items);
    return node;
}

JsonNode sideNode(const NodeNames& side)
{
    if (side.names.size() == 1)
        return textNode(side.names.front());
    std::vector<JsonNode> names;
    for (const std::string& name : side.names)
        names.push_back(textNode(name));
    return listNode(std::move(names));
}

template <class Command>
std::vector<JsonMember> sides(const Command& c)
{
    return {{"from", sideNode(c.from)}, {"to", sideNode(c.to)}};
}

// Of one link, both ways, as it has always been written.
template <class Command>
JsonNode cutNode(const Command& c)
{
    if (!c.oneWay && c.from.names.size() == 1 && c.to.names.size() == 1)
        return objectNode({{"between", listNode({sideNode(c.from), sideNode(c.to)})}});
    std::vector<JsonMember> members = sides(c);
    if (c.oneWay) {
        JsonNode flag;
        flag.kind = JsonNode::Kind::Flag;
        flag.flag = true;
        members.push_back({"one-way", std::move(flag)});
    }
    return objectNode(std::move(members));
}

JsonNode brokerNode(BrokerId broker)
{
    return objectNode({{"broker", numberNode(broker)}});
}

JsonNode controllerNode(std::int32_t controller)
{
    return objectNode({{"controller", numberNode(controller)}});
}

JsonNode consumerNode(const std::string& member)
{
    return objectNode({{"consumer", textNode(member)}});
}

JsonNode brokersNode(const std::vector<BrokerId>& brokers)
{
    JsonNode list;
    list.kind = JsonNode::Kind::List;
    for (const BrokerId broker : brokers)
        list.items.push_back(numberNode(broker));
    return list;
}

JsonNode assignmentNode(const std::vector<std::vector<BrokerId>>& assignment)
{
    JsonNode list;
    list.kind = JsonNode::Kind::List;
    for (const std::vector<BrokerId>& replicas : assignment)
        list.items.push_back(brokersNode(replicas));
    return list;
}

// The values are those that a scenario may say: numbers, flags and names.
JsonNode configNode(const std::vector<std::pair<std::string, std::string>>& configs)
{
    std::vector<JsonMember> members;
    for (const auto& [key, value] : configs) {
        JsonNode node;
        const bool isFlag = value == "true" || value == "false";
        const bool isNumber = value.find_first_not_of("-.0123456789") == std::string::npos;
        node.kind = isFlag ? JsonNode::Kind::Flag : isNumber ? JsonNode::Kind::Number : JsonNode::Kind::Text;
        node.flag = value == "true";
        node.text = value;
        members.push_back({key, std::move(node)});
    }
    return objectNode(std::move(members));
}

// One overload a command: the compiler finds the one that is forgotten.
struct CommandMember
{
    JsonMember operator()(const KillBroker& c) const { return {"kill", brokerNode(c.broker)}; }
    JsonMember operator()(const KillRack& c) const
    {
        return {"kill", objectNode({{"rack", textNode(c.rack)}})};
    }
    JsonMember operator()(const StopBroker& c) const { return {"stop", brokerNode(c.broker)}; }
    JsonMember operator()(const StartBroker& c) const { return {"start", brokerNode(c.broker)}; }
    JsonMember operator()(const PauseBroker& c) const { return {"pause", brokerNode(c.broker)}; }
    JsonMember operator()(const ResumeBroker& c) const { return {"resume", brokerNode(c.broker)}; }
    JsonMember operator()(const KillController& c) const { return {"kill", controllerNode(c.controller)}; }
    JsonMember operator()(const StopController& c) const { return {"stop", controllerNode(c.controller)}; }
    JsonMember operator()(const StartController& c) const { return {"start", controllerNode(c.controller)}; }
    JsonMember operator()(const PauseController& c) const { return {"pause", controllerNode(c.controller)}; }
    JsonMember operator()(const ResumeController& c) const
    {
        return {"resume", controllerNode(c.controller)};
    }
    JsonMember operator()(const PauseConsumer& c) const { return {"pause", consumerNode(c.member)}; }
    JsonMember operator()(const ResumeConsumer& c) const { return {"resume", consumerNode(c.member)}; }
    JsonMember operator()(const CrashConsumer& c) const { return {"crash", consumerNode(c.member)}; }
    JsonMember operator()(const StartConsumer& c) const { return {"start", consumerNode(c.member)}; }
    JsonMember operator()(const StopConsumer& c) const { return {"stop", consumerNode(c.member)}; }
    JsonMember operator()(const CutLink& c) const { return {"cut", cutNode(c)}; }
    JsonMember operator()(const HealLink& c) const { return {"heal", cutNode(c)}; }
    JsonMember operator()(const ChangeLink& c) const
    {
        std::vector<JsonMember> members = sides(c);
        if (c.latency != 0)
            members.push_back({"latency", textNode(formatDuration(c.latency))});
        if (c.bandwidth != 0)
            members.push_back({"bandwidth", textNode(formatBandwidth(c.bandwidth))});
        return {"link", objectNode(std::move(members))};
    }
    JsonMember operator()(const ResetLink& c) const { return {"reset-link", objectNode(sides(c))}; }
    JsonMember operator()(const SkewClock& c) const
    {
        return {"skew-clock",
                objectNode({{"node", textNode(c.node)}, {"by", textNode(formatDuration(c.by))}})};
    }
    JsonMember operator()(const AimFault& c) const
    {
        std::vector<JsonMember> members = {{"message", textNode(c.message)},
                                           {"from", textNode(c.from)},
                                           {"to", textNode(c.to)},
                                           {"number", numberNode(c.number)},
                                           {"do", textNode(c.delay == 0 ? "drop" : "delay")}};
        if (c.delay != 0)
            members.push_back({"by", textNode(formatDuration(c.delay))});
        return {"aim", objectNode(std::move(members))};
    }
    JsonMember operator()(const CancelAim& c) const
    {
        return {"cancel-aim",
                objectNode(
                    {{"message", textNode(c.message)}, {"from", textNode(c.from)}, {"to", textNode(c.to)}})};
    }
    JsonMember operator()(const SlowFollower& c) const
    {
        return {"slow",
                objectNode({{"broker", numberNode(c.broker)}, {"by", textNode(formatDuration(c.delay))}})};
    }
    JsonMember operator()(const PowerLoss& c) const { return {"power-loss", brokerNode(c.broker)}; }
    JsonMember operator()(const SlowDisk& c) const
    {
        return {"slow-disk",
                objectNode({{"broker", numberNode(c.broker)}, {"by", textNode(formatDuration(c.delay))}})};
    }
    JsonMember operator()(const FillDisk& c) const { return {"fill-disk", brokerNode(c.broker)}; }
    JsonMember operator()(const FailDisk& c) const { return {"fail-disk", brokerNode(c.broker)}; }
    JsonMember operator()(const RepairDisk& c) const { return {"repair-disk", brokerNode(c.broker)}; }
    JsonMember operator()(const DeleteRecords& c) const
    {
        return {"delete-records", objectNode({{"topic", textNode(c.topic)},
                                              {"partition", numberNode(c.partition)},
                                              {"before", numberNode(c.before)}})};
    }
    JsonMember operator()(const AddConsumer& c) const
    {
        return {"add-consumer", objectNode({{"group", textNode(c.group)}})};
    }
    JsonMember operator()(const ChangeRate& c) const
    {
        return {"rate", objectNode({{"producer", textNode(c.producer)},
                                    {"to", textNode(formatRate(c.recordsPerSecond))}})};
    }
    JsonMember operator()(const ElectLeader& c) const
    {
        return {"elect-leader", objectNode({{"topic", textNode(c.topic)},
                                            {"partition", numberNode(c.partition)},
                                            {"election", textNode(c.unclean ? "unclean" : "preferred")}})};
    }
    JsonMember operator()(const ReassignPartition& c) const
    {
        std::vector<JsonMember> members = {{"topic", textNode(c.topic)},
                                           {"partition", numberNode(c.partition)}};
        if (c.replicas.empty())
            return {"cancel-reassignment", objectNode(std::move(members))};
        members.push_back({"replicas", brokersNode(c.replicas)});
        return {"reassign", objectNode(std::move(members))};
    }
    JsonMember operator()(const AlterBrokerConfig& c) const
    {
        std::vector<JsonMember> members = {{"key", textNode(c.key)}, {"value", textNode(c.value)}};
        if (c.broker != kNone)
            members.insert(members.begin(), {"broker", numberNode(c.broker)});
        return {"alter-config", objectNode(std::move(members))};
    }
    JsonMember operator()(const CreateTopic& c) const
    {
        std::vector<JsonMember> members = {{"topic", textNode(c.topic)}};
        if (c.partitions >= 0)
            members.push_back({"partitions", numberNode(c.partitions)});
        if (c.replicationFactor >= 0)
            members.push_back({"replication-factor", numberNode(c.replicationFactor)});
        if (!c.assignment.empty())
            members.push_back({"assignment", assignmentNode(c.assignment)});
        if (!c.configs.empty())
            members.push_back({"config", configNode(c.configs)});
        return {"create-topic", objectNode(std::move(members))};
    }
    JsonMember operator()(const CreatePartitions& c) const
    {
        std::vector<JsonMember> members = {{"topic", textNode(c.topic)}, {"partitions", numberNode(c.count)}};
        if (!c.assignment.empty())
            members.push_back({"assignment", assignmentNode(c.assignment)});
        return {"create-partitions", objectNode(std::move(members))};
    }
    JsonMember operator()(const DeleteTopic& c) const
    {
        return {"delete-topic", objectNode({{"topic", textNode(c.topic)}})};
    }
    JsonMember operator()(const RollingRestart& c) const
    {
        return {"rolling-restart", objectNode({{"brokers", brokersNode(c.brokers)}})};
    }
    JsonMember operator()(const CancelRollingRestart&) const
    {
        return {"cancel-rolling-restart", objectNode({})};
    }
    JsonMember operator()(const AlterTopicConfig& c) const
    {
        return {"alter-config",
                objectNode(
                    {{"topic", textNode(c.topic)}, {"key", textNode(c.key)}, {"value", textNode(c.value)}})};
    }
};

JsonNode entryNode(const TimedCommand& command)
{
    return objectNode(
        {{"at", textNode(formatDuration(command.at))}, std::visit(CommandMember{}, command.command)});
}

JsonNode* member(JsonNode& object, std::string_view key)
{
    const auto found = std::find_if(object.members.begin(), object.members.end(),
                                    [key](const JsonMember& one) { return one.key == key; });
    return found == object.members.end() ? nullptr : &found->value;
}

void nameLogsByTheirPath(JsonNode& root, const std::string& folder)
{
    JsonNode* producers = member(root, "producers");
    if (!producers)
        return;
    for (JsonNode& producer : producers->items) {
        JsonNode* source = member(producer, "source");
        JsonNode* log = source ? member(*source, "log") : nullptr;
        if (!log || !log->isText())
            continue;
        const std::filesystem::path beside = std::filesystem::path(folder) / log->text;
        std::error_code failure;
        if (std::filesystem::path(log->text).is_relative() && std::filesystem::exists(beside, failure))
            log->text = std::filesystem::absolute(beside).lexically_normal().string();
    }
}

} // namespace

Result<std::string> writeScenario(std::string_view text, const std::vector<TimedCommand>& script,
                                  const std::string& logFolder)
{
    Result<JsonNode> parsed = parseJson(text);
    if (!parsed.ok())
        return parsed.error();
    JsonNode& root = parsed.value();
    if (!root.isObject())
        return Error{"scenario: " + root.shown() +
                     " is not an object, as a scenario must be; open a scenario before saving"};
    if (!logFolder.empty())
        nameLogsByTheirPath(root, logFolder);
    JsonNode list;
    list.kind = JsonNode::Kind::List;
    for (const TimedCommand& command : script)
        list.items.push_back(entryNode(command));
    const auto place = std::find_if(root.members.begin(), root.members.end(),
                                    [](const JsonMember& member) { return member.key == "script"; });
    if (place != root.members.end())
        place->value = std::move(list);
    else if (!script.empty())
        root.members.push_back({"script", std::move(list)});
    // A whole scenario on one line would be hard to read, even when it fits.
    return laidOut(root, 0, kWidestLine) + "\n";
}

std::string writeCommand(const TimedCommand& command)
{
    return flat(entryNode(command));
}

} // namespace tideline
