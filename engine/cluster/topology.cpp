// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topology.h"

#include "engine/base/java_string_hash.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace tideline {

namespace {

void addTopic(Topology& topology, TopicLayout topic)
{
    topic.firstPartition = topology.partitionCount();
    topology.topicOfPartition.insert(topology.topicOfPartition.end(),
                                     static_cast<std::size_t>(topic.partitions),
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

// abs(hashCode) % partitions, where abs(Integer.MIN_VALUE) is 0. Source: GroupCoordinator.partitionFor and
// Utils.abs of Kafka.
PartitionIndex Topology::offsetsPartition(GroupIndex group) const
{
    const TopicLayout& offsets = topics.back();
    const std::int32_t hash = javaStringHash(groupNames[static_cast<std::size_t>(group)]);
    const std::int32_t positive = hash == std::numeric_limits<std::int32_t>::min() ? 0 : std::abs(hash);
    return offsets.firstPartition + positive % offsets.partitions;
}

Topology makeTopology(std::shared_ptr<const Scenario> scenario, const std::vector<TapePtr>& tapes)
{
    Topology topology;
    topology.scenario = std::move(scenario);
    const Scenario& plan = *topology.scenario;
    topology.config = plan.cluster;
    for (const TopicSpec& topic : plan.topics)
        addTopic(topology, {topic.name, 0, topic.partitions, topic.replicationFactor, topic.minInsyncReplicas,
                            topic.uncleanLeaderElection, false, topic.assignment, topic.log});
    for (const GroupSpec& group : plan.groups)
        topology.groupNames.push_back(group.name);
    if (!plan.groups.empty()) {
        const std::int32_t replicas =
            std::min(plan.cluster.offsetsTopicReplicationFactor, plan.cluster.brokers);
        LogConfig log = plan.cluster.log;
        log.compacts = true;
        log.deletes = false;
        log.segmentBytes = plan.cluster.offsetsTopicSegmentBytes;
        addTopic(topology, {"__consumer_offsets",
                            0,
                            plan.cluster.offsetsTopicNumPartitions,
                            replicas,
                            plan.cluster.minInsyncReplicas,
                            plan.cluster.uncleanLeaderElection,
                            true,
                            {},
                            log});
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
