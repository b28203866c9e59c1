// SPDX-License-Identifier: GPL-3.0-or-later
// Automatic assignment: replicas chosen by striped placement (striped_placement.h) over the brokers that are
// registered, but for those in controlled shutdown. Pure but for its draws; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"
#include "engine/cluster/striped_placement.h"

#include <vector>

namespace tideline::control {

// In ascending order of their ids.
std::vector<UsableBroker> usableBrokers(const ClusterControl& control);

// `count` >= 0 new partitions. INVALID_REPLICATION_FACTOR when the brokers do not suffice.
Decision<std::vector<PartitionRegistration>> placePartitions(const ClusterControl& control,
                                                             std::int32_t count,
                                                             std::int32_t replicationFactor,
                                                             const DrawBelow& draw);

} // namespace tideline::control
