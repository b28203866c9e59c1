// SPDX-License-Identifier: GPL-3.0-or-later
// RangeAssignor: each topic by itself, its partitions in consecutive ranges to its subscribers in order.
//
// P partitions over n members: the first P mod n get one more than the others. When members have racks and
// the replicas are not on all of them, partitions go first to members in a rack of one of their replicas, as
// far as the same shares allow; topics with the same subscribers and partition counts stay co-partitioned.
// Source: RangeAssignor of Kafka, KIP-881. A pure function; any thread.
#pragma once

#include "engine/clients/group_assignment.h"

#include <vector>

namespace tideline {

GroupAssignment assignRange(const std::vector<GroupMember>& members, const AssignableTopics& topics);

} // namespace tideline
