// SPDX-License-Identifier: GPL-3.0-or-later
// Commands of a script on links, clocks and single messages.
#include "engine/cluster/message.h"
#include "engine/lab/scenario_reader_arguments.h"

#include <array>

namespace tideline {

namespace {

constexpr std::size_t kMostNames = 1'000; // on one side
constexpr std::array<std::string_view, 2> kDeeds = {"drop", "delay"};

using Lines = std::vector<KeyOf<ScriptArguments>>;

void setBetween(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, ScriptArguments& arguments)
{
    if (!node.isList() || node.items.size() != 2 || !node.items[0].isText() || !node.items[1].isText()) {
        reading.refuse(where, key, node, " is not two ends of a link; write [\"broker 1\", \"broker 2\"]");
    } else if (node.items[0].text == node.items[1].text) {
        reading.refuse(where, "between has " + node.items[0].shown() +
                                  " twice, and a link has two ends; name another one");
    } else {
        arguments.from = node.items[0].text;
        arguments.into = node.items[1].text;
    }
}

// "broker 1", or ["broker 1", "broker 2"].
template <NodeNames ScriptArguments::*Side>
void setSide(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
             ScriptArguments& arguments)
{
    if (node.isText()) {
        arguments.*Side = node.text;
        return;
    }
    NodeNames side;
    for (const JsonNode& item : node.items) {
        if (item.isText())
            side.names.push_back(item.text);
    }
    if (!node.isList() || side.names.empty() || side.names.size() != node.items.size() ||
        side.names.size() > kMostNames)
        reading.refuse(where, key, node,
                       " is neither a node nor a list of 1 to 1000 of them; write \"broker 1\" or "
                       "[\"broker 1\", \"broker 2\"]");
    else
        arguments.*Side = std::move(side);
}

KeyOf<ScriptArguments> fromLine()
{
    return specialKey<ScriptArguments>("from", ValueKind::Other, setSide<&ScriptArguments::from>);
}

KeyOf<ScriptArguments> toLine()
{
    return specialKey<ScriptArguments>("to", ValueKind::Other, setSide<&ScriptArguments::into>);
}

std::string lackOfCut(const JsonNode& node)
{
    const bool between = node.find("between");
    const int sides = (node.find("from") ? 1 : 0) + (node.find("to") ? 1 : 0);
    if (between && node.find("one-way"))
        return "\"one-way\" needs a direction, which \"between\" has not; write \"from\" and \"to\"";
    if (between)
        return sides == 0 ? "" : "it says \"between\" and \"from\" or \"to\"; remove the one or the others";
    return sides == 0 ? "it says no links; add \"between\", or \"from\" and \"to\""
                      : lackOf(node, {"from", "to"});
}

std::string lackOfChange(const JsonNode& node)
{
    if (std::string lack = lackOf(node, {"from", "to"}); !lack.empty())
        return lack;
    return node.find("latency") || node.find("bandwidth")
               ? ""
               : "it changes nothing; add \"latency\" or \"bandwidth\" or both";
}

std::string lackOfAim(const JsonNode& node)
{
    if (std::string lack = lackOf(node, {"message", "from", "to", "number", "do"}); !lack.empty())
        return lack;
    const bool delays = node.find("do")->text == kDeeds[1];
    if (delays == (node.find("by") != nullptr))
        return "";
    return delays ? "it delays and lacks \"by\"; add it, such as \"500 ms\""
                  : "it drops the message, and \"by\" says how long one is delayed; remove it";
}

const Lines& cutLines()
{
    static const Lines kLines = {specialKey<ScriptArguments>("between", ValueKind::List, setBetween),
                                 fromLine(), toLine(), flagKey<&ScriptArguments::oneWay>("one-way")};
    return kLines;
}

const Lines& changeLines()
{
    static const Lines kLines = {fromLine(), toLine(),
                                 durationKey<&ScriptArguments::latency>("latency", 1, kLongestLatency),
                                 bandwidthKey<&ScriptArguments::bandwidth>("bandwidth")};
    return kLines;
}

const Lines& resetLines()
{
    static const Lines kLines = {fromLine(), toLine()};
    return kLines;
}

const Lines& clockLines()
{
    static const Lines kLines = {textKey<&ScriptArguments::node>("node"),
                                 durationKey<&ScriptArguments::by>("by", -kLongestSkew, kLongestSkew)};
    return kLines;
}

const Lines& aimLines()
{
    static const Lines kLines = {
        choiceKey<&ScriptArguments::message>("message", kMessageNames),
        textKey<&ScriptArguments::sender>("from", 300),
        textKey<&ScriptArguments::receiver>("to", 300),
        wholeKey<&ScriptArguments::number>("number", 1, kMostMessagesToCount),
        choiceKey<&ScriptArguments::deed>("do", kDeeds),
        durationKey<&ScriptArguments::by>("by", 1, kLongestLatency),
    };
    return kLines;
}

const Lines& cancelAimLines()
{
    static const Lines kLines = {
        choiceKey<&ScriptArguments::message>("message", kMessageNames),
        textKey<&ScriptArguments::sender>("from", 300),
        textKey<&ScriptArguments::receiver>("to", 300),
    };
    return kLines;
}

} // namespace

const std::vector<ScriptVerb>& linkVerbs()
{
    static const std::vector<ScriptVerb> kVerbs = {
        {"cut", "cutTarget", "a command on links", &cutLines(), false, lackOfCut},
        {"heal", "cutTarget", "a command on links", &cutLines(), false, lackOfCut},
        {"link", "linkTarget", "the command link", &changeLines(), false, lackOfChange},
        {"reset-link", "resetTarget", "the command reset-link", &resetLines()},
        {"skew-clock", "clockTarget", "the command skew-clock", &clockLines()},
        {"aim", "aimTarget", "the command aim", &aimLines(), false, lackOfAim},
        {"cancel-aim", "cancelAimTarget", "the command cancel-aim", &cancelAimLines()},
    };
    return kVerbs;
}

std::optional<Command> linkCommand(std::string_view verb, const ScriptArguments& a)
{
    if (verb == "cut")
        return CutLink{a.from, a.into, a.oneWay};
    if (verb == "heal")
        return HealLink{a.from, a.into, a.oneWay};
    if (verb == "link")
        return ChangeLink{a.from, a.into, a.latency.value_or(0), a.bandwidth.value_or(0)};
    if (verb == "reset-link")
        return ResetLink{a.from, a.into};
    if (verb == "skew-clock")
        return SkewClock{*a.node, *a.by};
    if (verb == "aim")
        return AimFault{std::string(kMessageNames[static_cast<std::size_t>(*a.message)]), *a.sender,
                        *a.receiver, *a.number, a.by.value_or(0)};
    if (verb == "cancel-aim")
        return CancelAim{std::string(kMessageNames[static_cast<std::size_t>(*a.message)]), *a.sender,
                         *a.receiver};
    return std::nullopt;
}

} // namespace tideline
