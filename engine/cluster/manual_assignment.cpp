// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/manual_assignment.h"

#include <algorithm>

namespace tideline::control {

namespace {

Refusal invalid(const std::string& what)
{
    return {ErrorCode::InvalidReplicaAssignment, "The manual partition assignment includes " + what};
}

} // namespace

Refusal refuseAssignment(const ClusterControl& control, const RequestedReplicas& replicas,
                         std::optional<std::size_t> replicationFactor)
{
    if (replicas.empty())
        return invalid("an empty replica list.");
    RequestedReplicas sorted = replicas;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const std::string broker = std::to_string(sorted[i]);
        if (!control.brokers.find(sorted[i]))
            return invalid("broker " + broker + ", but no such broker is registered.");
        if (i > 0 && sorted[i] == sorted[i - 1])
            return invalid("the broker " + broker + " more than once.");
    }
    if (replicationFactor && replicas.size() != *replicationFactor) {
        return invalid("a partition with " + std::to_string(replicas.size()) +
                       " replica(s), but this is not consistent with previous partitions, which have " +
                       std::to_string(*replicationFactor) + " replica(s).");
    }
    if (replicas.size() > BrokerIds::kCapacity) {
        return invalid(std::to_string(replicas.size()) + " replicas for a partition; use at most " +
                       std::to_string(BrokerIds::kCapacity) + ".");
    }
    return {};
}

BrokerIds toBrokerIds(const RequestedReplicas& replicas)
{
    BrokerIds ids;
    for (const BrokerId broker : replicas)
        ids.push(broker);
    return ids;
}

std::optional<PartitionRegistration> newPartition(const ClusterControl& control, const BrokerIds& replicas)
{
    PartitionRegistration partition;
    partition.replicas = replicas;
    for (const BrokerId broker : replicas) {
        if (control.brokers.active(broker))
            partition.isr.push(broker);
    }
    if (partition.isr.empty())
        return std::nullopt;
    partition.leader = partition.isr[0];
    return partition;
}

Refusal refuseInactive(std::int32_t partitionNumber)
{
    return {ErrorCode::InvalidReplicaAssignment,
            "All brokers specified in the manual partition assignment for partition " +
                std::to_string(partitionNumber) + " are fenced or in controlled shutdown."};
}

} // namespace tideline::control
