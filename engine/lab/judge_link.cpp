// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/judge_link.h"

#include "engine/lab/scenario_keys_nearest.h"
#include "engine/lab/simulation.h"

#include <algorithm>
#include <map>
#include <set>

namespace tideline {

namespace {

using Verdict = std::optional<Error>;

constexpr std::size_t kNamesShown = 3;

// `"broker 1", "broker 2"`, and how many more there are.
std::string shown(const NodeNames& side)
{
    std::string text;
    for (std::size_t i = 0; i < side.names.size() && i < kNamesShown; ++i)
        text += (text.empty() ? "" : ", ") + inQuotes(side.names[i]);
    const std::size_t more = side.names.size() - std::min(side.names.size(), kNamesShown);
    return more == 0 ? text : text + " and " + std::to_string(more) + " more";
}

Verdict mustBeThere(const World& world, const std::string& verb, const NodeNames& side)
{
    const std::vector<NodeIndex> nodes = nodesNamed(world, side);
    const auto missing = std::find(nodes.begin(), nodes.end(), kNone);
    if (missing == nodes.end())
        return std::nullopt;
    const std::string& name = side.names[static_cast<std::size_t>(missing - nodes.begin())];
    return Error{
        verb + " \"" + name +
        "\": there is no such node; an end is \"broker 1\", \"controller 1\" or the name of a client"};
}

// Both sides must be there; `fits(link, from)` of one of their links makes the act worth doing.
template <class Command, class Fits>
Verdict judgeSides(const World& world, const Command& command, const std::string& verb,
                   const std::string& otherwise, Fits&& fits)
{
    for (const NodeNames* side : {&command.from, &command.to}) {
        if (Verdict verdict = mustBeThere(world, verb, *side))
            return verdict;
    }
    const std::string what = verb + " " + shown(command.from) + " and " + shown(command.to) + ": ";
    if (const std::string mistake = mistakeOfSides(command.from, command.to); !mistake.empty())
        return Error{what + mistake};
    const std::vector<NodeIndex> to = nodesNamed(world, command.to);
    for (const NodeIndex a : nodesNamed(world, command.from)) {
        for (const NodeIndex b : to) {
            const Network::Link* link = world.network->find(a, b);
            if (fits(link ? *link : Network::Link{}, link ? Network::direction(*link, a) : 0))
                return std::nullopt;
        }
    }
    return Error{what + otherwise};
}

Verdict mustBeMessage(const std::string& name, const std::string& what)
{
    if (messageNamed(name))
        return std::nullopt;
    return Error{what + "there is no such message; the nearest is \"" +
                 std::string(nearestName(name, std::span<const std::string_view>(kMessageNames))) + "\""};
}

} // namespace

std::string mistakeOfSides(const NodeNames& from, const NodeNames& to)
{
    std::set<std::string> names;
    for (const NodeNames* side : {&from, &to}) {
        if (side->names.empty())
            return "a side is empty, and a link has two ends; name a node on each";
        for (const std::string& name : side->names) {
            if (!names.insert(name).second)
                return inQuotes(name) + " is named twice, and a link has two ends; name another one";
        }
    }
    if (from.names.size() * to.names.size() > kMostLinksAtOnce)
        return "that is more than " + std::to_string(kMostLinksAtOnce) +
               " links, the most that one act takes; name fewer nodes";
    return {};
}

std::vector<NodeIndex> nodesNamed(const World& world, const NodeNames& side)
{
    if (side.names.size() == 1)
        return {nodeNamed(world, side.names.front())};
    std::map<std::string, NodeIndex> places;
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(world.nodes.size()); ++node)
        places.emplace(world.names->nodeName(node), node);
    std::vector<NodeIndex> nodes;
    for (const std::string& name : side.names) {
        const auto place = places.find(name);
        nodes.push_back(place == places.end() ? kNone : place->second);
    }
    return nodes;
}

std::optional<Error> judgeLink(const World& world, const CutLink& command)
{
    return judgeSides(world, command, "cut", "the link is cut already; heal it first",
                      [&](const Network::Link& link, std::size_t way) {
                          return !link.cut[way] || (!command.oneWay && !link.cut[1 - way]);
                      });
}

std::optional<Error> judgeLink(const World& world, const HealLink& command)
{
    return judgeSides(world, command, "heal", "the link is whole; cut it first",
                      [&](const Network::Link& link, std::size_t way) {
                          return link.cut[way] || (!command.oneWay && link.cut[1 - way]);
                      });
}

std::optional<Error> judgeLink(const World& world, const ChangeLink& command)
{
    if (command.latency < 0 || command.latency > kLongestLatency || command.bandwidth < 0 ||
        command.bandwidth > kLargestBandwidth)
        return Error{"link " + shown(command.from) + " and " + shown(command.to) +
                     ": a latency is 1 us to 1 h and a bandwidth 1 B/s to 1000000 GB/s; choose within"};
    if (command.latency == 0 && command.bandwidth == 0)
        return Error{"link " + shown(command.from) + " and " + shown(command.to) +
                     ": it is given neither latency nor bandwidth; give one"};
    return judgeSides(world, command, "link", "", [](const auto&, std::size_t) { return true; });
}

std::optional<Error> judgeLink(const World& world, const ResetLink& command)
{
    return judgeSides(world, command, "reset the link of",
                      "it is as the cluster's links are; change it first",
                      [](const Network::Link& link, std::size_t) { return link.changedBy != 0; });
}

std::optional<Error> judgeClock(const World& world, const SkewClock& command)
{
    const std::string what = "skew the clock of \"" + command.node + "\": ";
    const NodeIndex node = nodeNamed(world, command.node);
    if (node == kNone ||
        (world.node(node).kind != NodeKind::Broker && world.node(node).kind != NodeKind::Producer))
        return Error{what + "brokers and producers stamp records, and it is neither; name one of them"};
    if (command.by < -kLongestSkew || command.by > kLongestSkew)
        return Error{what + "a clock is off by at most 24 h; choose within"};
    return std::nullopt;
}

std::optional<Error> judgeAim(const World& world, const AimFault& command)
{
    const std::string what = "aim at " + command.message + ": ";
    if (Verdict verdict = mustBeMessage(command.message, what))
        return verdict;
    if (Verdict verdict =
            mustBeThere(world, "aim between", std::vector<std::string>{command.from, command.to}))
        return verdict;
    if (command.from == command.to)
        return Error{what + "both ends are \"" + command.from + "\", and a link has two; name another one"};
    if (command.number < 1 || command.number > kMostMessagesToCount)
        return Error{what + std::to_string(command.number) + " is outside 1 to " +
                     std::to_string(kMostMessagesToCount) + "; choose a number within"};
    if (command.delay < 0 || command.delay > kLongestLatency)
        return Error{what + "a message is held up by at most 1 h; choose within"};
    if (world.network->aims().size() >= kMostAims)
        return Error{what + std::to_string(kMostAims) +
                     " aimed faults wait already, which is the most; let some of them strike first"};
    return std::nullopt;
}

std::optional<Error> judgeAim(const World& world, const CancelAim& command)
{
    const std::string what = "cancel the aim at " + command.message + ": ";
    if (Verdict verdict = mustBeMessage(command.message, what))
        return verdict;
    if (Verdict verdict =
            mustBeThere(world, "cancel the aim between", std::vector<std::string>{command.from, command.to}))
        return verdict;
    const auto name = static_cast<std::int32_t>(*messageNamed(command.message));
    const NodeIndex from = nodeNamed(world, command.from);
    const NodeIndex to = nodeNamed(world, command.to);
    const std::vector<Network::Aim>& aims = world.network->aims();
    if (std::none_of(aims.begin(), aims.end(),
                     [&](const Network::Aim& aim) { return aim.waitsFor(name, from, to); }))
        return Error{what + "no fault waits for one from " + command.from + " to " + command.to +
                     ": none was aimed, or it has struck; aim one first"};
    return std::nullopt;
}

} // namespace tideline
