// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an object by its table: one line a key, with kind, range and the member that it sets.
//
// The tables are lists of KeyOf<Spec>; the factories below make the usual lines, `special` makes the others.
// The same lines, without their setters, are what scenarioObjects() shows to the schema test and to whoever
// looks for the nearest name.
#pragma once

#include "engine/lab/scenario_reader_values.h"

#include <functional>
#include <initializer_list>
#include <span>

namespace tideline {

template <class Spec>
struct KeyOf
{
    using Setter = void (*)(ScenarioReading&, std::string_view where, const ScenarioKey&, const JsonNode&,
                            Spec&);
    ScenarioKey key;
    Setter set = nullptr;
};

template <class Member>
struct OwnerOf;
template <class Value, class Owner>
struct OwnerOf<Value Owner::*>
{
    using Type = Owner;
    using Held = Value;
};

// A line whose value comes from `Read` and is stored, divided by `Divisor` or multiplied by `Factor`, in
// `Member`.
template <auto Member, auto Read, std::int64_t Factor = 1, std::int64_t Divisor = 1>
KeyOf<typename OwnerOf<decltype(Member)>::Type> keyOf(ScenarioKey key)
{
    using Owner = typename OwnerOf<decltype(Member)>::Type;
    using Held = typename OwnerOf<decltype(Member)>::Held;
    return {key, [](ScenarioReading& reading, std::string_view where, const ScenarioKey& k,
                    const JsonNode& value, Owner& owner) {
                if (auto read = Read(reading, where, k, value)) {
                    if constexpr (Factor != 1 || Divisor != 1)
                        owner.*Member = static_cast<Held>(*read * Factor / Divisor);
                    else
                        owner.*Member = static_cast<Held>(std::move(*read));
                }
            }};
}

template <auto Member>
auto wholeKey(std::string_view name, std::int64_t low, std::int64_t high, std::string_view rule = {})
{
    return keyOf<Member, readWhole>({name, ValueKind::Whole, low, high, rule, {}, {}});
}

// A Kafka key that ends in .ms, kept in µs.
template <auto Member>
auto millisecondsKey(std::string_view name, std::int64_t low, std::int64_t high, std::string_view rule = {})
{
    return keyOf<Member, readWhole, kMicrosPerMilli>(
        {name, ValueKind::Milliseconds, low, high, rule, {}, {}});
}

template <auto Member>
auto secondsKey(std::string_view name, std::int64_t low, std::int64_t high, std::string_view rule = {})
{
    return keyOf<Member, readWhole, kMicrosPerSecond>({name, ValueKind::Seconds, low, high, rule, {}, {}});
}

template <auto Member>
auto durationKey(std::string_view name, Micros low, Micros high, std::string_view rule = {})
{
    return keyOf<Member, readDuration>({name, ValueKind::Duration, low, high, rule, {}, {}});
}

// Time inside the data, kept in ms; low and high in µs.
template <auto Member>
auto eventDurationKey(std::string_view name, Micros low, Micros high, std::string_view rule = {})
{
    return keyOf<Member, readDuration, 1, kMicrosPerMilli>(
        {name, ValueKind::EventDuration, low, high, rule, {}, {}});
}

template <auto Member>
auto flagKey(std::string_view name)
{
    return keyOf<Member, readFlag>({name, ValueKind::Flag, 0, 0, {}, {}, {}});
}

template <auto Member>
auto textKey(std::string_view name, std::int64_t longest = 0)
{
    return keyOf<Member, readText>({name, ValueKind::Text, 0, longest, {}, {}, {}});
}

template <auto Member>
auto rateKey(std::string_view name, std::int64_t low, std::int64_t high)
{
    return keyOf<Member, readRate>({name, ValueKind::Rate, low, high, {}, {}, {}});
}

template <auto Member>
auto bandwidthKey(std::string_view name)
{
    return keyOf<Member, readBandwidth>({name, ValueKind::Bandwidth, 0, 0, {}, {}, {}});
}

template <auto Member>
auto choiceKey(std::string_view name, std::span<const std::string_view> choices,
               std::span<const std::string_view> knownChoices = {})
{
    return keyOf<Member, readChoice>({name, ValueKind::Choice, 0, 0, {}, choices, knownChoices});
}

// A line with a setter of its own.
template <class Spec>
KeyOf<Spec> specialKey(std::string_view name, ValueKind kind, typename KeyOf<Spec>::Setter set)
{
    return {{name, kind, 0, 0, {}, {}, {}}, set};
}

// Refuses what is no object, keys written twice, and keys that the table does not have. False when it is no
// object.
bool checkObject(ScenarioReading& reading, std::string_view where, std::string_view what,
                 const JsonNode& node, std::span<const ScenarioKey> keys);

template <class Spec>
std::vector<ScenarioKey> keysOf(const std::vector<KeyOf<Spec>>& table)
{
    std::vector<ScenarioKey> keys;
    for (const KeyOf<Spec>& line : table)
        keys.push_back(line.key);
    return keys;
}

// Reads in the order of the table, so that a later line may look at what an earlier one has set.
template <class Spec>
bool readObject(ScenarioReading& reading, std::string_view where, std::string_view what, const JsonNode& node,
                const std::vector<KeyOf<Spec>>& table, Spec& spec)
{
    if (!checkObject(reading, where, what, node, keysOf(table)))
        return false;
    for (const KeyOf<Spec>& line : table) {
        if (const JsonNode* value = node.find(line.key.name))
            line.set(reading, where, line.key, *value, spec);
    }
    return true;
}

// Reads each entry of a list with `read(place, node)`; the place is `topics[0] "orders"` when the entry has a
// name.
void readList(ScenarioReading& reading, std::string_view listName, const JsonNode& node, std::size_t most,
              const std::function<void(const std::string& where, const JsonNode& entry)>& read);

// `topics[0] "orders"`, or without the name when there is none that could be shown.
std::string placeOf(std::string_view listName, std::size_t index, const JsonNode& entry);

// A rack for each broker or member: one for all of them, or a list. Nothing when it is refused.
inline constexpr std::int64_t kLongestRack = 200; // bytes
std::optional<std::vector<std::string>> readRacks(ScenarioReading& reading, std::string_view where,
                                                  const ScenarioKey& key, const JsonNode& node);

// Every name once; says which entry has it already.
template <class Spec>
bool requireNewName(ScenarioReading& reading, std::string_view where, std::string_view what,
                    const std::string& name, const std::vector<Spec>& before)
{
    for (const Spec& spec : before) {
        if (spec.name == name && !name.empty()) {
            reading.refuse(where, "name " + inQuotes(name) + " is taken by another " + std::string(what) +
                                      ", and a name is given once; rename one of them");
            return false;
        }
    }
    return true;
}

// The tables; each is defined beside the rules of its object.
const std::vector<KeyOf<Scenario>>& scenarioKeys();
const std::vector<KeyOf<ClusterConfig>>& clusterKeys();
const std::vector<KeyOf<ClusterConfig>>& clusterConfigKeys();
const std::vector<KeyOf<ClusterConfig>>& linkKeys();
const std::vector<KeyOf<TopicSpec>>& topicKeys();
const std::vector<KeyOf<TopicSpec>>& topicConfigKeys();
// The part of the two configs that is about logs.
const std::vector<KeyOf<TopicSpec>>& topicLogKeys();
const std::vector<KeyOf<ClusterConfig>>& clusterLogKeys();
const std::vector<KeyOf<ProducerSpec>>& producerKeys();
const std::vector<KeyOf<ProducerSpec>>& producerConfigKeys();
const std::vector<KeyOf<GeneratorSpec>>& generatorKeys();
const std::vector<KeyOf<DelaySpec>>& delayKeys();
const std::vector<KeyOf<LogSourceSpec>>& logSourceKeys();
const std::vector<KeyOf<GroupSpec>>& groupKeys();
const std::vector<KeyOf<GroupSpec>>& groupConfigKeys();
const std::vector<KeyOf<PipelineSpec>>& pipelineKeys();
const std::vector<KeyOf<WatermarkSpec>>& watermarkKeys();
const std::vector<KeyOf<PipelineSpec>>& windowKeys();
const std::vector<KeyOf<PipelineSpec>>& aggregateKeys();

const std::vector<KeyOf<QueueSpec>>& queueKeys();
const std::vector<KeyOf<QueueConsumerSpec>>& queueConsumerKeys();

// What a script's command may say; which of them belong to which command is in scenario_reader_script.cpp.
std::vector<ScenarioObject> scriptObjects();

// Setters of `scenario`'s lists.
void readCluster(ScenarioReading& reading, const JsonNode& node);
void readTopics(ScenarioReading& reading, const JsonNode& node);
void readProducers(ScenarioReading& reading, const JsonNode& node);
void readGroups(ScenarioReading& reading, const JsonNode& node);
void readPipelines(ScenarioReading& reading, const JsonNode& node);
void readQueues(ScenarioReading& reading, const JsonNode& node);
void readScript(ScenarioReading& reading, const JsonNode& node);

// Fills ProducerSpec::generator or ::log from "source"; `where` is the producer's place.
void readSource(ScenarioReading& reading, std::string_view where, const JsonNode& node,
                ProducerSpec& producer);

} // namespace tideline
