// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/elect_leaders.h"

namespace tideline::control {

namespace {

// An election says what its error code means, also where other requests leave that out.
Refusal withText(ErrorCode error)
{
    return {error, std::string(errorText(error))};
}

bool notNeeded(const PartitionRegistration& partition, ElectionKind election)
{
    return election == ElectionKind::Preferred ? partition.leader == partition.replicas[0]
                                               : partition.leader != kNone;
}

std::optional<PartitionChangeRecord> elect(const ClusterControl& control, PartitionIndex partition,
                                           ElectionKind election)
{
    RequestedChange request;
    request.election = election;
    return changeRecord(control, partition, request, activeMayLead(control));
}

template <class Wanted>
Decision<MoreElections> electEach(const ClusterControl& control, const PartitionSet& partitions,
                                  ElectionKind election, std::size_t maxElections, const Wanted& wanted)
{
    Decision<MoreElections> decision;
    partitions.visitWhile([&](PartitionIndex partition) {
        if (decision.records.size() >= maxElections)
            return false;
        if (wanted(*control.topics.partition(partition))) {
            if (auto record = elect(control, partition, election))
                decision.records.push_back(*std::move(record));
        }
        return true;
    });
    decision.answer.more = decision.records.size() >= maxElections;
    return decision;
}

} // namespace

Decision<Done> electLeader(const ClusterControl& control, const ElectLeaderRequest& request)
{
    const TopicIndex topic = control.topics.find(request.topic);
    if (topic == kNone)
        return Refusal{ErrorCode::UnknownTopicOrPartition, "No such topic as " + request.topic};
    const PartitionIndex index = control.topics.find(topic, request.number);
    if (index == kNone) {
        return Refusal{ErrorCode::UnknownTopicOrPartition,
                       "No such partition as " + request.topic + "-" + std::to_string(request.number)};
    }
    if (notNeeded(control.topics.partition(index)->registration, request.election))
        return withText(ErrorCode::ElectionNotNeeded);
    auto record = elect(control, index, request.election);
    if (!record) {
        return withText(request.election == ElectionKind::Preferred ? ErrorCode::PreferredLeaderNotAvailable
                                                                    : ErrorCode::EligibleLeadersNotAvailable);
    }
    Decision<Done> decision;
    decision.records.push_back(*std::move(record));
    return decision;
}

Decision<MoreElections> balanceLeaders(const ClusterControl& control, std::size_t maxElections)
{
    return electEach(control, control.topics.byBroker().imbalanced(), ElectionKind::Preferred, maxElections,
                     [](const Partition&) { return true; });
}

Decision<MoreElections> electUncleanLeaders(const ClusterControl& control, std::size_t maxElections)
{
    return electEach(
        control, control.topics.byBroker().leaderless(), ElectionKind::Unclean, maxElections,
        [&](const Partition& partition) { return control.configs.uncleanLeaderElection(partition.topic); });
}

} // namespace tideline::control
