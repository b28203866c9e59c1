// SPDX-License-Identifier: GPL-3.0-or-later
// Topology: what stands still during a run: configuration, topics, and which number is which node.
//
// Nodes are numbered brokers first, then controllers, then clients. Shared by every copy of an engine and never changed after it was
// made. Step is what an actor gets when it is woken. Any thread may read.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/cluster/effects.h"
#include "engine/lab/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace tideline {

struct TopicLayout
{
    std::string name;
    PartitionIndex firstPartition = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    std::int32_t minInsyncReplicas = 1;
    bool internal = false; // __consumer_offsets
};

struct Topology
{
    ClusterConfig config;
    std::vector<TopicLayout> topics; // the scenario's, then __consumer_offsets when there are groups
    std::vector<TopicIndex> topicOfPartition;
    std::vector<std::string> groupNames;

    std::int32_t partitionCount() const { return static_cast<std::int32_t>(topicOfPartition.size()); }
    const TopicLayout& topicOf(PartitionIndex partition) const
    {
        return topics[static_cast<std::size_t>(topicOfPartition[static_cast<std::size_t>(partition)])];
    }
    TopicIndex topicIndex(std::string_view name) const; // kNone when it is not there

    static NodeIndex brokerNode(BrokerId id) { return id - 1; }
    NodeIndex controllerNode() const { return config.brokers; }
    bool isBroker(NodeIndex node) const { return node < config.brokers; }
    NodeIndex firstClientNode() const { return config.brokers + config.controllers; }

    // min(min.insync.replicas, replication factor): a topic with fewer replicas can still be written.
    std::int32_t effectiveMinIsr(PartitionIndex partition) const;
    // The partition of __consumer_offsets whose leader is the group's coordinator.
    PartitionIndex offsetsPartition(GroupIndex group) const;
};

Topology makeTopology(const Scenario& scenario);

// abs(Java's String.hashCode()) for ASCII names; Integer.MIN_VALUE gives 0.
std::int32_t javaHash(std::string_view text);

struct Step
{
    Micros now = 0; // the node's own clock
    const Topology& topology;
    Random& draws;
    Effects& out;
};

} // namespace tideline
