// SPDX-License-Identifier: GPL-3.0-or-later
// Create partitions: a topic gets more of them; it never has fewer.
//
// The new ones have as many replicas as partition 0, a reassignment that runs included. Existing partitions
// stay where they are, and placement starts as for a new topic. Pure but for its draws; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"
#include "engine/cluster/manual_assignment.h"
#include "engine/cluster/striped_placement.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline::control {

struct CreatePartitionsRequest
{
    std::string topic;
    std::int32_t count = 0; // of all partitions, the existing ones included
    // For the new ones, in the order of their numbers; none: chosen.
    std::optional<std::vector<RequestedReplicas>> assignments;
    bool validateOnly = false; // answer as if, and write nothing
    TIDELINE_FIELDS(CreatePartitionsRequest, topic, count, assignments, validateOnly)
};

// `draw` is used when there are no assignments.
Decision<Done> createPartitions(const ClusterControl& control, const CreatePartitionsRequest& request,
                                const DrawBelow& draw);

} // namespace tideline::control
