// SPDX-License-Identifier: GPL-3.0-or-later
// A random small scenario with random faults, all from one seed: what the property tests run.
#pragma once

#include "engine/base/random.h"
#include "engine/lab/scenario.h"

#include <algorithm>
#include <string>
#include <vector>

namespace tideline {

// Faults end at half of the duration; by then everything that was stopped is started and every link is
// healed.
inline constexpr Micros kFaultsEnd = 30 * kMicrosPerSecond;

namespace detail {

// Everybody whom a broker speaks to.
inline std::vector<std::string> peersOf(BrokerId broker, std::int32_t brokers)
{
    std::vector<std::string> peers = {"controller 1", "producer-1", "pipeline", "group-1", "group-2"};
    for (BrokerId id = 1; id <= brokers; ++id) {
        if (id != broker)
            peers.push_back("broker " + std::to_string(id));
    }
    return peers;
}

inline void addFaults(Scenario& scenario, Random& draws)
{
    const auto broker = [&] {
        return static_cast<BrokerId>(1 + draws.below(static_cast<std::uint64_t>(scenario.cluster.brokers)));
    };
    const auto between = [&](Micros low, Micros high) { return draws.between(low, high); };
    const std::uint64_t faults = 1 + draws.below(4);
    for (std::uint64_t i = 0; i < faults; ++i) {
        const Micros at = between(8 * kMicrosPerSecond, 20 * kMicrosPerSecond);
        const Micros end = at + between(kMicrosPerSecond, kFaultsEnd - at);
        const BrokerId one = broker();
        const std::string name = "broker " + std::to_string(one);
        const std::string member = "group-" + std::to_string(1 + draws.below(2));
        switch (draws.below(9)) {
        case 0:
            if (draws.below(2) == 0)
                scenario.script.push_back({at, KillBroker{one}});
            else
                scenario.script.push_back({at, StopBroker{one}});
            // A broker that is cut off from the controller goes on until it may stop: once more, then.
            scenario.script.push_back({kFaultsEnd + 10 * kMicrosPerSecond, StartBroker{one}});
            scenario.script.push_back({end, StartBroker{one}});
            break;
        case 1:
            scenario.script.push_back({at, PauseBroker{one}});
            scenario.script.push_back({end, ResumeBroker{one}});
            break;
        case 2: {
            const std::string other = "broker " + std::to_string(one % scenario.cluster.brokers + 1);
            scenario.script.push_back({at, CutLink{name, other}});
            scenario.script.push_back({end, HealLink{name, other}});
            break;
        }
        case 3:
            scenario.script.push_back({at, CrashConsumer{member}});
            scenario.script.push_back({end, StartConsumer{member}});
            break;
        case 4:
            scenario.script.push_back({at, CutLink{"producer-1", name}});
            scenario.script.push_back({end, HealLink{"producer-1", name}});
            break;
        case 5:
            scenario.script.push_back({at, CutLink{name, "controller 1"}});
            scenario.script.push_back({end, HealLink{name, "controller 1"}});
            break;
        case 6: {
            const std::vector<std::string> peers = peersOf(one, scenario.cluster.brokers);
            const bool hears = draws.below(2) == 0; // and nobody hears it
            scenario.script.push_back({at, hears ? CutLink{name, peers, true} : CutLink{peers, name, true}});
            scenario.script.push_back({end, HealLink{name, peers}});
            break;
        }
        case 7: {
            const auto controller = static_cast<std::int32_t>(
                1 + draws.below(static_cast<std::uint64_t>(scenario.cluster.controllers)));
            switch (draws.below(3)) {
            case 0:
                scenario.script.push_back({at, KillController{controller}});
                break;
            case 1:
                scenario.script.push_back({at, StopController{controller}});
                break;
            default:
                scenario.script.push_back({at, PauseController{controller}});
                scenario.script.push_back({end, ResumeController{controller}});
                break;
            }
            scenario.script.push_back({end, StartController{controller}});
            break;
        }
        default: {
            const std::vector<std::string> peers = peersOf(one, scenario.cluster.brokers);
            scenario.script.push_back({at, ChangeLink{name, peers, between(1'000, 2 * kMicrosPerSecond),
                                                      between(1'000, 1'000'000)}});
            scenario.script.push_back({end, ResetLink{name, peers}});
            break;
        }
        }
    }
    // Two faults on one thing may have crossed: at the end everything is mended, whatever is not broken
    // ignores it.
    for (BrokerId id = 1; id <= scenario.cluster.brokers; ++id) {
        const std::string name = "broker " + std::to_string(id);
        scenario.script.push_back({kFaultsEnd, ResumeBroker{id}});
        scenario.script.push_back({kFaultsEnd, StartBroker{id}});
        scenario.script.push_back(
            {kFaultsEnd, HealLink{name, "broker " + std::to_string(id % scenario.cluster.brokers + 1)}});
        scenario.script.push_back({kFaultsEnd, HealLink{name, "controller 1"}});
        scenario.script.push_back({kFaultsEnd, HealLink{"producer-1", name}});
        scenario.script.push_back({kFaultsEnd, HealLink{name, peersOf(id, scenario.cluster.brokers)}});
        scenario.script.push_back({kFaultsEnd, ResetLink{name, peersOf(id, scenario.cluster.brokers)}});
    }
    for (std::int32_t controller = 1; controller <= scenario.cluster.controllers; ++controller) {
        scenario.script.push_back({kFaultsEnd, ResumeController{controller}});
        scenario.script.push_back({kFaultsEnd, StartController{controller}});
    }
    for (const char* member : {"group-1", "group-2"})
        scenario.script.push_back({kFaultsEnd, StartConsumer{member}});
    std::stable_sort(scenario.script.begin(), scenario.script.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
}

} // namespace detail

inline Scenario randomScenario(std::uint64_t seed)
{
    Random draws(seed, 7);
    Scenario scenario;
    scenario.title = "seed " + std::to_string(seed);
    scenario.seed = seed;
    scenario.duration = 120 * kMicrosPerSecond;
    scenario.cluster.brokers = static_cast<std::int32_t>(2 + draws.below(3));
    scenario.cluster.controllers = draws.below(2) == 0 ? 1 : 3;
    scenario.cluster.combinedRoles =
        scenario.cluster.controllers <= scenario.cluster.brokers && draws.below(2) == 0;
    scenario.cluster.offsetsTopicNumPartitions = 4;
    scenario.cluster.replicaLagTimeMax = 10 * kMicrosPerSecond;
    const auto replicas =
        static_cast<std::int32_t>(1 + draws.below(static_cast<std::uint64_t>(scenario.cluster.brokers)));
    scenario.topics.push_back({"topic", static_cast<std::int32_t>(1 + draws.below(4)), replicas,
                               static_cast<std::int32_t>(1 + draws.below(2))});
    ProducerSpec producer;
    producer.name = "producer-1";
    producer.topic = "topic";
    producer.acks = static_cast<std::int32_t>(draws.below(3)) - 1;
    producer.generator = GeneratorSpec{};
    producer.generator->recordsPerSecond = 20 + static_cast<std::int64_t>(draws.below(60));
    producer.generator->keys = static_cast<std::int32_t>(draws.below(8));
    producer.generator->limit = 1500;
    scenario.producers.push_back(producer);
    GroupSpec group;
    group.name = "group";
    group.topics = {"topic"};
    group.members = 2;
    group.offsetReset = OffsetReset::Earliest;
    group.commit = static_cast<CommitOrder>(draws.below(3));
    group.processing = static_cast<Micros>(draws.below(3000));
    group.sessionTimeout = 10 * kMicrosPerSecond;
    scenario.groups.push_back(group);
    PipelineSpec pipeline;
    pipeline.name = "pipeline";
    pipeline.from = "topic";
    pipeline.watermark.boundedOutOfOrderness = static_cast<Millis>(draws.below(3000));
    pipeline.size = 5000;
    pipeline.slide = 5000;
    pipeline.allowedLateness = static_cast<Millis>(draws.below(2) * 2000);
    scenario.pipelines.push_back(pipeline);
    detail::addFaults(scenario, draws);
    return scenario;
}

} // namespace tideline
