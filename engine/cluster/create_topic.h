// SPDX-License-Identifier: GPL-3.0-or-later
// Create a topic: from a number of partitions and replicas, or from an assignment.
//
// Judged in this order: the name exists, is not legal or collides (topic_name.h); its configuration
// (alter_config.h); with an assignment that it says nothing else, each list (manual_assignment.h), that some
// replica of each partition is active, that the numbers run from 0; without one the replication factor, the
// number of partitions, and that the brokers suffice. Pure but for its draws; any thread.
#pragma once

#include "engine/cluster/alter_config.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"
#include "engine/cluster/manual_assignment.h"
#include "engine/cluster/striped_placement.h"

#include <string>
#include <utility>
#include <vector>

namespace tideline::control {

struct CreateTopicRequest
{
    std::string name;
    std::int32_t partitions = -1;        // -1: num.partitions
    std::int32_t replicationFactor = -1; // -1: default.replication.factor
    // (partition number, replicas); not empty: nothing is chosen, and both numbers above are -1.
    std::vector<std::pair<std::int32_t, RequestedReplicas>> assignment;
    std::vector<ConfigChange> configs;
    bool validateOnly = false; // answer as if, and write nothing
    TIDELINE_FIELDS(CreateTopicRequest, name, partitions, replicationFactor, assignment, configs,
                    validateOnly)
};

struct TopicCreated
{
    TopicIndex topic = kNone;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    TIDELINE_FIELDS(TopicCreated, topic, partitions, replicationFactor)
};

// `draw` is used when there is no assignment.
Decision<TopicCreated> createTopic(const ClusterControl& control, const CreateTopicRequest& request,
                                   const DrawBelow& draw);

} // namespace tideline::control
