// SPDX-License-Identifier: GPL-3.0-or-later
// Control records: what the controller's rules write to the metadata log, under the names of Kafka's records.
//
// 1. A rule (register_broker.h, alter_partition.h, ...) never changes the controller's state: it answers with
// records, and control::replay() (cluster_control.h) is the one way in which they take effect.
// 2. What a record does not set stays as it is.
// 3. Topics and partitions are named by dense indexes that are never used twice: a topic that is made again
// under an old name has another index, as it has another topic id in Kafka.
// Plain values.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/cluster/leader_election.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tideline::control {

using tideline::operator==; // so that containers of the structs below compare by their field lists

// What a configuration belongs to. The nearer level wins: topic, broker, cluster.
enum class ConfigLevel : std::uint8_t {
    Cluster, // the dynamic default of all brokers
    Broker,
    Topic,
};

struct ConfigResource
{
    ConfigLevel level = ConfigLevel::Cluster;
    std::int32_t id = kNone; // broker id or topic index; kNone for the cluster
    TIDELINE_FIELDS(ConfigResource, level, id)

    bool operator<(const ConfigResource& other) const
    {
        return level != other.level ? level < other.level : id < other.id;
    }
};

struct RegisterBrokerRecord
{
    BrokerId broker = 0;
    std::int64_t incarnation = 0; // tells one start of the process from the next
    std::int64_t brokerEpoch = 0; // where the log ended when this incarnation came
    std::string rack;             // empty: none
    bool fenced = true;
    bool inControlledShutdown = false;
    TIDELINE_FIELDS(RegisterBrokerRecord, broker, incarnation, brokerEpoch, rack, fenced,
                    inControlledShutdown)
};

struct BrokerRegistrationChangeRecord
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    std::optional<bool> fenced;
    std::optional<bool> inControlledShutdown;
    TIDELINE_FIELDS(BrokerRegistrationChangeRecord, broker, brokerEpoch, fenced, inControlledShutdown)
};

struct UnregisterBrokerRecord
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    TIDELINE_FIELDS(UnregisterBrokerRecord, broker, brokerEpoch)
};

struct TopicRecord
{
    TopicIndex topic = 0;
    std::string name;
    TIDELINE_FIELDS(TopicRecord, topic, name)
};

struct RemoveTopicRecord
{
    TopicIndex topic = 0;
    TIDELINE_FIELDS(RemoveTopicRecord, topic)
};

struct PartitionRecord
{
    PartitionIndex partition = 0; // the next free one
    TopicIndex topic = 0;
    std::int32_t number = 0; // within the topic
    PartitionRegistration registration;
    TIDELINE_FIELDS(PartitionRecord, partition, topic, number, registration)
};

struct PartitionChangeRecord
{
    PartitionIndex partition = 0;
    PartitionChange change;
    TIDELINE_FIELDS(PartitionChangeRecord, partition, change)
};

struct ConfigRecord
{
    ConfigResource resource;
    std::string key;
    std::optional<std::string> value; // none: the key is taken away
    TIDELINE_FIELDS(ConfigRecord, resource, key, value)
};

// min.insync.replicas has changed, so who was eligible under the old one is no longer (KIP-966).
struct ClearElrRecord
{
    TopicIndex topic = kNone; // kNone: every topic
    TIDELINE_FIELDS(ClearElrRecord, topic)
};

using Record =
    std::variant<RegisterBrokerRecord, BrokerRegistrationChangeRecord, UnregisterBrokerRecord, TopicRecord,
                 RemoveTopicRecord, PartitionRecord, PartitionChangeRecord, ConfigRecord, ClearElrRecord>;
using Records = std::vector<Record>;

} // namespace tideline::control
