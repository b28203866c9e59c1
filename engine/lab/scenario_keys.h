// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a scenario file: what each object may contain, of which kind and in which range.
//
// One table for every object; the reader fills a Scenario by it, an unknown key finds its nearest name in it,
// and a test holds the JSON schema (resources/schema/tideline.schema.json) against it. A key is modelled (in
// a table), known but not modelled yet (findKnownKey), or unknown. Immutable; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tideline {

enum class ValueKind : std::uint8_t {
    Text,
    Flag,
    Whole,         // a whole number
    Milliseconds,  // a whole number of ms, as in Kafka's keys that end in .ms
    Seconds,       // a whole number of s, as in leader.imbalance.check.interval.seconds
    Duration,      // "41 s", exact to the µs
    EventDuration, // "5 s", exact to the ms: time inside the data
    Rate,          // "200/s"
    Bandwidth,     // "1 Gbit/s"
    Choice,        // one of a few texts
    Object,
    List,
    Other, // several shapes: "count" or {"sum": ...}
};

struct ScenarioKey
{
    std::string_view name;
    ValueKind kind = ValueKind::Other;
    std::int64_t low = 0;  // least value: as written for numbers and rates, µs for durations; both 0: the
                           // reader checks itself
    std::int64_t high = 0; // largest value, same unit
    std::string_view rule; // where the range comes from, when it is not ours
    std::span<const std::string_view> choices;      // Choice: what may be written
    std::span<const std::string_view> knownChoices; // Choice: what exists, but is not modelled yet
};

// An object of the file. The name is that of its definition in the JSON schema.
struct ScenarioObject
{
    std::string_view name;
    std::string_view what; // as a sentence calls it: "a topic"
    std::vector<ScenarioKey> keys;
};

// Every object that a scenario may contain, in the order in which one reads about them.
const std::vector<ScenarioObject>& scenarioObjects();

// A key or value that Kafka, Flink, Beam, Kafka Streams or Spark has, and where.
struct KnownKey
{
    std::string_view name;
    std::string_view from; // "Kafka producer"
};

// nullptr when no semantics that this lab follows names it.
const KnownKey* findKnownKey(std::string_view name);

} // namespace tideline
