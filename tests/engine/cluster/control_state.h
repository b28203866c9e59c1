// SPDX-License-Identifier: GPL-3.0-or-later
// A controller's state with brokers and topics in it, for the tests of its rules.
#pragma once

#include "engine/base/hash.h"
#include "engine/cluster/broker_heartbeat.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/register_broker.h"

#include <string>
#include <utility>
#include <vector>

namespace tideline::control::tests {

inline std::uint32_t firstDraw(std::uint32_t)
{
    return 0;
}

inline std::uint64_t hashOf(const ClusterControl& control)
{
    Hasher hasher;
    hashValue(hasher, control);
    return hasher.digest();
}

// What the active controller does with a heartbeat.
inline BrokerHeartbeatAnswer heartbeat(ClusterControl& control, BrokerHeartbeatRequest request, Micros now)
{
    control.sessions.heard({request.broker, request.brokerEpoch}, now);
    const auto decision = judgeHeartbeat(control, request);
    replay(control, decision.records);
    control.sessions.answered(request.broker, decision.answer.fenced, request.metadataOffset);
    if (decision.answer.inControlledShutdown)
        control.sessions.enteredControlledShutdown(request.broker, control.nextOffset - 1);
    return decision.answer;
}

inline std::int64_t epochOf(const ClusterControl& control, BrokerId broker)
{
    return control.brokers.find(broker)->brokerEpoch;
}

// Registers the broker, in its first incarnation, and unfences it.
inline void start(ClusterControl& control, BrokerId broker, Micros now = 0)
{
    replay(control, registerBroker(control, {broker, 1, {}, -1}, now).records);
    heartbeat(control, {broker, epochOf(control, broker), false, false, control.nextOffset}, now);
}

inline ClusterControl withBrokers(ControlSettings settings, BrokerId count)
{
    ClusterControl control(settings, 0);
    for (BrokerId broker = 1; broker <= count; ++broker)
        start(control, broker);
    return control;
}

// Creates a topic with these replica lists.
inline TopicIndex create(ClusterControl& control, const std::string& name,
                         const std::vector<RequestedReplicas>& partitions)
{
    CreateTopicRequest request;
    request.name = name;
    std::int32_t number = 0;
    for (const RequestedReplicas& replicas : partitions)
        request.assignment.emplace_back(number++, replicas);
    const auto decision = createTopic(control, request, firstDraw);
    replay(control, decision.records);
    return decision.answer.topic;
}

inline const PartitionRegistration& partition(const ClusterControl& control, PartitionIndex index)
{
    return control.topics.partition(index)->registration;
}

} // namespace tideline::control::tests
