// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/frame.h"

namespace tideline {

std::string Directory::partitionName(PartitionIndex partition) const
{
    if (partition < 0 || static_cast<std::size_t>(partition) >= topicOfPartition.size())
        return "-";
    const Topic& topic =
        topics[static_cast<std::size_t>(topicOfPartition[static_cast<std::size_t>(partition)])];
    return topic.name + "-" + std::to_string(partition - topic.firstPartition);
}

PartitionIndex Directory::partitionOf(const std::string& topic, std::int32_t number) const
{
    for (const Topic& one : topics) {
        if (one.name == topic)
            return number >= 0 && number < one.partitions ? one.firstPartition + number : kNone;
    }
    return kNone;
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
