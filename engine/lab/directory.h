// SPDX-License-Identifier: GPL-3.0-or-later
// Directory: the names of everything in a run.
//
// Immutable and shared by all frames until something is added. What has been deleted keeps its index and its
// name, so that old facts can be read.
#pragma once

#include "engine/base/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

struct Directory
{
    struct Topic
    {
        std::string name;
        std::vector<PartitionIndex> partitions; // by partition number
        bool internal = false;                  // __consumer_offsets
        std::int32_t replicationFactor = 0;
        bool deleted = false;
    };
    struct Partition
    {
        TopicIndex topic = kNone;
        std::int32_t number = 0; // within the topic
    };
    struct Member
    {
        std::string name; // "billing-1"
        GroupIndex group = 0;
    };
    std::vector<Topic> topics;         // by topic index
    std::vector<Partition> partitions; // by partition index
    std::vector<std::string> producers;
    std::vector<std::string> groups;
    std::vector<Member> members;
    std::vector<std::string> pipelines;
    std::vector<std::string> queues;
    std::int32_t brokers = 0;     // node i is broker i+1
    std::int32_t controllers = 0; // after the brokers
    // A topic with the next indexes; and more partitions of the one with this index.
    TopicIndex addTopic(std::string name, std::int32_t partitions, bool internal = false,
                        std::int32_t replicationFactor = 0);
    void addPartitions(TopicIndex topic, std::int32_t count);
    // The topic of a partition, deleted or not; null when there never was such a partition.
    const Topic* topicOf(PartitionIndex partition) const;
    // Partitions of the topic that has this name now, by number; empty when there is none.
    std::vector<PartitionIndex> partitionsOf(const std::string& topic) const;
    // "orders-0"; node names: "broker 1", "controller 1", "sensors", "billing-1", "revenue".
    std::string partitionName(PartitionIndex partition) const;
    // kNone when there is none.
    PartitionIndex partitionOf(const std::string& topic, std::int32_t number) const;
    std::string nodeName(NodeIndex node) const;

private:
    // The topic that has this name now; null when there is none.
    const Topic* topicNamed(const std::string& name) const;
};

} // namespace tideline
