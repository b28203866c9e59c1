// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader_objects.h"

#include <algorithm>

namespace tideline {

namespace {

// The config or source that models this key: a key in the wrong place deserves to be told its place.
const ScenarioObject* homeOf(std::string_view name)
{
    for (const ScenarioObject& object : scenarioObjects()) {
        if (!object.name.ends_with("Config") && !object.name.ends_with("Source"))
            continue;
        for (const ScenarioKey& key : object.keys) {
            if (key.name == name)
                return &object;
        }
    }
    return nullptr;
}

void refuseKey(ScenarioReading& reading, std::string_view where, std::string_view what,
               const std::string& name, std::span<const ScenarioKey> keys)
{
    if (reading.full()) {
        ++reading.unlisted;
        return;
    }
    if (keys.empty()) {
        reading.refuse(where, inQuotes(name) + " is not a key of " + std::string(what) +
                                  ", which has none; write {}");
        return;
    }
    std::vector<std::string_view> names;
    for (const ScenarioKey& key : keys)
        names.push_back(key.name);
    const std::string_view nearest = nearestName(name, std::span<const std::string_view>(names));
    const ScenarioObject* home = homeOf(name);
    if (home && editDistance(name, nearest) > 1)
        reading.refuse(where, inQuotes(name) + " is a key of " + std::string(home->what) + ", not of " +
                                  std::string(what) + "; move it there or remove it");
    else if (const KnownKey* known = findKnownKey(name))
        reading.refuse(where, inQuotes(name) + " is known (" + std::string(known->from) +
                                  ") but not modelled yet; remove it");
    else
        reading.refuse(where, inQuotes(name) + " is not a key of " + std::string(what) + "; the nearest is " +
                                  inQuotes(nearest) + ", so rename or remove it");
}

template <class Spec>
ScenarioObject object(std::string_view name, std::string_view what, const std::vector<KeyOf<Spec>>& table)
{
    return {name, what, keysOf(table)};
}

} // namespace

bool checkObject(ScenarioReading& reading, std::string_view where, std::string_view what,
                 const JsonNode& node, std::span<const ScenarioKey> keys)
{
    if (!node.isObject()) {
        reading.refuse(where, node.shown() + " is not an object, as " + std::string(what) +
                                  " must be; write { \"key\": value, ... }");
        return false;
    }
    for (const std::string& name : node.repeated)
        reading.refuse(where, inQuotes(name) + " is written more than once in " + std::string(what) +
                                  ", where each key has one value; keep one of them");
    for (const JsonMember& member : node.members) {
        if (std::none_of(keys.begin(), keys.end(),
                         [&](const ScenarioKey& key) { return key.name == member.key; }))
            refuseKey(reading, where, what, member.key, keys);
    }
    return true;
}

std::string placeOf(std::string_view listName, std::size_t index, const JsonNode& entry)
{
    std::string where = std::string(listName) + "[" + std::to_string(index) + "]";
    if (const JsonNode* name = entry.find("name"); name && name->isText() && !name->text.empty())
        where += " " + inQuotes(name->text);
    return where;
}

void readList(ScenarioReading& reading, std::string_view listName, const JsonNode& node, std::size_t most,
              const std::function<void(const std::string& where, const JsonNode& entry)>& read)
{
    if (!node.isList()) {
        reading.refuse(listName, node.shown() + " is not a list; write [ ... ]");
        return;
    }
    if (node.items.size() > most) {
        reading.refuse(listName, "its " + std::to_string(node.items.size()) + " entries are more than the " +
                                     std::to_string(most) + " that a scenario may have; remove some");
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        read(placeOf(listName, i, node.items[i]), node.items[i]);
}

const std::vector<ScenarioObject>& scenarioObjects()
{
    static const std::vector<ScenarioObject> kObjects = [] {
        std::vector<ScenarioObject> objects = {
            object("scenario", "a scenario", scenarioKeys()),
            object("cluster", "the cluster", clusterKeys()),
            object("clusterConfig", "the cluster's config", clusterConfigKeys()),
            object("link", "the cluster's link", linkKeys()),
            object("topic", "a topic", topicKeys()),
            object("topicConfig", "a topic's config", topicConfigKeys()),
            object("producer", "a producer", producerKeys()),
            object("producerConfig", "a producer's config", producerConfigKeys()),
            object("generatorSource", "a generator", generatorKeys()),
            object("delay", "a delay", delayKeys()),
            object("logSource", "a recorded log", logSourceKeys()),
            object("group", "a group", groupKeys()),
            object("groupConfig", "a group's config", groupConfigKeys()),
            object("pipeline", "a pipeline", pipelineKeys()),
            object("watermark", "a watermark", watermarkKeys()),
            object("window", "a window", windowKeys()),
            object("aggregate", "an aggregate", aggregateKeys()),
            object("queue", "a queue", queueKeys()),
            object("queueConsumer", "a queue's consumer", queueConsumerKeys()),
        };
        for (ScenarioObject& command : scriptObjects())
            objects.push_back(std::move(command));
        return objects;
    }();
    return kObjects;
}

} // namespace tideline
