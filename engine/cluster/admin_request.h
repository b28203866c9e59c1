// SPDX-License-Identifier: GPL-3.0-or-later
// AdminRequest: what an administrator asks of the cluster, as with Kafka's Admin client. Topics by name, as
// in the requests. Plain values; judge_admin.h judges them.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"

#include <cstdint>
#include <string>
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

using AdminRequest = std::variant<ElectLeader, ReassignPartition, AlterTopicConfig>;

} // namespace tideline
