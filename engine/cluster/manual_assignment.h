// SPDX-License-Identifier: GPL-3.0-or-later
// Manual assignment: which replica lists a person may ask for, and how a partition begins.
//
// 1. A list names registered brokers, each once, and as many as the topic's other partitions have
// (INVALID_REPLICA_ASSIGNMENT).
// 2. A partition begins with its active replicas as ISR, in the order of assignment, led by the first of
// them, and all epochs 0. Without an active replica it cannot begin.
// Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

#include <optional>
#include <vector>

namespace tideline::control {

// As a request names brokers: unchecked.
using RequestedReplicas = std::vector<BrokerId>;

Refusal refuseAssignment(const ClusterControl& control, const RequestedReplicas& replicas,
                         std::optional<std::size_t> replicationFactor);

// Of a list that was not refused.
BrokerIds toBrokerIds(const RequestedReplicas& replicas);

// None when no replica is active.
std::optional<PartitionRegistration> newPartition(const ClusterControl& control, const BrokerIds& replicas);

// Why a partition with a manual assignment cannot begin: none of its brokers is active.
Refusal refuseInactive(std::int32_t partitionNumber);

} // namespace tideline::control
