// SPDX-License-Identifier: GPL-3.0-or-later
// ClusterControl: all that the rules of the controller know, as one value, and the one way in which it
// changes.
//
// 1. A request goes to its rule (register_broker.h, broker_heartbeat.h, create_topic.h,
// create_partitions.h, delete_topic.h, alter_partition.h, reassignment.h, elect_leaders.h, alter_config.h),
// which judges it against this state and answers with records.
// 2. The records are appended to the metadata log and replayed in order: only replay() changes what is known.
// A controller that follows the log therefore knows the same.
// 3. `sessions` is the exception: heartbeats are not written down. It means something on the active
// controller only, which begins with activate(). A copyable value, cheap to copy; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/cluster/broker_registry.h"
#include "engine/cluster/broker_sessions.h"
#include "engine/cluster/control_records.h"
#include "engine/cluster/topic_configs.h"
#include "engine/cluster/topic_registry.h"

#include <cstdint>
#include <optional>

namespace tideline::control {

// What the controller is started with.
struct ControlSettings
{
    Micros brokerSessionTimeout = 9 * kMicrosPerSecond; // broker.session.timeout.ms
    bool eligibleLeaderReplicas = false;                // eligible.leader.replicas.version = 1
    std::int32_t numPartitions = 1;                     // num.partitions
    std::int32_t defaultReplicationFactor = 1;          // default.replication.factor
    BrokerId controller = kNone;                        // node.id, under which broker-level settings count
    ServerProperties server;
    TIDELINE_FIELDS(ControlSettings, brokerSessionTimeout, eligibleLeaderReplicas, numPartitions,
                    defaultReplicationFactor, controller, server)
};

struct ClusterControl
{
    ClusterControl() = default;
    // `logEnd`: the offset that the next record gets.
    ClusterControl(const ControlSettings& with, Offset logEnd)
        : settings(with)
        , nextOffset(logEnd)
        , configs(with.server, with.controller)
    {}

    ControlSettings settings;
    Offset nextOffset = 0; // of the next record
    BrokerRegistry brokers;
    TopicRegistry topics;
    TopicConfigs configs;
    BrokerSessions sessions;
    TIDELINE_FIELDS(ClusterControl, settings, nextOffset, brokers, topics, configs, sessions)
};

void replay(ClusterControl& control, const Record& record);
void replay(ClusterControl& control, const Records& records);

// This controller has become the active one: every session begins anew.
void activate(ClusterControl& control, Micros now);

// How a partition of the topic elects: its min.insync.replicas is capped by the replication factor of its
// first partition.
ElectionRules electionRules(const ClusterControl& control, TopicIndex topic);

// Unclean when the topic allows it, Online otherwise.
ElectionKind electionKind(const ClusterControl& control, TopicIndex topic);

// Active brokers may lead. Valid as long as `control`.
MayLead activeMayLead(const ClusterControl& control);

// The record that follows from a change of a partition that exists; none when it changes nothing.
std::optional<PartitionChangeRecord> changeRecord(const ClusterControl& control, PartitionIndex partition,
                                                  const RequestedChange& request, const MayLead& mayLead);

} // namespace tideline::control
