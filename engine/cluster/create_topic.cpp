// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/create_topic.h"

#include "engine/cluster/automatic_assignment.h"
#include "engine/cluster/topic_name.h"

#include <map>

namespace tideline::control {

namespace {

using NewPartitions = Decision<std::vector<PartitionRegistration>>;

Refusal refuseName(const ClusterControl& control, const std::string& name)
{
    if (control.topics.find(name) != kNone)
        return {ErrorCode::TopicAlreadyExists, "Topic '" + name + "' already exists."};
    if (std::string fault = topicNameFault(name); !fault.empty())
        return {ErrorCode::InvalidTopicException, std::move(fault)};
    if (const std::string other = control.topics.collidingWith(name); !other.empty()) {
        return {ErrorCode::InvalidTopicException,
                "Topic '" + name + "' collides with existing topic: " + other};
    }
    return {};
}

Refusal refuseBoth(const CreateTopicRequest& request)
{
    const std::string but = "A manual partition assignment was specified, but ";
    if (request.replicationFactor != -1)
        return {ErrorCode::InvalidRequest, but + "replication factor was not set to -1."};
    if (request.partitions != -1)
        return {ErrorCode::InvalidRequest, but + "numPartitions was not set to -1."};
    return {};
}

NewPartitions assignedPartitions(const ClusterControl& control, const CreateTopicRequest& request)
{
    if (const Refusal refusal = refuseBoth(request); !refusal.ok())
        return refusal;
    std::map<std::int32_t, PartitionRegistration> byNumber;
    std::optional<std::size_t> replicationFactor;
    for (const auto& [number, replicas] : request.assignment) {
        if (byNumber.contains(number)) {
            return Refusal{ErrorCode::InvalidReplicaAssignment,
                           "Found multiple manual partition assignments for partition " +
                               std::to_string(number)};
        }
        if (const Refusal refusal = refuseAssignment(control, replicas, replicationFactor); !refusal.ok())
            return refusal;
        replicationFactor = replicas.size();
        const std::optional<PartitionRegistration> partition = newPartition(control, toBrokerIds(replicas));
        if (!partition)
            return refuseInactive(number);
        byNumber[number] = *partition;
    }
    NewPartitions partitions;
    for (const auto& [number, partition] : byNumber) {
        if (number != static_cast<std::int32_t>(partitions.answer.size())) {
            return Refusal{ErrorCode::InvalidReplicaAssignment,
                           "partitions should be a consecutive 0-based integer sequence"};
        }
        partitions.answer.push_back(partition);
    }
    return partitions;
}

NewPartitions chosenPartitions(const ClusterControl& control, const CreateTopicRequest& request,
                               const DrawBelow& draw)
{
    if (request.replicationFactor < -1 || request.replicationFactor == 0) {
        return Refusal{ErrorCode::InvalidReplicationFactor,
                       "Replication factor must be larger than 0, or -1 to use the default value."};
    }
    if (request.partitions < -1 || request.partitions == 0) {
        return Refusal{ErrorCode::InvalidPartitions,
                       "Number of partitions was set to an invalid non-positive value."};
    }
    const ControlSettings& settings = control.settings;
    const std::int32_t count = request.partitions == -1 ? settings.numPartitions : request.partitions;
    const std::int32_t replicas =
        request.replicationFactor == -1 ? settings.defaultReplicationFactor : request.replicationFactor;
    NewPartitions placed = placePartitions(control, count, replicas, draw);
    if (!placed.ok()) {
        placed.message =
            "Unable to replicate the partition " + std::to_string(replicas) + " time(s): " + placed.message;
    }
    return placed;
}

} // namespace

Decision<TopicCreated> createTopic(const ClusterControl& control, const CreateTopicRequest& request,
                                   const DrawBelow& draw)
{
    if (const Refusal refusal = refuseName(control, request.name); !refusal.ok())
        return refusal;
    const TopicIndex topic = control.topics.nextTopic();
    Decision<TopicCreated> decision;
    Records configs;
    if (const Refusal refusal = changeConfigs(control, {ConfigLevel::Topic, topic}, request.configs, configs);
        !refusal.ok())
        return refusal;
    const NewPartitions partitions = request.assignment.empty() ? chosenPartitions(control, request, draw)
                                                                : assignedPartitions(control, request);
    if (!partitions.ok())
        return Refusal{partitions.error, partitions.message};
    decision.answer = {topic, static_cast<std::int32_t>(partitions.answer.size()),
                       static_cast<std::int32_t>(partitions.answer.front().replicas.size())};
    if (request.validateOnly)
        return decision;
    decision.records.push_back(TopicRecord{topic, request.name});
    decision.records.insert(decision.records.end(), configs.begin(), configs.end());
    PartitionIndex next = control.topics.nextPartition();
    std::int32_t number = 0;
    for (const PartitionRegistration& partition : partitions.answer)
        decision.records.push_back(PartitionRecord{next++, topic, number++, partition});
    return decision;
}

} // namespace tideline::control
