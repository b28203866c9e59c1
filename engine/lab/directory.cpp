// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/frame.h"

#include <utility>

namespace tideline {

TopicIndex Directory::addTopic(std::string name, std::int32_t partitionCount, bool internal,
                               std::int32_t replicationFactor)
{
    const auto topic = static_cast<TopicIndex>(topics.size());
    topics.push_back({std::move(name), {}, internal, replicationFactor, false});
    addPartitions(topic, partitionCount);
    return topic;
}

void Directory::addPartitions(TopicIndex topic, std::int32_t count)
{
    std::vector<PartitionIndex>& own = topics[static_cast<std::size_t>(topic)].partitions;
    for (std::int32_t i = 0; i < count; ++i) {
        const auto number = static_cast<std::int32_t>(own.size());
        own.push_back(static_cast<PartitionIndex>(partitions.size()));
        partitions.push_back({topic, number});
    }
}

const Directory::Topic* Directory::topicOf(PartitionIndex partition) const
{
    if (partition < 0 || static_cast<std::size_t>(partition) >= partitions.size())
        return nullptr;
    const TopicIndex topic = partitions[static_cast<std::size_t>(partition)].topic;
    return topic == kNone ? nullptr : &topics[static_cast<std::size_t>(topic)];
}

const Directory::Topic* Directory::topicNamed(const std::string& name) const
{
    for (const Topic& one : topics) {
        if (one.name == name && !one.deleted)
            return &one;
    }
    return nullptr;
}

std::vector<PartitionIndex> Directory::partitionsOf(const std::string& topic) const
{
    const Topic* found = topicNamed(topic);
    return found ? found->partitions : std::vector<PartitionIndex>();
}

std::string Directory::partitionName(PartitionIndex partition) const
{
    const Topic* topic = topicOf(partition);
    return topic ? topic->name + "-" + std::to_string(partitions[static_cast<std::size_t>(partition)].number)
                 : "-";
}

PartitionIndex Directory::partitionOf(const std::string& topic, std::int32_t number) const
{
    const Topic* found = topicNamed(topic);
    return found && number >= 0 && static_cast<std::size_t>(number) < found->partitions.size()
               ? found->partitions[static_cast<std::size_t>(number)]
               : kNone;
}

std::string Directory::nodeName(NodeIndex node) const
{
    if (node < 0)
        return "-";
    if (node < brokers)
        return "broker " + std::to_string(node + 1);
    node -= brokers;
    if (node < controllers)
        return "controller " + std::to_string(node + 1);
    node -= controllers;
    for (const std::vector<std::string>* names : {&producers, &pipelines}) {
        if (static_cast<std::size_t>(node) < names->size())
            return (*names)[static_cast<std::size_t>(node)];
        node -= static_cast<NodeIndex>(names->size());
    }
    return static_cast<std::size_t>(node) < members.size() ? members[static_cast<std::size_t>(node)].name
                                                           : "-";
}

} // namespace tideline
