// SPDX-License-Identifier: GPL-3.0-or-later
// Reading one value by its line in the table of keys: the right kind, inside its range, or one sentence and
// nothing.
//
// A ScenarioReading lives as long as one readScenario(): it collects the sentences and the Scenario being
// filled. One thread.
#pragma once

#include "engine/lab/scenario.h"
#include "engine/lab/scenario_keys.h"
#include "engine/lab/scenario_keys_nearest.h"
#include "engine/lab/scenario_reader.h"
#include "engine/lab/scenario_reader_json.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tideline {

// More mistakes than this are only counted: nobody corrects them from a list.
inline constexpr std::size_t kMostSentences = 200;

struct ScenarioReading
{
    ScenarioPlace place;
    Scenario scenario;
    std::vector<std::string> sentences;
    std::size_t unlisted = 0; // mistakes above kMostSentences
    // What the topics' records carry, filled while the sources are read: columns of their logs, fields of
    // their generators.
    struct Fields
    {
        std::string topic;
        std::vector<std::string> names;
    };
    std::vector<Fields> fields;
    std::set<std::string> topicNames; // of scenario.topics

    // True when further sentences are only counted: looking for the nearest name is not worth its time any
    // more.
    bool full() const { return sentences.size() >= kMostSentences; }

    // "where: rest".
    void refuse(std::string_view where, std::string_view rest);
    void refuse(std::string_view where, const ScenarioKey& key, const JsonNode& value, std::string_view rest);
};

// Each gives nothing after it has refused. `where` is the place of the object, such as `topics[0] "orders"`.
std::optional<std::int64_t> readWhole(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value);
std::optional<std::uint64_t> readSeed(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value);
std::optional<bool> readFlag(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                             const JsonNode& value);
// Not empty, at most `high` bytes (200 when that is 0), no control characters.
std::optional<std::string> readText(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                    const JsonNode& value);
// µs; also of an EventDuration, which must be whole ms.
std::optional<Micros> readDuration(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                   const JsonNode& value);
std::optional<std::int64_t> readRate(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                     const JsonNode& value);
std::optional<std::int64_t> readBandwidth(ScenarioReading& reading, std::string_view where,
                                          const ScenarioKey& key, const JsonNode& value);
// Index into key.choices.
std::optional<std::size_t> readChoice(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value);

// Refuses a name that is not among those listed, naming the nearest: `topic "order" is not listed under
// topics; use "orders"`. `rule` says what the name must be.
bool requireListed(ScenarioReading& reading, std::string_view where, std::string_view key,
                   const std::string& name, const std::vector<std::string>& listed, std::string_view rule,
                   std::string_view otherwise);

// The same for a name of a topic.
bool requireTopic(ScenarioReading& reading, std::string_view where, std::string_view key,
                  const std::string& name);

template <class Spec>
std::vector<std::string> namesOf(const std::vector<Spec>& specs)
{
    std::vector<std::string> names;
    names.reserve(specs.size());
    for (const Spec& spec : specs) {
        if (!spec.name.empty())
            names.push_back(spec.name);
    }
    return names;
}

} // namespace tideline
