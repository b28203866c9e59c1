// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a partition is under-replicated: fewer replicas are in sync than it is to have.
//
// What a reassignment is adding does not count before it is there, so that moving a healthy partition is no
// alarm. Source: Partition.isUnderReplicated and OngoingReassignmentState.replicationFactor of Kafka. A pure
// function.
#pragma once

#include "engine/cluster/leader_election.h"

#include <algorithm>

namespace tideline {

inline bool isUnderReplicated(const PartitionRegistration& partition)
{
    const auto wanted = std::count_if(partition.replicas.begin(), partition.replicas.end(),
                                      [&](BrokerId broker) { return !partition.adding.contains(broker); });
    return static_cast<std::ptrdiff_t>(partition.isr.size()) < wanted;
}

} // namespace tideline
