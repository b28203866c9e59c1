// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: topics that are created, grown and deleted while the run goes on: names for what has come, and
// who has to know.
#include "engine/lab/simulation.h"

#include <algorithm>

namespace tideline {

// A fact has told that this topic is there, has more partitions or is gone: the metadata says what it is.
void Simulation::followTopic(TopicIndex topic, std::int32_t replicationFactor)
{
    const PartitionIndex before = world_.partitionEnd();
    addNames(topic, replicationFactor);
    for (PartitionIndex partition = before; partition < world_.partitionEnd(); ++partition)
        followPartition(partition);
    if (!world_.names->topics[static_cast<std::size_t>(topic)].deleted)
        return;
    for (const PartitionIndex partition : world_.names->topics[static_cast<std::size_t>(topic)].partitions) {
        world_.ledger.partitionDeleted(partition);
        for (auto& lines : world_.lagLines)
            std::erase_if(lines, [=](const auto& line) { return line.first == partition; });
    }
}

void Simulation::addNames(TopicIndex topic, std::int32_t replicationFactor)
{
    const control::TopicRegistry& registry = world_.metadata().topics;
    Directory names = *world_.names;
    while (names.topics.size() <= static_cast<std::size_t>(topic)) {
        const control::Topic* next = registry.topic(static_cast<TopicIndex>(names.topics.size()));
        names.addTopic(next ? next->name : std::string(), 0, false, replicationFactor);
    }
    while (names.partitions.size() < static_cast<std::size_t>(registry.nextPartition())) {
        const auto index = static_cast<PartitionIndex>(names.partitions.size());
        const control::Partition* next = registry.partition(index);
        names.addPartitions(next ? next->topic : topic, 1);
    }
    names.topics[static_cast<std::size_t>(topic)].deleted = registry.topic(topic) == nullptr;
    world_.names = std::make_shared<const Directory>(std::move(names));
}

// Groups that subscribe to its topic read it from now on, and have a lag there.
void Simulation::followPartition(PartitionIndex partition)
{
    const std::string& topic = world_.names->topicOf(partition)->name;
    for (std::size_t g = 0; g < world_.groups.size(); ++g) {
        const auto& subscribed = world_.topology->scenario->groups[g].topics;
        if (std::find(subscribed.begin(), subscribed.end(), topic) == subscribed.end())
            continue;
        const auto group = static_cast<GroupIndex>(g);
        world_.ledger.reads(group, partition);
        world_.addLagLine(group, partition);
    }
}

} // namespace tideline
