// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/alter_config.h"

#include "engine/cluster/config_value.h"

#include <map>

namespace tideline::control {

namespace {

Refusal invalidConfig(std::string sentence)
{
    return {ErrorCode::InvalidConfig, std::move(sentence)};
}

// The whole of what a topic would be configured with is judged: first all keys, then all values.
Refusal judgeTopicConfigs(const std::map<std::string, std::string>& configs)
{
    for (const auto& [key, value] : configs) {
        if (!isTopicConfig(key))
            return invalidConfig(topicConfigFault(key, value));
    }
    for (const auto& [key, value] : configs) {
        if (std::string fault = topicConfigFault(key, value); !fault.empty())
            return invalidConfig(std::move(fault));
    }
    return {};
}

// The brokers judge their own settings; the controller looks at those that it follows itself.
Refusal judgeServerConfigs(const std::map<std::string, std::string>& configs)
{
    for (const std::string& key : {kMinInsyncReplicas, kUncleanLeaderElection}) {
        const auto found = configs.find(key);
        if (found == configs.end())
            continue;
        if (std::string fault = topicConfigFault(key, found->second); !fault.empty())
            return invalidConfig(std::move(fault));
    }
    return {};
}

Refusal refuseUnderElr(const ConfigResource& resource, const ConfigChange& change)
{
    if (change.key != kMinInsyncReplicas)
        return {};
    if (resource.level == ConfigLevel::Broker)
        return invalidConfig("Broker-level min.insync.replicas cannot be altered while ELR is enabled.");
    if (resource.level == ConfigLevel::Cluster && !change.value)
        return invalidConfig("Cluster-level min.insync.replicas cannot be removed while ELR is enabled.");
    return {};
}

} // namespace

Refusal changeConfigs(const ClusterControl& control, const ConfigResource& resource,
                      const std::vector<ConfigChange>& changes, Records& records)
{
    const bool elr = control.settings.eligibleLeaderReplicas;
    std::map<std::string, std::string> configs = control.configs.allAt(resource);
    Records written;
    bool minIsrChanged = false;
    for (const ConfigChange& change : changes) {
        if (const Refusal refusal = refuseUnderElr(resource, change); elr && !refusal.ok())
            return refusal;
        const bool same = control.configs.valueAt(resource, change.key) == change.value;
        if (change.value)
            configs[change.key] = *change.value;
        else
            configs.erase(change.key);
        if (same && resource.level != ConfigLevel::Broker)
            continue;
        written.push_back(ConfigRecord{resource, change.key, change.value});
        minIsrChanged = minIsrChanged || change.key == kMinInsyncReplicas;
    }
    const Refusal refusal =
        resource.level == ConfigLevel::Topic ? judgeTopicConfigs(configs) : judgeServerConfigs(configs);
    if (!refusal.ok())
        return refusal;
    records.insert(records.end(), written.begin(), written.end());
    if (elr && minIsrChanged)
        records.push_back(ClearElrRecord{resource.level == ConfigLevel::Topic ? resource.id : kNone});
    return {};
}

Decision<Done> alterConfig(const ClusterControl& control, const AlterConfigRequest& request)
{
    ConfigResource resource{request.level, kNone};
    if (request.level == ConfigLevel::Topic)
        resource.id = control.topics.find(request.topic);
    else if (request.level == ConfigLevel::Broker)
        resource.id = request.broker;
    Decision<Done> decision;
    if (const Refusal refusal = changeConfigs(control, resource, request.changes, decision.records);
        !refusal.ok())
        return refusal;
    if (request.level == ConfigLevel::Topic && resource.id == kNone) {
        return Refusal{ErrorCode::UnknownTopicOrPartition,
                       "The topic '" + request.topic + "' does not exist."};
    }
    return decision;
}

} // namespace tideline::control
