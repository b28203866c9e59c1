// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/reassignment.h"

#include "engine/cluster/without_brokers.h"

#include <algorithm>

namespace tideline::control {

namespace {

// Those of `ids` that are not in `others`, in ascending order.
RequestedReplicas difference(RequestedReplicas ids, const RequestedReplicas& others)
{
    std::erase_if(ids,
                  [&](BrokerId id) { return std::find(others.begin(), others.end(), id) != others.end(); });
    std::sort(ids.begin(), ids.end());
    return ids;
}

Decision<Done> changeOf(const ClusterControl& control, PartitionIndex index, const RequestedChange& request)
{
    Decision<Done> decision;
    if (auto record = changeRecord(control, index, request, activeMayLead(control)))
        decision.records.push_back(*std::move(record));
    return decision;
}

Decision<Done> start(const ClusterControl& control, PartitionIndex index,
                     const PartitionRegistration& partition, const RequestedReplicas& target)
{
    if (const Refusal refusal = refuseAssignment(control, target, {}); !refusal.ok())
        return refusal;
    const RequestedReplicas current(partition.replicas.begin(), partition.replicas.end());
    const RequestedReplicas removing = difference(current, target);
    const RequestedReplicas adding = difference(target, current);
    if (target.size() + removing.size() > BrokerIds::kCapacity) {
        return Refusal{ErrorCode::InvalidReplicaAssignment,
                       "The reassignment needs " + std::to_string(target.size() + removing.size()) +
                           " replicas while it runs; move at most " + std::to_string(BrokerIds::kCapacity) +
                           " at a time."};
    }
    RequestedReplicas replicas = target;
    replicas.insert(replicas.end(), removing.begin(), removing.end());
    RequestedChange request;
    request.replicas = toBrokerIds(replicas);
    if (!removing.empty())
        request.removing = toBrokerIds(removing);
    if (!adding.empty())
        request.adding = toBrokerIds(adding);
    return changeOf(control, index, request);
}

Decision<Done> cancel(const ClusterControl& control, PartitionIndex index, const Partition& partition,
                      const std::string& topic)
{
    const PartitionRegistration& before = partition.registration;
    if (!isReassigning(before))
        return Refusal{ErrorCode::NoReassignmentInProgress, {}};
    RequestedChange request;
    request.election = electionKind(control, partition.topic);
    request.replicas = without(before.replicas, before.adding);
    request.isr = without(before.isr, before.adding);
    request.adding = BrokerIds{};
    request.removing = BrokerIds{};
    if (request.replicas->empty()) {
        return Refusal{ErrorCode::InvalidReplicaAssignment,
                       "Invalid replica assignment: addingReplicas contains all replicas."};
    }
    if (request.isr->empty()) {
        if (request.election != ElectionKind::Unclean) {
            return Refusal{ErrorCode::InvalidReplicaAssignment,
                           "Unable to revert partition assignment for " + topic + ":" +
                               std::to_string(partition.number) +
                               " because it would require an unclean leader election."};
        }
        request.isr = BrokerIds{(*request.replicas)[0]};
    }
    return changeOf(control, index, request);
}

} // namespace

bool isReassigning(const PartitionRegistration& partition)
{
    return !partition.adding.empty() || !partition.removing.empty();
}

Decision<Done> reassignPartition(const ClusterControl& control, const ReassignPartitionRequest& request)
{
    const TopicIndex topic = control.topics.find(request.topic);
    if (topic == kNone) {
        return Refusal{ErrorCode::UnknownTopicOrPartition,
                       "Unable to find a topic named " + request.topic + "."};
    }
    const PartitionIndex index = control.topics.find(topic, request.number);
    if (index == kNone) {
        return Refusal{ErrorCode::UnknownTopicOrPartition, "Unable to find partition " + request.topic + ":" +
                                                               std::to_string(request.number) + "."};
    }
    const Partition& partition = *control.topics.partition(index);
    return request.target ? start(control, index, partition.registration, *request.target)
                          : cancel(control, index, partition, request.topic);
}

} // namespace tideline::control
