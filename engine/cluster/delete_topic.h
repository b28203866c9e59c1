// SPDX-License-Identifier: GPL-3.0-or-later
// Delete a topic: it is gone from the metadata at once, with its configuration and whatever reassignment
// runs. A topic made again under the same name is another one. Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

#include <string>

namespace tideline::control {

// UNKNOWN_TOPIC_OR_PARTITION is the only error.
inline Decision<Done> deleteTopic(const ClusterControl& control, const std::string& name)
{
    const TopicIndex topic = control.topics.find(name);
    if (topic == kNone)
        return Refusal{ErrorCode::UnknownTopicOrPartition, {}};
    Decision<Done> decision;
    decision.records.push_back(RemoveTopicRecord{topic});
    return decision;
}

} // namespace tideline::control
