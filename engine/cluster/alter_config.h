// SPDX-License-Identifier: GPL-3.0-or-later
// Alter a configuration: set or take away keys of a topic, a broker or the whole cluster.
//
// 1. Unknown keys and values outside a key's range are refused (INVALID_CONFIG), and then nothing of the
// request is done.
// 2. A key that already has the value is not written again, except at broker level.
// 3. With ELR, a change of min.insync.replicas empties the ELR of all partitions that it concerns, may not be
// made for a single broker, and cannot be taken away from the cluster (KIP-966).
// Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline::control {

struct ConfigChange
{
    std::string key;
    std::optional<std::string> value; // none: back to what the next level says
    TIDELINE_FIELDS(ConfigChange, key, value)
};

struct AlterConfigRequest
{
    ConfigLevel level = ConfigLevel::Topic;
    std::string topic;       // at topic level
    BrokerId broker = kNone; // at broker level
    std::vector<ConfigChange> changes;
    TIDELINE_FIELDS(AlterConfigRequest, level, topic, broker, changes)
};

// UNKNOWN_TOPIC_OR_PARTITION when there is no such topic, after the values have been judged.
Decision<Done> alterConfig(const ClusterControl& control, const AlterConfigRequest& request);

// Appends the records of changes to `resource`, which need not exist yet, unless they are refused.
Refusal changeConfigs(const ClusterControl& control, const ConfigResource& resource,
                      const std::vector<ConfigChange>& changes, Records& records);

} // namespace tideline::control
