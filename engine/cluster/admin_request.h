// SPDX-License-Identifier: GPL-3.0-or-later
// AdminRequest: what an administrator asks of the cluster, as with Kafka's Admin client. Topics by name, as
// in the requests. Plain values; judge_admin.h judges them.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

// kafka-leader-election: a preferred or an unclean one (KIP-460).
struct ElectLeader
{
    std::string topic;
    std::int32_t partition = 0;
    bool unclean = false;
    TIDELINE_FIELDS(ElectLeader, topic, partition, unclean)
};

// kafka-reassign-partitions (KIP-455); no replicas: cancel what runs.
struct ReassignPartition
{
    std::string topic;
    std::int32_t partition = 0;
    std::vector<BrokerId> replicas;
    TIDELINE_FIELDS(ReassignPartition, topic, partition, replicas)
};

// kafka-configs --alter on a topic; an empty value takes the key away.
struct AlterTopicConfig
{
    std::string topic;
    std::string key;
    std::string value;
    TIDELINE_FIELDS(AlterTopicConfig, topic, key, value)
};

// kafka-configs --alter on a broker, or on the default of all brokers; an empty value takes the key away.
struct AlterBrokerConfig
{
    BrokerId broker = kNone; // kNone: the cluster's default
    std::string key;
    std::string value;
    TIDELINE_FIELDS(AlterBrokerConfig, broker, key, value)
};

// kafka-topics --create.
struct CreateTopic
{
    std::string topic;
    std::int32_t partitions = -1;        // -1: num.partitions
    std::int32_t replicationFactor = -1; // -1: default.replication.factor
    // Replicas by partition; not empty: nothing is chosen, and both numbers above are -1.
    std::vector<std::vector<BrokerId>> assignment;
    std::vector<std::pair<std::string, std::string>> configs; // key and value
    TIDELINE_FIELDS(CreateTopic, topic, partitions, replicationFactor, assignment, configs)
};

// kafka-topics --alter --partitions; the new ones where `assignment` says, or where the controller chooses.
struct CreatePartitions
{
    std::string topic;
    std::int32_t count = 0;                        // of all partitions, the existing ones included
    std::vector<std::vector<BrokerId>> assignment; // by new partition; empty: chosen
    TIDELINE_FIELDS(CreatePartitions, topic, count, assignment)
};

// kafka-topics --delete.
struct DeleteTopic
{
    std::string topic;
    TIDELINE_FIELDS(DeleteTopic, topic)
};

using AdminRequest = std::variant<ElectLeader, ReassignPartition, AlterTopicConfig, AlterBrokerConfig,
                                  CreateTopic, CreatePartitions, DeleteTopic>;

} // namespace tideline
