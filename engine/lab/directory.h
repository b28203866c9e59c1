// SPDX-License-Identifier: GPL-3.0-or-later
// Directory: the names of everything in a run. Immutable and shared by all frames until a member is added.
#pragma once

#include "engine/base/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// Names of everything in the run. Shared by all frames until a member is added.
struct Directory
{
    struct Topic
    {
        std::string name;
        PartitionIndex firstPartition = 0;
        std::int32_t partitions = 0;
        bool internal = false; // __consumer_offsets
        std::int32_t replicationFactor = 0;
    };
    struct Member
    {
        std::string name; // "billing-1"
        GroupIndex group = 0;
    };
    std::vector<Topic> topics;
    std::vector<TopicIndex> topicOfPartition;
    std::vector<std::string> producers;
    std::vector<std::string> groups;
    std::vector<Member> members;
    std::vector<std::string> pipelines;
    std::int32_t brokers = 0;     // node i is broker i+1
    std::int32_t controllers = 0; // after the brokers
    // "orders-0"; node names: "broker 1", "controller 1", "sensors", "billing-1", "revenue".
    std::string partitionName(PartitionIndex partition) const;
    // kNone when there is none.
    PartitionIndex partitionOf(const std::string& topic, std::int32_t number) const;
    std::string nodeName(NodeIndex node) const;
};

} // namespace tideline
