// SPDX-License-Identifier: GPL-3.0-or-later
// A small run for tests of faults, and what its journal says.
#pragma once

#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"

#include <optional>
#include <string>

namespace tideline::tests {

// Two brokers, one partition that broker 1 leads and both have, and a producer "p" of twenty records a
// second.
inline Scenario twoBrokers()
{
    Scenario scenario;
    scenario.cluster.brokers = 2;
    scenario.cluster.replicaLagTimeMax = 5'000'000;
    scenario.duration = 120'000'000;
    TopicSpec topic{"t", 1, 2, 1};
    topic.assignment = {{1, 2}};
    scenario.topics = {topic};
    ProducerSpec producer;
    producer.name = "p";
    producer.topic = "t";
    producer.requestTimeout = 5'000'000;
    producer.generator = GeneratorSpec{};
    producer.generator->recordsPerSecond = 20;
    scenario.producers = {producer};
    return scenario;
}

// The fact with this number.
inline std::optional<Fact> factNumbered(const Engine& engine, FactNumber number)
{
    for (std::size_t i = 0; i < engine.journal().size(); ++i) {
        if (engine.journal()[i].number == number)
            return engine.journal()[i];
    }
    return std::nullopt;
}

// What caused it, by name; empty when nothing did.
inline std::string causeOf(const Engine& engine, const Fact& fact)
{
    const auto cause = factNumbered(engine, fact.cause);
    return cause ? std::string(factName(cause->body)) : std::string();
}

inline std::size_t appended(const Engine& engine, BrokerId broker)
{
    return static_cast<std::size_t>(
        engine.world().brokers.at(static_cast<std::size_t>(broker - 1))->replica(0)->leo());
}

} // namespace tideline::tests
