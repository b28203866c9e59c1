// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/new_world.h"

#include "engine/lab/simulation.h"

namespace tideline {

namespace {

std::shared_ptr<const Directory> directoryOf(const Topology& topology)
{
    Directory names;
    names.brokers = topology.config.brokers;
    names.controllers = topology.config.controllers;
    for (const TopicLayout& topic : topology.topics)
        names.addTopic(topic.name, topic.partitions, topic.internal, topic.replicationFactor);
    for (const ProducerSpec& producer : topology.scenario->producers)
        names.producers.push_back(producer.name);
    names.groups = topology.groupNames;
    for (const PipelineSpec& pipeline : topology.scenario->pipelines)
        names.pipelines.push_back(pipeline.name);
    for (const QueueSpec& queue : topology.scenario->queues)
        names.queues.push_back(queue.name);
    return std::make_shared<const Directory>(std::move(names));
}

void addNode(World& world, NodeKind kind, std::int32_t index)
{
    Node node;
    node.kind = kind;
    node.index = index;
    node.draws = Random(world.topology->scenario->seed, kNodeStreams + world.nodes.size());
    world.nodes.emplace_back(std::move(node));
}

void addLines(World& world)
{
    using Chart = ChartsFrame::Chart;
    using Line = ChartsFrame::Line;
    using Merge = RollUps::Merge;
    RollUps& rolls = world.rollUps;
    world.producedLine = rolls.addLine(Chart::Throughput, Line::Produced, kNone, kNone, Merge::Add);
    world.densityLine = world.producedLine;
    for (std::size_t g = 0; g < world.groups.size(); ++g) {
        const auto group = static_cast<GroupIndex>(g);
        world.deliveredLines.push_back(
            rolls.addLine(Chart::Throughput, Line::Delivered, group, group, Merge::Add));
        world.latencyLines.emplace_back(
            rolls.addLine(Chart::Latency, Line::LatencyMedian, group, group, Merge::Largest),
            rolls.addLine(Chart::Latency, Line::Latency99, group, group, Merge::Largest));
        world.lagLines.emplace_back();
        for (const PartitionIndex partition : world.groupPartitions(group))
            world.addLagLine(group, partition);
    }
    world.underReplicatedLine =
        rolls.addLine(Chart::UnderReplicated, Line::UnderReplicated, kNone, kNone, Merge::Largest);
    world.offlineLine = rolls.addLine(Chart::UnderReplicated, Line::Offline, kNone, kNone, Merge::Largest);
    for (std::size_t p = 0; p < world.pipelines.size(); ++p)
        world.watermarkLines.push_back(rolls.addLine(Chart::WatermarkLag, Line::PipelineLag,
                                                     static_cast<PipelineIndex>(p), kNone, Merge::Largest));
    for (std::size_t q = 0; q < world.queues.size(); ++q) {
        const auto index = static_cast<std::int32_t>(q);
        world.queueLines.emplace_back(
            rolls.addLine(Chart::Throughput, Line::QueueDelivered, index, kNone, Merge::Add),
            rolls.addLine(Chart::Lag, Line::QueueWaiting, index, kNone, Merge::Largest));
    }
}

} // namespace

World newWorld(const Scenario& scenario, const std::vector<TapePtr>& tapes)
{
    World world;
    const auto topology =
        std::make_shared<const Topology>(makeTopology(std::make_shared<const Scenario>(scenario), tapes));
    world.topology = topology;
    world.names = directoryOf(*topology);
    world.network = Cow(Network(topology->config));
    for (BrokerId id = 1; id <= topology->config.brokers; ++id) {
        world.brokers.emplace_back(Broker(id, *topology));
        addNode(world, NodeKind::Broker, id - 1);
    }
    for (std::int32_t number = 1; number <= topology->config.controllers; ++number) {
        world.controllers.emplace_back(Controller(number, *topology));
        addNode(world, NodeKind::Controller, number - 1);
    }
    world.committed = world.controllers.front()->image();
    for (std::size_t i = 0; i < scenario.producers.size(); ++i) {
        world.producers.emplace_back(Producer(static_cast<ProducerIndex>(i), *topology));
        addNode(world, NodeKind::Producer, static_cast<std::int32_t>(i));
    }
    for (std::size_t i = 0; i < scenario.pipelines.size(); ++i) {
        world.pipelines.emplace_back(PipelineJob(static_cast<PipelineIndex>(i), *topology));
        world.truths.emplace_back(WindowTruth(windowSpecOf(scenario.pipelines[i])));
        addNode(world, NodeKind::Pipeline, static_cast<std::int32_t>(i));
    }
    for (const QueueSpec& queue : scenario.queues)
        world.queues.emplace_back(ClassicQueue(queue, topology->config.linkLatency));
    world.queueWakes.resize(scenario.queues.size(), kNever);
    world.groups.resize(scenario.groups.size());
    world.membersEver.resize(scenario.groups.size());
    std::vector<std::vector<PartitionIndex>> partitionsOf;
    for (std::size_t g = 0; g < scenario.groups.size(); ++g) {
        partitionsOf.push_back(world.groupPartitions(static_cast<GroupIndex>(g)));
        for (std::int32_t m = 0; m < scenario.groups[g].members; ++m)
            addMember(world, static_cast<GroupIndex>(g));
    }
    world.ledger = Ledger(std::move(partitionsOf));
    world.commands = Cow(scenario.script);
    addLines(world);
    Simulation(world, nullptr).begin();
    return world;
}

} // namespace tideline
