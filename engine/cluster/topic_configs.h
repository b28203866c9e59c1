// SPDX-License-Identifier: GPL-3.0-or-later
// TopicConfigs: what has been configured at which level, and what therefore holds for a topic.
//
// 1. The nearest level that sets a key wins: the topic, the controller's own broker level, the dynamic
// default of the cluster, server.properties.
// 2. The controller needs two keys itself: min.insync.replicas and unclean.leader.election.enable. Topic
// records carry the other keys for the brokers.
// A copyable value that only replay() changes; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/cluster/control_records.h"

#include <map>
#include <optional>
#include <string>

namespace tideline::control {

// What server.properties says of the keys that can be set for a topic too.
struct ServerProperties
{
    std::int32_t minInsyncReplicas = 1;
    bool uncleanLeaderElection = false;
    TIDELINE_FIELDS(ServerProperties, minInsyncReplicas, uncleanLeaderElection)
};

class TopicConfigs
{
public:
    TopicConfigs() = default;
    // `controller` is the node id under which broker-level settings are looked up.
    TopicConfigs(ServerProperties server, BrokerId controller)
        : server_(server)
        , controller_(controller)
    {}

    // min.insync.replicas of the topic, >= 1, before it is capped by the replication factor. `node`: whose
    // broker level counts; kNone: the controller's.
    std::int32_t minInsyncReplicas(TopicIndex topic, BrokerId node = kNone) const;
    // What holds for a key that is set for brokers only: the broker's own level, then the default of all.
    std::optional<std::string> ofBroker(BrokerId broker, const std::string& key) const;
    bool uncleanLeaderElection(TopicIndex topic) const;

    // What is set at exactly this level; none when nothing is.
    std::optional<std::string> valueAt(const ConfigResource& resource, const std::string& key) const;
    // All that is set at exactly this level, by key.
    const std::map<std::string, std::string>& allAt(const ConfigResource& resource) const;

    void replay(const ConfigRecord& record);
    // The topic's own configuration goes with it.
    void replay(const RemoveTopicRecord& record);

    TIDELINE_FIELDS(TopicConfigs, server_, controller_, values_)

private:
    std::optional<std::string> effective(TopicIndex topic, const std::string& key, BrokerId node) const;

    ServerProperties server_;
    BrokerId controller_ = kNone;
    Cow<std::map<ConfigResource, std::map<std::string, std::string>>> values_;
};

} // namespace tideline::control
