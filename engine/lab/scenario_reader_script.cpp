// SPDX-License-Identifier: GPL-3.0-or-later
// "script": commands at times. Each is checked against what is there at its time, members that join later
// included.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_arguments.h"
#include "engine/lab/scenario_reader_names.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMostCommands = 100'000;

using Arguments = ScriptArguments;
using Verb = ScriptVerb;

struct ScriptEntry
{
    Micros at = 0;
    std::string where;
    std::string verb;
    Arguments arguments;
};

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

const std::vector<KeyOf<Arguments>> kKillTarget = {brokerLine(), controllerLine(),
                                                   textKey<&Arguments::rack>("rack", kLongestRack)};
const std::vector<KeyOf<Arguments>> kConsumerTarget = {consumerLine()};
const std::vector<KeyOf<Arguments>> kProcessTarget = {brokerLine(), controllerLine(), consumerLine()};
const std::vector<KeyOf<Arguments>> kSlowTarget = {brokerLine(),
                                                   durationKey<&Arguments::by>("by", 0, kLongestSlowness)};
const std::vector<KeyOf<Arguments>> kBrokerTarget = {brokerLine()};
const std::vector<KeyOf<Arguments>> kGroupTarget = {textKey<&Arguments::group>("group")};
const std::vector<KeyOf<Arguments>> kRateTarget = {textKey<&Arguments::producer>("producer"),
                                                   rateKey<&Arguments::to>("to", 0, kMostRecordsPerSecond)};

const std::vector<Verb> kVerbs = {
    {"kill", "killTarget", "a command on a broker, a controller or a rack", &kKillTarget, true},
    {"start", "processTarget", "a command on a process", &kProcessTarget, true},
    {"pause", "processTarget", "a command on a process", &kProcessTarget, true},
    {"resume", "processTarget", "a command on a process", &kProcessTarget, true},
    {"crash", "consumerTarget", "a command on a consumer", &kConsumerTarget},
    {"stop", "processTarget", "a command on a process", &kProcessTarget, true},
    {"slow", "slowTarget", "the command slow", &kSlowTarget},
    {"add-consumer", "groupTarget", "the command add-consumer", &kGroupTarget},
    {"rate", "rateTarget", "the command rate", &kRateTarget},
    {"power-loss", "brokerTarget", "a command on a broker", &kBrokerTarget},
    {"slow-disk", "slowTarget", "the command slow", &kSlowTarget},
    {"fill-disk", "brokerTarget", "a command on a broker", &kBrokerTarget},
    {"fail-disk", "brokerTarget", "a command on a broker", &kBrokerTarget},
    {"repair-disk", "brokerTarget", "a command on a broker", &kBrokerTarget},
};

// Those of scenario_reader_admin.cpp and scenario_reader_links.cpp too.
const std::vector<Verb>& verbs()
{
    static const std::vector<Verb> kAll = [] {
        std::vector<Verb> all = kVerbs;
        all.insert(all.end(), adminVerbs().begin(), adminVerbs().end());
        all.insert(all.end(), linkVerbs().begin(), linkVerbs().end());
        return all;
    }();
    return kAll;
}

std::string listOf(const std::vector<std::string_view>& keys, std::string_view between)
{
    std::string list;
    for (const std::string_view key : keys)
        list += (list.empty() ? "" : std::string(between)) + '"' + std::string(key) + '"';
    return list;
}

std::vector<ScenarioKey> entryKeys()
{
    std::vector<ScenarioKey> keys = {{"at", ValueKind::Duration, 0, kLongestDuration, {}, {}, {}}};
    for (const Verb& verb : verbs())
        keys.push_back({verb.name, ValueKind::Object, 0, 0, {}, {}, {}});
    return keys;
}

// What is wrong with a command that takes one of its keys.
std::string lackOfOne(const JsonNode& node, const std::vector<std::string_view>& keys)
{
    const auto given =
        std::count_if(keys.begin(), keys.end(), [&node](std::string_view key) { return node.find(key); });
    if (given == 1)
        return {};
    return "it says " + std::string(given == 0 ? "none" : "more than one") + " of " + listOf(keys, ", ") +
           (given == 0 ? "; add the one that is meant" : "; remove all but one");
}

// False when something that the command needs is not said.
bool readArguments(ScenarioReading& reading, const Verb& verb, const JsonNode& node, ScriptEntry& entry)
{
    entry.verb = verb.name;
    const std::string where = entry.where + " " + entry.verb;
    const std::size_t before = reading.sentences.size();
    if (!readObject(reading, where, verb.what, node, *verb.keys, entry.arguments))
        return false;
    if (reading.sentences.size() > before)
        return false;
    std::vector<std::string_view> keys;
    for (const KeyOf<Arguments>& line : *verb.keys)
        keys.push_back(line.key.name);
    const std::string lack = verb.lack    ? verb.lack(node)
                             : verb.oneOf ? lackOfOne(node, keys)
                                          : lackOf(node, keys);
    if (!lack.empty())
        reading.refuse(where, lack);
    return lack.empty();
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
    for (const Verb& candidate : verbs()) {
        if (node.find(candidate.name)) {
            verb = &candidate;
            ++count;
        }
    }
    if (count != 1 && !misspelt) {
        std::string all;
        for (const Verb& one : verbs())
            all += (all.empty() ? "" : ", ") + std::string(one.name);
        reading.refuse(where, "it has " + std::to_string(count) +
                                  " commands, and an entry has one; write one of " + all);
    }
    if (count != 1)
        return std::nullopt;
    if (!readArguments(reading, *verb, *node.find(verb->name), entry))
        return std::nullopt;
    return entry;
}

// The command of this verb on whichever process it names.
template <class OnBroker, class OnController, class OnConsumer>
Command onProcess(const Arguments& a)
{
    if (a.broker)
        return OnBroker{*a.broker};
    return a.controller ? Command(OnController{*a.controller}) : Command(OnConsumer{*a.consumer});
}

std::optional<Command> onProcess(const ScriptEntry& entry)
{
    const Arguments& a = entry.arguments;
    if (entry.verb == "kill" && a.rack)
        return KillRack{*a.rack};
    if (entry.verb == "kill")
        return a.broker ? Command(KillBroker{*a.broker}) : Command(KillController{*a.controller});
    if (entry.verb == "start")
        return onProcess<StartBroker, StartController, StartConsumer>(a);
    if (entry.verb == "pause")
        return onProcess<PauseBroker, PauseController, PauseConsumer>(a);
    if (entry.verb == "resume")
        return onProcess<ResumeBroker, ResumeController, ResumeConsumer>(a);
    if (entry.verb == "stop")
        return onProcess<StopBroker, StopController, StopConsumer>(a);
    if (entry.verb == "crash")
        return CrashConsumer{*a.consumer};
    return std::nullopt;
}

std::optional<Command> onDisk(const ScriptEntry& entry)
{
    const Arguments& a = entry.arguments;
    if (entry.verb == "power-loss")
        return PowerLoss{*a.broker};
    if (entry.verb == "slow-disk")
        return SlowDisk{*a.broker, *a.by};
    if (entry.verb == "fill-disk")
        return FillDisk{*a.broker};
    if (entry.verb == "fail-disk")
        return FailDisk{*a.broker};
    if (entry.verb == "repair-disk")
        return RepairDisk{*a.broker};
    return std::nullopt;
}

Command commandOf(const ScriptEntry& entry)
{
    if (std::optional<Command> command = onProcess(entry))
        return *command;
    if (std::optional<Command> command = linkCommand(entry.verb, entry.arguments))
        return *command;
    if (std::optional<Command> command = onDisk(entry))
        return *command;
    if (std::optional<Command> command = adminCommand(entry.verb, entry.arguments))
        return *command;
    const Arguments& a = entry.arguments;
    if (entry.verb == "slow")
        return SlowFollower{*a.broker, *a.by};
    if (entry.verb == "add-consumer")
        return AddConsumer{*a.group};
    return ChangeRate{*a.producer, *a.to};
}

} // namespace

std::string lackOf(const JsonNode& node, const std::vector<std::string_view>& needed)
{
    std::vector<std::string_view> missing;
    for (const std::string_view key : needed) {
        if (!node.find(key))
            missing.push_back(key);
    }
    if (missing.empty())
        return {};
    return "it lacks " + listOf(missing, " and ") + (missing.size() == 1 ? "; add it" : "; add them");
}

std::vector<ScenarioObject> scriptObjects()
{
    std::vector<ScenarioObject> objects = {{"scriptEntry", "a script's entry", entryKeys()}};
    for (const Verb& verb : verbs()) {
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
