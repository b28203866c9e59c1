// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/automatic_assignment.h"

#include "engine/cluster/manual_assignment.h"

namespace tideline::control {

std::vector<UsableBroker> usableBrokers(const ClusterControl& control)
{
    std::vector<UsableBroker> usable;
    for (const auto& [broker, registration] : control.brokers.all()) {
        if (registration.fenced || !registration.inControlledShutdown)
            usable.push_back({broker, registration.rack, registration.fenced});
    }
    return usable;
}

Decision<std::vector<PartitionRegistration>> placePartitions(const ClusterControl& control,
                                                             std::int32_t count,
                                                             std::int32_t replicationFactor,
                                                             const DrawBelow& draw)
{
    const std::vector<UsableBroker> brokers = usableBrokers(control);
    if (std::string fault = placementFault(brokers, replicationFactor); !fault.empty())
        return Refusal{ErrorCode::InvalidReplicationFactor, std::move(fault)};
    if (replicationFactor > static_cast<std::int32_t>(BrokerIds::kCapacity)) {
        return Refusal{ErrorCode::InvalidReplicationFactor,
                       "A replication factor of " + std::to_string(replicationFactor) +
                           " is more than a partition can have; use at most " +
                           std::to_string(BrokerIds::kCapacity) + "."};
    }
    Decision<std::vector<PartitionRegistration>> placed;
    for (const BrokerIds& replicas : placeStriped(brokers, count, replicationFactor, draw)) {
        const std::optional<PartitionRegistration> partition = newPartition(control, replicas);
        if (!partition) {
            return Refusal{ErrorCode::InvalidReplicationFactor,
                           "All brokers are currently fenced or in controlled shutdown."};
        }
        placed.answer.push_back(*partition);
    }
    return placed;
}

} // namespace tideline::control
