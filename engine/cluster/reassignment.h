// SPDX-License-Identifier: GPL-3.0-or-later
// Reassignment: the replicas of a partition are to be others (KIP-455).
//
// 1. Until the new ones are in sync the partition has both: the target in its order, then those that are to
// leave; `adding` and `removing` say which. It is done when all that are added are in sync (or, when none
// are, all that stay); then those to be removed leave, and another leader is elected if they had it. A target
// that adds nobody is done at once.
// 2. A second request while one runs sets the target anew. What the first one was adding stays in `adding`
// unless the second adds somebody itself, as recorded from Kafka 4.4; brokers in both lists then keep the
// reassignment from finishing.
// 3. Cancelling takes out what was being added. If nobody would be in sync then, it needs an unclean
// election, and is refused where the topic allows none. Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"
#include "engine/cluster/manual_assignment.h"

#include <optional>
#include <string>

namespace tideline::control {

struct ReassignPartitionRequest
{
    std::string topic;
    std::int32_t number = 0;                 // of the partition within the topic
    std::optional<RequestedReplicas> target; // none: cancel
    TIDELINE_FIELDS(ReassignPartitionRequest, topic, number, target)
};

// UNKNOWN_TOPIC_OR_PARTITION, INVALID_REPLICA_ASSIGNMENT, NO_REASSIGNMENT_IN_PROGRESS.
Decision<Done> reassignPartition(const ClusterControl& control, const ReassignPartitionRequest& request);

bool isReassigning(const PartitionRegistration& partition);

} // namespace tideline::control
