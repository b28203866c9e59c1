// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topology.h"

#include "engine/base/java_string_hash.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace tideline {

TopicIndex Topology::topicIndex(std::string_view name) const
{
    for (std::size_t i = 0; i < topics.size(); ++i) {
        if (topics[i].name == name)
            return static_cast<TopicIndex>(i);
    }
    return kNone;
}

NodeIndex Topology::sameProcess(NodeIndex node) const
{
    if (!config.combinedRoles)
        return kNone;
    if (isController(node))
        return node - config.brokers;
    return isBroker(node) && node < config.controllers ? controllerNode(node + 1) : kNone;
}

// abs(hashCode) % partitions, where abs(Integer.MIN_VALUE) is 0. Source: GroupCoordinator.partitionFor and
// Utils.abs of Kafka.
PartitionIndex Topology::offsetsPartition(GroupIndex group) const
{
    const TopicLayout& offsets = topics.back();
    const std::int32_t hash = javaStringHash(groupNames[static_cast<std::size_t>(group)]);
    const std::int32_t positive = hash == std::numeric_limits<std::int32_t>::min() ? 0 : std::abs(hash);
    return firstInternal + positive % offsets.partitions;
}

std::vector<PartitionIndex> Topology::partitionsAtFirst(TopicIndex topic) const
{
    PartitionIndex first = 0;
    for (TopicIndex before = 0; before < topic; ++before)
        first += topics[static_cast<std::size_t>(before)].partitions;
    std::vector<PartitionIndex> partitions;
    for (std::int32_t i = 0; i < topics[static_cast<std::size_t>(topic)].partitions; ++i)
        partitions.push_back(first + i);
    return partitions;
}

const DataTime& Topology::dataTimeOf(PartitionIndex partition, const MetadataImage& image) const
{
    static const DataTime kOfTheRun;
    const control::Partition* found = image.topics.partition(partition);
    if (!found)
        return kOfTheRun;
    const bool fromTheStart = static_cast<std::size_t>(found->topic) < topics.size();
    const TopicIndex topic = fromTheStart ? found->topic : topicIndex(image.topics.topic(found->topic)->name);
    return topic == kNone ? kOfTheRun : dataTimes[static_cast<std::size_t>(topic)];
}

Topology makeTopology(std::shared_ptr<const Scenario> scenario, const std::vector<TapePtr>& tapes)
{
    Topology topology;
    topology.scenario = std::move(scenario);
    const Scenario& plan = *topology.scenario;
    topology.config = plan.cluster;
    for (const TopicSpec& topic : plan.topics) {
        topology.topics.push_back({topic.name, topic.partitions, topic.replicationFactor,
                                   topic.minInsyncReplicas, topic.uncleanLeaderElection, false,
                                   topic.assignment, topic.log});
        topology.firstInternal += topic.partitions;
    }
    topology.internalEnd = topology.firstInternal;
    for (const GroupSpec& group : plan.groups)
        topology.groupNames.push_back(group.name);
    if (!plan.groups.empty()) {
        const std::int32_t replicas =
            std::min(plan.cluster.offsetsTopicReplicationFactor, plan.cluster.brokers);
        LogConfig log = plan.cluster.log;
        log.compacts = true;
        log.deletes = false;
        log.segmentBytes = plan.cluster.offsetsTopicSegmentBytes;
        topology.topics.push_back({"__consumer_offsets",
                                   plan.cluster.offsetsTopicNumPartitions,
                                   replicas,
                                   plan.cluster.minInsyncReplicas,
                                   plan.cluster.uncleanLeaderElection,
                                   true,
                                   {},
                                   log});
        topology.internalEnd += plan.cluster.offsetsTopicNumPartitions;
    }
    topology.dataTimes.resize(topology.topics.size());
    std::size_t tape = 0;
    for (const ProducerSpec& producer : plan.producers) {
        topology.tapes.push_back(producer.log ? tapes.at(tape++) : nullptr);
        if (!producer.log || topology.tapes.back()->rows() == 0)
            continue;
        DataTime& time = topology.dataTimes[static_cast<std::size_t>(topology.topicIndex(producer.topic))];
        time = DataTime{topology.tapes.back()->row(0).arrival, producer.log->pace};
    }
    return topology;
}

} // namespace tideline
