// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topology.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

void addTopic(Topology& topology, TopicLayout topic)
{
    topic.firstPartition = topology.partitionCount();
    topology.topicOfPartition.insert(topology.topicOfPartition.end(), static_cast<std::size_t>(topic.partitions),
                                     static_cast<TopicIndex>(topology.topics.size()));
    topology.topics.push_back(std::move(topic));
}

} // namespace

TopicIndex Topology::topicIndex(std::string_view name) const
{
    for (std::size_t i = 0; i < topics.size(); ++i) {
        if (topics[i].name == name)
            return static_cast<TopicIndex>(i);
    }
    return kNone;
}

std::int32_t Topology::effectiveMinIsr(PartitionIndex partition) const
{
    const TopicLayout& topic = topicOf(partition);
    return std::min(topic.minInsyncReplicas, topic.replicationFactor);
}

PartitionIndex Topology::offsetsPartition(GroupIndex group) const
{
    const TopicLayout& offsets = topics.back();
    return offsets.firstPartition + javaHash(groupNames[static_cast<std::size_t>(group)]) % offsets.partitions;
}

Topology makeTopology(const Scenario& scenario)
{
    Topology topology;
    topology.config = scenario.cluster;
    for (const TopicSpec& topic : scenario.topics)
        addTopic(topology, {topic.name, 0, topic.partitions, topic.replicationFactor, topic.minInsyncReplicas, false});
    for (const GroupSpec& group : scenario.groups)
        topology.groupNames.push_back(group.name);
    if (!scenario.groups.empty()) {
        const std::int32_t replicas = std::min(scenario.cluster.offsetsTopicReplicationFactor, scenario.cluster.brokers);
        addTopic(topology, {"__consumer_offsets", 0, scenario.cluster.offsetsTopicNumPartitions, replicas,
                            std::min(scenario.cluster.minInsyncReplicas, replicas), true});
    }
    return topology;
}

std::int32_t javaHash(std::string_view text)
{
    std::uint32_t hash = 0;
    for (const char c : text)
        hash = hash * 31 + static_cast<unsigned char>(c);
    const auto value = static_cast<std::int32_t>(hash);
    return value == std::numeric_limits<std::int32_t>::min() ? 0 : std::abs(value);
}

} // namespace tideline
