// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topic_configs.h"

#include "engine/cluster/config_value.h"

#include <algorithm>
#include <limits>

namespace tideline::control {

std::optional<std::string> TopicConfigs::valueAt(const ConfigResource& resource, const std::string& key) const
{
    const auto& all = allAt(resource);
    const auto found = all.find(key);
    return found == all.end() ? std::nullopt : std::optional<std::string>(found->second);
}

const std::map<std::string, std::string>& TopicConfigs::allAt(const ConfigResource& resource) const
{
    static const std::map<std::string, std::string> none;
    const auto found = values_->find(resource);
    return found == values_->end() ? none : found->second;
}

std::optional<std::string> TopicConfigs::effective(TopicIndex topic, const std::string& key,
                                                   BrokerId node) const
{
    if (values_->empty())
        return std::nullopt;
    for (const ConfigResource& level :
         {ConfigResource{ConfigLevel::Topic, topic}, ConfigResource{ConfigLevel::Broker, node},
          ConfigResource{ConfigLevel::Cluster, kNone}}) {
        if (std::optional<std::string> value = valueAt(level, key))
            return value;
    }
    return std::nullopt;
}

std::optional<std::string> TopicConfigs::ofBroker(BrokerId broker, const std::string& key) const
{
    std::optional<std::string> own = valueAt({ConfigLevel::Broker, broker}, key);
    return own ? own : valueAt({ConfigLevel::Cluster, kNone}, key);
}

std::int32_t TopicConfigs::minInsyncReplicas(TopicIndex topic, BrokerId node) const
{
    const std::optional<std::string> value =
        effective(topic, kMinInsyncReplicas, node == kNone ? controller_ : node);
    if (!value)
        return server_.minInsyncReplicas;
    const std::int64_t number = parseInt64(*value).value_or(server_.minInsyncReplicas);
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(number, 1, std::numeric_limits<std::int32_t>::max()));
}

bool TopicConfigs::uncleanLeaderElection(TopicIndex topic) const
{
    const std::optional<std::string> value = effective(topic, kUncleanLeaderElection, controller_);
    return value ? parseBoolean(*value).value_or(false) : server_.uncleanLeaderElection;
}

void TopicConfigs::replay(const ConfigRecord& record)
{
    auto& all = values_.edit();
    auto& values = all[record.resource];
    if (record.value)
        values[record.key] = *record.value;
    else
        values.erase(record.key);
    if (values.empty())
        all.erase(record.resource);
}

void TopicConfigs::replay(const RemoveTopicRecord& record)
{
    const ConfigResource resource{ConfigLevel::Topic, record.topic};
    if (values_->contains(resource))
        values_.edit().erase(resource);
}

} // namespace tideline::control
