// SPDX-License-Identifier: GPL-3.0-or-later
// A small lab for tests of the session: three brokers, one topic, a producer, a group of two and a pipeline,
// for 20 s.
#pragma once

#include "engine/lab/scenario.h"

namespace tideline::tests {

inline Scenario sessionScenario()
{
    Scenario scenario;
    scenario.title = "Session";
    scenario.seed = 7;
    scenario.duration = 20 * kMicrosPerSecond;
    scenario.cluster.offsetsTopicNumPartitions = 1;
    scenario.topics.push_back({"orders", 3, 3, 2});
    ProducerSpec producer;
    producer.name = "sensors";
    producer.topic = "orders";
    producer.generator = GeneratorSpec{};
    producer.generator->recordsPerSecond = 50;
    producer.generator->keys = 10;
    scenario.producers.push_back(producer);
    GroupSpec group;
    group.name = "billing";
    group.topics = {"orders"};
    group.members = 2;
    scenario.groups.push_back(group);
    PipelineSpec pipeline;
    pipeline.name = "counts";
    pipeline.from = "orders";
    pipeline.size = 2'000;
    pipeline.slide = 2'000;
    scenario.pipelines.push_back(pipeline);
    return scenario;
}

} // namespace tideline::tests
