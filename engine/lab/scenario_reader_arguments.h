// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of a script may say, and those of them that act on links, clocks and single messages, or
// ask something of the cluster.
//
// A command's arguments are read by a table like any other object; what it lacks is said in one sentence.
// Values of one reading; one thread.
#pragma once

#include "engine/lab/command.h"
#include "engine/lab/scenario_reader_objects.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline {

// Whichever command it is.
struct ScriptArguments
{
    std::optional<BrokerId> broker;
    std::optional<std::int32_t> controller;
    std::optional<std::string> rack;
    std::optional<std::string> consumer;
    std::optional<std::string> group;
    std::optional<std::string> producer;
    std::optional<Micros> by;
    std::optional<std::int64_t> to;
    std::optional<std::int64_t> before; // an offset
    std::optional<std::string> topic;
    std::optional<std::int32_t> partition;
    std::optional<std::int32_t> election; // place in kElections
    std::vector<BrokerId> replicas;
    std::optional<std::int32_t> key; // place in kConfigKeys
    std::optional<std::string> value;
    // of topics
    std::int32_t partitions = -1; // -1: not said
    std::int32_t replicationFactor = -1;
    std::vector<std::vector<BrokerId>> assignment;
    std::vector<std::pair<std::string, std::string>> configs;
    // of links, clocks and messages
    NodeNames from;
    NodeNames into;
    bool oneWay = false;
    std::optional<Micros> latency;
    std::optional<std::int64_t> bandwidth;
    std::optional<std::string> node;
    std::optional<std::int32_t> message; // place in kMessageNames
    std::optional<std::string> sender;
    std::optional<std::string> receiver;
    std::optional<std::int32_t> number;
    std::optional<std::int32_t> deed; // of an aimed fault: 0 drops, 1 delays
};

// What a command is written as, and what it must say: one of `keys` when `oneOf`, else all of them, unless it
// has a rule of its own.
struct ScriptVerb
{
    std::string_view name;
    std::string_view object; // name of its definition in the schema
    std::string_view what;
    const std::vector<KeyOf<ScriptArguments>>* keys;
    bool oneOf = false;
    // What is wrong with what it says and what it does not, and the remedy; empty when it says what it must.
    std::string (*lack)(const JsonNode&) = nullptr;
};

// `it lacks "from" and "to"; add them`; empty when all of these are there.
std::string lackOf(const JsonNode& node, const std::vector<std::string_view>& needed);

// cut, heal, link, reset-link, skew-clock, aim, cancel-aim.
const std::vector<ScriptVerb>& linkVerbs();
// The command of one of these; nothing when the verb is another one.
std::optional<Command> linkCommand(std::string_view verb, const ScriptArguments& arguments);

// What an administrator asks for (engine/cluster/admin_request.h), and rolling-restart,
// cancel-rolling-restart.
const std::vector<ScriptVerb>& adminVerbs();
std::optional<Command> adminCommand(std::string_view verb, const ScriptArguments& arguments);

} // namespace tideline
