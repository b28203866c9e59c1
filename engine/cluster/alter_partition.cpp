// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/alter_partition.h"

#include <algorithm>

namespace tideline::control {

namespace {

ErrorCode judgeEpochs(const AlterPartitionRequest& request, const PartitionRegistration& partition)
{
    if (request.leaderEpoch > partition.leaderEpoch || request.partitionEpoch > partition.partitionEpoch)
        return ErrorCode::NotController;
    if (request.leaderEpoch < partition.leaderEpoch)
        return ErrorCode::FencedLeaderEpoch;
    if (request.broker != partition.leader)
        return ErrorCode::InvalidRequest;
    if (request.partitionEpoch < partition.partitionEpoch)
        return ErrorCode::InvalidUpdateVersion;
    return ErrorCode::None;
}

// Whether the ISR names replicas of the partition, each once.
bool namesReplicasOnce(const std::vector<ProposedIsrMember>& isr, const BrokerIds& replicas)
{
    return std::all_of(isr.begin(), isr.end(), [&](const ProposedIsrMember& member) {
        const auto same = [&](const ProposedIsrMember& other) { return other.broker == member.broker; };
        return replicas.contains(member.broker) && std::count_if(isr.begin(), isr.end(), same) == 1;
    });
}

ErrorCode judgeIsr(const AlterPartitionRequest& request, const PartitionRegistration& partition)
{
    const auto isLeader = [&](const ProposedIsrMember& member) { return member.broker == partition.leader; };
    const bool recovering = request.recovery == LeaderRecovery::Recovering;
    const bool valid = namesReplicasOnce(request.isr, partition.replicas) &&
                       std::any_of(request.isr.begin(), request.isr.end(), isLeader) &&
                       !(recovering && request.isr.size() > 1) &&
                       !(recovering && partition.recovery == LeaderRecovery::Recovered);
    return valid ? ErrorCode::None : ErrorCode::InvalidRequest;
}

bool eligible(const ClusterControl& control, const ProposedIsrMember& member)
{
    const BrokerRegistration* registration = control.brokers.find(member.broker);
    return registration && registration->active() &&
           (member.brokerEpoch == -1 || member.brokerEpoch == registration->brokerEpoch);
}

ErrorCode judge(const ClusterControl& control, const AlterPartitionRequest& request,
                const PartitionRegistration& partition)
{
    if (const ErrorCode error = judgeEpochs(request, partition); error != ErrorCode::None)
        return error;
    if (const ErrorCode error = judgeIsr(request, partition); error != ErrorCode::None)
        return error;
    const bool allEligible =
        std::all_of(request.isr.begin(), request.isr.end(),
                    [&](const ProposedIsrMember& member) { return eligible(control, member); });
    return allEligible ? ErrorCode::None : ErrorCode::IneligibleReplica;
}

} // namespace

Decision<PartitionRegistration> alterPartition(const ClusterControl& control,
                                               const AlterPartitionRequest& request)
{
    if (const Refusal refusal = control.brokers.checkEpoch(request.broker, request.brokerEpoch);
        !refusal.ok())
        return refusal;
    if (!control.topics.topic(request.topic))
        return Refusal{ErrorCode::UnknownTopicId, {}};
    const PartitionIndex index = control.topics.find(request.topic, request.number);
    if (index == kNone)
        return Refusal{ErrorCode::UnknownTopicOrPartition, {}};
    Decision<PartitionRegistration> decision;
    decision.answer = control.topics.partition(index)->registration;
    decision.error = judge(control, request, decision.answer);
    if (!decision.ok())
        return decision;
    RequestedChange change;
    change.election = electionKind(control, request.topic);
    change.recovery = request.recovery;
    change.isr = BrokerIds{};
    for (const ProposedIsrMember& member : request.isr)
        change.isr->push(member.broker);
    if (auto record = changeRecord(control, index, change, activeMayLead(control))) {
        apply(decision.answer, record->change);
        decision.records.push_back(*std::move(record));
    }
    if (decision.answer.leader != request.broker)
        decision.error = ErrorCode::NewLeaderElected;
    return decision;
}

} // namespace tideline::control
