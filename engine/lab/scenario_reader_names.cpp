// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader_names.h"

#include "engine/lab/judge_link.h"
#include "engine/lab/scenario_keys_nearest.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace tideline {

namespace {

// n of "<prefix><n>", n >= 1 without leading zeros; nothing else matches.
std::optional<std::int32_t> numberAfter(std::string_view prefix, std::string_view name)
{
    if (!name.starts_with(prefix) || name.size() == prefix.size() || name[prefix.size()] == '0')
        return std::nullopt;
    const std::string_view digits = name.substr(prefix.size());
    std::int32_t number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (status != std::errc() || end != digits.data() + digits.size() || number < 1)
        return std::nullopt;
    return number;
}

// "billing-3" -> group "billing", number 3. A group's own name may contain dashes: the last one counts.
struct MemberParts
{
    std::string group;
    std::int32_t number = 0;
};

std::optional<MemberParts> memberParts(const std::string& name)
{
    const std::size_t dash = name.rfind('-');
    if (dash == std::string::npos)
        return std::nullopt;
    const auto number = numberAfter(std::string_view(name).substr(0, dash + 1), name);
    if (!number)
        return std::nullopt;
    return MemberParts{name.substr(0, dash), *number};
}

std::string useNearest(const std::string& name, const std::vector<std::string>& there,
                       std::string_view otherwise)
{
    const std::string_view nearest = nearestName(name, std::span<const std::string>(there));
    return nearest.empty() ? "; " + std::string(otherwise) : "; use " + inQuotes(nearest);
}

} // namespace

std::string memberName(const std::string& group, std::int32_t number)
{
    return group + "-" + std::to_string(number);
}

NamesInTime::NamesInTime(const Scenario& scenario)
    : scenario_(scenario)
{
    for (const GroupSpec& group : scenario.groups)
        memberCounts_[group.name] = group.members;
    for (const TopicSpec& topic : scenario.topics)
        topics_.emplace(topic.name, topic.partitions);
}

std::string NamesInTime::check(const Command& command, bool inFull)
{
    inFull_ = inFull;
    return std::visit(
        [this]<class C>(const C& c) -> std::string {
            if constexpr (std::is_same_v<C, CreateTopic>) {
                accept(c);
                return {};
            } else if constexpr (std::is_same_v<C, CreatePartitions> || std::is_same_v<C, DeleteTopic>) {
                std::string mistake = checkTopic(c.topic);
                if (mistake.empty())
                    accept(c);
                return mistake;
            } else if constexpr (std::is_same_v<C, RollingRestart>) {
                for (const BrokerId broker : c.brokers) {
                    if (std::string mistake = checkBroker(broker); !mistake.empty())
                        return mistake;
                }
                return {};
            } else if constexpr (std::is_same_v<C, CancelRollingRestart>) {
                return {};
            } else if constexpr (std::is_same_v<C, AlterBrokerConfig>) {
                return c.broker == kNone ? std::string() : checkBroker(c.broker);
            } else if constexpr (requires { c.controller; }) {
                return checkController(c.controller);
            } else if constexpr (requires { c.partition; }) {
                return checkPartition(c.topic, c.partition);
            } else if constexpr (requires { c.topic; }) {
                return checkTopic(c.topic);
            } else if constexpr (requires { c.broker; }) {
                return checkBroker(c.broker);
            } else if constexpr (requires { c.member; }) {
                return checkMember(c.member);
            } else if constexpr (requires { c.rack; }) {
                return checkRack(c.rack);
            } else if constexpr (requires { c.node; }) {
                return checkClock(c.node);
            } else if constexpr (requires { c.message; }) {
                return checkSides(c.from, c.to);
            } else if constexpr (requires { c.from.names; }) {
                return checkSides(c.from, c.to);
            } else if constexpr (requires { c.group; }) {
                std::string mistake = checkGroup(c.group);
                if (mistake.empty())
                    ++memberCounts_[c.group];
                return mistake;
            } else {
                return checkRate(c);
            }
        },
        command);
}

std::string NamesInTime::checkController(std::int32_t controller) const
{
    const std::int32_t controllers = scenario_.cluster.controllers;
    if (controller >= 1 && controller <= controllers)
        return {};
    return "controller " + std::to_string(controller) + " is not one of the controllers 1 to " +
           std::to_string(controllers) + "; name one of them";
}

std::string NamesInTime::checkTopic(const std::string& topic) const
{
    if (topics_.contains(topic))
        return {};
    std::vector<std::string> names;
    for (const auto& [name, partitions] : topics_)
        names.push_back(name);
    return "topic " + inQuotes(topic) + " is not one of the topics (UNKNOWN_TOPIC_OR_PARTITION)" +
           (inFull_ ? useNearest(topic, names, "list it under \"topics\"") : std::string());
}

std::string NamesInTime::checkPartition(const std::string& topic, std::int32_t partition) const
{
    const auto found = topics_.find(topic);
    if (found == topics_.end())
        return checkTopic(topic);
    if (partition < found->second)
        return {};
    return "partition " + std::to_string(partition) + " is not one of the partitions 0 to " +
           std::to_string(found->second - 1) + " of " + inQuotes(topic) +
           " (UNKNOWN_TOPIC_OR_PARTITION); name one of them";
}

// Whether the cluster can do it is its controller's to say at that time; the names are there from then on.
void NamesInTime::accept(const CreateTopic& command)
{
    const std::int32_t partitions = !command.assignment.empty()
                                        ? static_cast<std::int32_t>(command.assignment.size())
                                    : command.partitions > 0 ? command.partitions
                                                             : scenario_.cluster.numPartitions;
    topics_.emplace(command.topic, partitions);
}

void NamesInTime::accept(const CreatePartitions& command)
{
    std::int32_t& partitions = topics_[command.topic];
    partitions = std::max(partitions, command.count);
}

void NamesInTime::accept(const DeleteTopic& command)
{
    topics_.erase(command.topic);
}

std::string NamesInTime::checkBroker(BrokerId broker) const
{
    const std::int32_t brokers = scenario_.cluster.brokers;
    if (broker >= 1 && broker <= brokers)
        return {};
    return "broker " + std::to_string(broker) + " is not one of the brokers 1 to " + std::to_string(brokers) +
           "; name one of them or add brokers";
}

std::string NamesInTime::checkRack(const std::string& rack) const
{
    const std::vector<std::string>& racks = scenario_.cluster.racks;
    if (!rack.empty() && std::find(racks.begin(), racks.end(), rack) != racks.end())
        return {};
    std::vector<std::string> names;
    std::copy_if(racks.begin(), racks.end(), std::back_inserter(names),
                 [](const std::string& name) { return !name.empty(); });
    return "rack " + inQuotes(rack) + " is that of no broker" +
           useNearest(rack, names, "give the brokers a broker.rack under the cluster's config");
}

bool NamesInTime::isMember(const std::string& name) const
{
    const auto parts = memberParts(name);
    const auto entry = parts ? memberCounts_.find(parts->group) : memberCounts_.end();
    return entry != memberCounts_.end() && parts->number <= entry->second;
}

std::vector<std::string> NamesInTime::members() const
{
    std::vector<std::string> names;
    for (const auto& [group, count] : memberCounts_) {
        for (std::int32_t i = 1; i <= count; ++i)
            names.push_back(memberName(group, i));
    }
    return names;
}

std::vector<std::string> NamesInTime::ends() const
{
    std::vector<std::string> names = members();
    for (const ProducerSpec& producer : scenario_.producers)
        names.push_back(producer.name);
    for (const PipelineSpec& pipeline : scenario_.pipelines)
        names.push_back(pipeline.name);
    for (std::int32_t i = 1; i <= scenario_.cluster.brokers; ++i)
        names.push_back("broker " + std::to_string(i));
    for (std::int32_t i = 1; i <= scenario_.cluster.controllers; ++i)
        names.push_back("controller " + std::to_string(i));
    return names;
}

std::string NamesInTime::checkMember(const std::string& member) const
{
    if (isMember(member))
        return {};
    return "consumer " + inQuotes(member) + " is no member of a group at that time" +
           (inFull_ ? useNearest(member, members(), "add a group or an add-consumer before it")
                    : std::string());
}

std::string NamesInTime::checkEnd(const std::string& end) const
{
    const auto named = [&](const auto& spec) { return spec.name == end; };
    const auto broker = numberAfter("broker ", end);
    const auto controller = numberAfter("controller ", end);
    if ((broker && *broker <= scenario_.cluster.brokers) ||
        (controller && *controller <= scenario_.cluster.controllers) || isMember(end) ||
        std::any_of(scenario_.producers.begin(), scenario_.producers.end(), named) ||
        std::any_of(scenario_.pipelines.begin(), scenario_.pipelines.end(), named))
        return {};
    return inQuotes(end) + " is no broker, controller or client at that time" +
           (inFull_ ? useNearest(end, ends(), "") : std::string());
}

std::string NamesInTime::checkSides(const NodeNames& from, const NodeNames& to) const
{
    for (const NodeNames* side : {&from, &to}) {
        for (const std::string& end : side->names) {
            if (std::string mistake = checkEnd(end); !mistake.empty())
                return mistake;
        }
    }
    return mistakeOfSides(from, to);
}

std::string NamesInTime::checkClock(const std::string& node) const
{
    const auto broker = numberAfter("broker ", node);
    std::vector<std::string> there = namesOfProducers();
    if ((broker && *broker <= scenario_.cluster.brokers) ||
        std::find(there.begin(), there.end(), node) != there.end())
        return {};
    for (std::int32_t i = 1; i <= scenario_.cluster.brokers; ++i)
        there.push_back("broker " + std::to_string(i));
    return "node " + inQuotes(node) + " is no broker and no producer, and nobody else stamps records" +
           (inFull_ ? useNearest(node, there, "name one") : std::string());
}

std::vector<std::string> NamesInTime::namesOfProducers() const
{
    std::vector<std::string> names;
    for (const ProducerSpec& producer : scenario_.producers)
        names.push_back(producer.name);
    return names;
}

std::string NamesInTime::checkGroup(const std::string& group) const
{
    const auto entry = memberCounts_.find(group);
    if (entry == memberCounts_.end()) {
        std::vector<std::string> names;
        for (const GroupSpec& spec : scenario_.groups)
            names.push_back(spec.name);
        return "group " + inQuotes(group) + " is not listed under groups" +
               useNearest(group, names, "add it there");
    }
    if (entry->second >= kMostMembersOfAGroup)
        return "group " + inQuotes(group) +
               " has 1000 members already, the most that a group may have; remove the command";
    return {};
}

std::string NamesInTime::checkRate(const ChangeRate& command) const
{
    const std::vector<ProducerSpec>& producers = scenario_.producers;
    const auto found = std::find_if(producers.begin(), producers.end(),
                                    [&](const ProducerSpec& spec) { return spec.name == command.producer; });
    if (found != producers.end() && found->generator)
        return {};
    if (found != producers.end())
        return "producer " + inQuotes(command.producer) +
               " replays a log, whose rate is its own; name a producer with a generator";
    std::vector<std::string> generators;
    for (const ProducerSpec& spec : producers) {
        if (spec.generator)
            generators.push_back(spec.name);
    }
    return "producer " + inQuotes(command.producer) + " is not listed under producers" +
           useNearest(command.producer, generators, "add it there");
}

std::vector<std::string> NamesInTime::clashes(const Scenario& scenario)
{
    std::vector<std::string> sentences;
    std::set<std::string> taken;
    std::set<std::string> groups;
    for (const GroupSpec& group : scenario.groups)
        groups.insert(group.name);
    const auto check = [&](const std::string& where, const std::string& name) {
        if (name.empty())
            return;
        if (numberAfter("broker ", name) || numberAfter("controller ", name)) {
            sentences.push_back(where + ": name " + inQuotes(name) +
                                " is that of a node of the cluster; rename it");
            return;
        }
        if (const auto parts = memberParts(name); parts && groups.contains(parts->group)) {
            sentences.push_back(where + ": name " + inQuotes(name) + " is that of a member of group " +
                                inQuotes(parts->group) +
                                ", and each client has a name of its own; rename one of them");
            return;
        }
        if (!taken.insert(name).second)
            sentences.push_back(
                where + ": name " + inQuotes(name) +
                " is that of a producer, and each client has a name of its own; rename one of them");
    };
    std::set<std::string> producers;
    for (std::size_t i = 0; i < scenario.producers.size(); ++i) {
        // The same name twice among the producers has its own sentence.
        if (producers.insert(scenario.producers[i].name).second)
            check("producers[" + std::to_string(i) + "]", scenario.producers[i].name);
    }
    std::set<std::string> pipelines;
    for (std::size_t i = 0; i < scenario.pipelines.size(); ++i) {
        if (pipelines.insert(scenario.pipelines[i].name).second)
            check("pipelines[" + std::to_string(i) + "]", scenario.pipelines[i].name);
    }
    return sentences;
}

} // namespace tideline
