// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/create_partitions.h"

#include "engine/cluster/automatic_assignment.h"

namespace tideline::control {

namespace {

using NewPartitions = Decision<std::vector<PartitionRegistration>>;

Refusal refuseCount(const CreatePartitionsRequest& request, std::int32_t existing)
{
    const std::string has = std::to_string(existing) + " partition(s)";
    if (request.count == existing)
        return {ErrorCode::InvalidPartitions, "Topic already has " + has + "."};
    if (request.count < existing) {
        return {ErrorCode::InvalidPartitions, "The topic " + request.topic + " currently has " + has + "; " +
                                                  std::to_string(request.count) +
                                                  " would not be an increase."};
    }
    const std::int32_t added = request.count - existing;
    if (request.assignments && static_cast<std::int64_t>(request.assignments->size()) != added) {
        return {ErrorCode::InvalidReplicaAssignment,
                "Attempted to add " + std::to_string(added) + " additional partition(s), but only " +
                    std::to_string(request.assignments->size()) + " assignment(s) were specified."};
    }
    return {};
}

NewPartitions assignedPartitions(const ClusterControl& control,
                                 const std::vector<RequestedReplicas>& assignments, std::int32_t number,
                                 std::size_t replicationFactor)
{
    NewPartitions partitions;
    for (const RequestedReplicas& replicas : assignments) {
        if (const Refusal refusal = refuseAssignment(control, replicas, replicationFactor); !refusal.ok())
            return refusal;
        const std::optional<PartitionRegistration> partition = newPartition(control, toBrokerIds(replicas));
        if (!partition)
            return refuseInactive(number);
        partitions.answer.push_back(*partition);
        ++number;
    }
    return partitions;
}

} // namespace

Decision<Done> createPartitions(const ClusterControl& control, const CreatePartitionsRequest& request,
                                const DrawBelow& draw)
{
    const TopicIndex topic = control.topics.find(request.topic);
    if (topic == kNone)
        return Refusal{ErrorCode::UnknownTopicOrPartition, {}};
    const auto existing = static_cast<std::int32_t>(control.topics.topic(topic)->partitions.size());
    if (const Refusal refusal = refuseCount(request, existing); !refusal.ok())
        return refusal;
    const std::size_t replicationFactor =
        control.topics.partition(control.topics.find(topic, 0))->registration.replicas.size();
    const NewPartitions partitions =
        request.assignments ? assignedPartitions(control, *request.assignments, existing, replicationFactor)
                            : placePartitions(control, request.count - existing,
                                              static_cast<std::int32_t>(replicationFactor), draw);
    if (!partitions.ok())
        return Refusal{partitions.error, partitions.message};
    Decision<Done> decision;
    if (request.validateOnly)
        return decision;
    PartitionIndex next = control.topics.nextPartition();
    std::int32_t number = existing;
    for (const PartitionRegistration& partition : partitions.answer)
        decision.records.push_back(PartitionRecord{next++, topic, number++, partition});
    return decision;
}

} // namespace tideline::control
