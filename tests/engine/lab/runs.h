// SPDX-License-Identifier: GPL-3.0-or-later
// Runs for tests: a scenario, shipped or made by hand, carried to a time, and what its journal says.
#pragma once

#include "engine/lab/engine.h"
#include "engine/lab/scenario_reader.h"

#include <QtTest/QtTest>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace tideline::tests {

// The shipped scenario of this name ("02-broker-dies").
inline Scenario shipped(const std::string& name)
{
    const std::string file = TIDELINE_SOURCE_DIR "/resources/scenarios/" + name + ".tideline";
    const ScenarioRead read = readScenarioFile(file, {TIDELINE_SOURCE_DIR "/resources/logs"});
    if (const auto* problems = std::get_if<ScenarioProblems>(&read))
        qFatal("%s", problems->sentences.front().c_str());
    return std::get<Scenario>(read);
}

// Three brokers, a topic "orders" of two partitions, a producer "sensors", and a group "billing" that reads
// it from its beginning: what a test of whole runs changes to its needs.
inline Scenario smallScenario()
{
    Scenario scenario;
    scenario.duration = 60 * kMicrosPerSecond;
    scenario.topics = {TopicSpec{"orders", 2, 3, 1}};
    ProducerSpec producer;
    producer.name = "sensors";
    producer.topic = "orders";
    producer.generator = GeneratorSpec{};
    scenario.producers = {producer};
    GroupSpec group;
    group.name = "billing";
    group.topics = {"orders"};
    group.offsetReset = OffsetReset::Earliest;
    scenario.groups = {group};
    return scenario;
}

// A time beyond the end means the end.
inline Engine ranTo(const Scenario& scenario, Micros time)
{
    Engine engine(scenario);
    engine.advanceTo(time);
    return engine;
}

inline Engine runToTheEnd(const Scenario& scenario)
{
    return ranTo(scenario, scenario.duration);
}

// All facts of this kind, oldest first.
template <class Kind>
std::vector<Fact> factsOf(const Engine& engine)
{
    std::vector<Fact> found;
    for (std::size_t i = 0; i < engine.journal().size(); ++i) {
        if (std::holds_alternative<Kind>(engine.journal()[i].body))
            found.push_back(engine.journal()[i]);
    }
    return found;
}

// What they say.
template <class Kind>
std::vector<Kind> bodiesOf(const Engine& engine)
{
    std::vector<Kind> bodies;
    for (const Fact& fact : factsOf<Kind>(engine))
        bodies.push_back(std::get<Kind>(fact.body));
    return bodies;
}

// When they happened, µs of the run.
template <class Kind>
std::vector<Micros> timesOf(const Engine& engine)
{
    std::vector<Micros> times;
    for (const Fact& fact : factsOf<Kind>(engine))
        times.push_back(fact.time);
    return times;
}

// No invariant was broken, and the bytes of the logs agree with what the brokers say of them.
inline void isSound(const Engine& engine)
{
    QVERIFY(!engine.invariantBroken());
    const std::vector<std::string> wrong = engine.audit();
    QVERIFY2(wrong.empty(), wrong.empty() ? "" : wrong.front().c_str());
}

} // namespace tideline::tests
