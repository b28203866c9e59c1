// SPDX-License-Identifier: GPL-3.0-or-later
// judgeAdmin: Kafka's decision on an administrator's request: an error with its sentence, or the records that
// carry it out.
//
// The same rule answers before the act, so that a person gets Kafka's words, and again when the request
// reaches the controller, which may know more by then. Pure; any thread.
#pragma once

#include "engine/cluster/admin_request.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"
#include "engine/cluster/striped_placement.h"

namespace tideline {

// `draw` places replicas that the request does not place; which of the possible places it chooses changes
// nothing about whether the request is refused.
control::Decision<control::Done> judgeAdmin(const control::ClusterControl& control,
                                            const AdminRequest& request, const DrawBelow& draw);
// For the error alone: the first place that is possible.
control::Decision<control::Done> judgeAdmin(const control::ClusterControl& control,
                                            const AdminRequest& request);

} // namespace tideline
