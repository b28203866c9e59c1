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

// The command that runs one seed of a test again: its row is there when so many seeds are.
inline std::string replayOf(const std::string& test, const std::string& function, std::uint64_t seed)
{
    const std::string number = std::to_string(seed);
    return "replay: TIDELINE_SEEDS=" + number + " " + test + " " + function + ":seed-" + number;
}

namespace detail {

inline std::vector<std::string> numbered(const std::string& kind, std::int32_t count)
{
    std::vector<std::string> names;
    for (std::int32_t i = 1; i <= count; ++i)
        names.push_back(kind + " " + std::to_string(i));
    return names;
}

// Everybody whom a broker speaks to.
inline std::vector<std::string> peersOf(const std::string& broker, const ClusterConfig& cluster)
{
    std::vector<std::string> peers = {"producer-1", "pipeline", "group-1", "group-2"};
    for (const std::string& name : numbered("broker", cluster.brokers)) {
        if (name != broker)
            peers.push_back(name);
    }
    const std::vector<std::string> controllers = numbered("controller", cluster.controllers);
    peers.insert(peers.end(), controllers.begin(), controllers.end());
    return peers;
}

// One of the quorum is gone, or hears or is heard by nobody else of it.
inline void addQuorumFault(Scenario& scenario, Random& draws, Micros at, Micros end)
{
    const auto controllers = static_cast<std::uint64_t>(scenario.cluster.controllers);
    const auto one = static_cast<std::int32_t>(1 + draws.below(controllers));
    std::vector<std::string> others = numbered("controller", scenario.cluster.controllers);
    const std::string name = others[static_cast<std::size_t>(one - 1)];
    others.erase(others.begin() + (one - 1));
    if (others.empty() || draws.below(2) == 0) {
        scenario.script.push_back({at, KillController{one}});
        scenario.script.push_back({end, StartController{one}});
    } else {
        const bool heard = draws.below(2) == 0;
        scenario.script.push_back({at, heard ? CutLink{others, name, true} : CutLink{name, others, true}});
        scenario.script.push_back({end, HealLink{name, others}});
    }
    scenario.script.push_back({kFaultsEnd, StartController{one}});
    if (!others.empty())
        scenario.script.push_back({kFaultsEnd, HealLink{name, others}});
}

// A link, or all links of a broker: cut, cut one way, or slow and narrow.
inline void addLinkFault(Scenario& scenario, Random& draws, BrokerId one, Micros at, Micros end)
{
    const std::string name = "broker " + std::to_string(one);
    const std::vector<std::string> peers = peersOf(name, scenario.cluster);
    const auto cut = [&](const NodeNames& from, const NodeNames& to, bool oneWay) {
        scenario.script.push_back({at, CutLink{from, to, oneWay}});
        scenario.script.push_back({end, HealLink{from, to}});
    };
    switch (draws.below(5)) {
    case 0:
        cut(name, "broker " + std::to_string(one % scenario.cluster.brokers + 1), false);
        break;
    case 1:
        cut("producer-1", name, false);
        break;
    case 2: {
        const std::vector<std::string> all = numbered("controller", scenario.cluster.controllers);
        cut(name, draws.below(2) == 0 ? NodeNames(all) : NodeNames(all.front()), false);
        break;
    }
    case 3: // it hears nobody, or nobody hears it
        draws.below(2) == 0 ? cut(peers, name, true) : cut(name, peers, true);
        break;
    default: {
        const Micros latency = draws.between(1'000, 2 * kMicrosPerSecond);
        scenario.script.push_back({at, ChangeLink{name, peers, latency, draws.between(1'000, 1'000'000)}});
        scenario.script.push_back({end, ResetLink{name, peers}});
        break;
    }
    }
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
        const std::string member = "group-" + std::to_string(1 + draws.below(2));
        switch (draws.below(8)) {
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
        case 2:
            scenario.script.push_back({at, CrashConsumer{member}});
            scenario.script.push_back({end, StartConsumer{member}});
            break;
        case 3:
            addQuorumFault(scenario, draws, at, end);
            break;
        default:
            addLinkFault(scenario, draws, one, at, end);
            break;
        }
    }
    // Two faults on one thing may have crossed: at the end everything is mended, whatever is not broken
    // ignores it.
    for (BrokerId id = 1; id <= scenario.cluster.brokers; ++id) {
        const std::string name = "broker " + std::to_string(id);
        scenario.script.push_back({kFaultsEnd, ResumeBroker{id}});
        scenario.script.push_back({kFaultsEnd, StartBroker{id}});
        scenario.script.push_back({kFaultsEnd, HealLink{name, peersOf(name, scenario.cluster)}});
        scenario.script.push_back({kFaultsEnd, ResetLink{name, peersOf(name, scenario.cluster)}});
    }
    for (const char* member : {"group-1", "group-2"})
        scenario.script.push_back({kFaultsEnd, StartConsumer{member}});
    std::stable_sort(scenario.script.begin(), scenario.script.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
}

// What changes how things go, and nothing of what is promised: racks whose replicas consumers read from,
// batches that are compressed, and a metadata log of which little is kept beside a snapshot.
inline void addManners(Scenario& scenario, std::uint64_t seed)
{
    Random draws(seed, 8);
    if (draws.below(2) == 0) {
        for (std::int32_t i = 0; i < scenario.cluster.brokers; ++i)
            scenario.cluster.racks.push_back(draws.below(2) == 0 ? "east" : "west");
        scenario.cluster.replicaSelector = ReplicaSelector::RackAware;
        scenario.groups[0].racks = {"east", "west"};
    }
    scenario.producers[0].compression = static_cast<Codec>(draws.below(5));
    if (draws.below(4) == 0)
        scenario.topics[0].log.compression = static_cast<Codec>(draws.below(5));
    if (draws.below(2) == 0) {
        scenario.cluster.metadataSnapshotBytes = draws.between(100, 2'000);
        scenario.cluster.metadataSegmentBytes = draws.between(100, 1'000);
        scenario.cluster.metadataRetentionBytes = draws.between(100, 1'000);
    }
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
    detail::addManners(scenario, seed);
    return scenario;
}

} // namespace tideline
