// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/cluster_control.h"

#include "engine/base/error.h"

#include <algorithm>

namespace tideline::control {

namespace {

// Sends each record to the parts of the state that it concerns.
struct Replayer
{
    ClusterControl& control;

    void operator()(const RegisterBrokerRecord& record) const
    {
        const BrokerRegistration* before = control.brokers.find(record.broker);
        if (!before || before->incarnation != record.incarnation)
            control.sessions.unregistered(record.broker);
        control.brokers.replay(record, control.nextOffset);
        control.sessions.registered(record.broker, record.fenced);
    }

    void operator()(const BrokerRegistrationChangeRecord& record) const
    {
        control.brokers.replay(record);
        control.sessions.registered(record.broker, control.brokers.find(record.broker)->fenced);
    }

    void operator()(const UnregisterBrokerRecord& record) const
    {
        control.brokers.replay(record);
        control.sessions.unregistered(record.broker);
    }

    void operator()(const RemoveTopicRecord& record) const
    {
        control.topics.replay(record);
        control.configs.replay(record);
    }

    void operator()(const ConfigRecord& record) const { control.configs.replay(record); }

    template <class TopicOrPartitionRecord>
    void operator()(const TopicOrPartitionRecord& record) const
    {
        control.topics.replay(record);
    }
};

} // namespace

void replay(ClusterControl& control, const Record& record)
{
    std::visit(Replayer{control}, record);
    ++control.nextOffset;
}

void replay(ClusterControl& control, const Records& records)
{
    for (const Record& record : records)
        replay(control, record);
}

void activate(ClusterControl& control, Micros now)
{
    control.sessions = BrokerSessions{};
    for (const auto& [broker, registration] : control.brokers.all()) {
        control.sessions.registered(broker, registration.fenced);
        if (!registration.fenced)
            control.sessions.heard({broker, registration.brokerEpoch}, now);
    }
}

ElectionRules electionRules(const ClusterControl& control, TopicIndex topic)
{
    const PartitionIndex first = control.topics.find(topic, 0);
    TIDELINE_ASSERT(first != kNone);
    const std::size_t replicationFactor = control.topics.partition(first)->registration.replicas.size();
    ElectionRules rules;
    rules.elr = control.settings.eligibleLeaderReplicas;
    rules.minIsr =
        std::min(control.configs.minInsyncReplicas(topic), static_cast<std::int32_t>(replicationFactor));
    return rules;
}

ElectionKind electionKind(const ClusterControl& control, TopicIndex topic)
{
    return control.configs.uncleanLeaderElection(topic) ? ElectionKind::Unclean : ElectionKind::Online;
}

MayLead activeMayLead(const ClusterControl& control)
{
    return [&control](BrokerId broker) { return control.brokers.active(broker); };
}

std::optional<PartitionChangeRecord> changeRecord(const ClusterControl& control, PartitionIndex partition,
                                                  const RequestedChange& request, const MayLead& mayLead)
{
    const Partition* found = control.topics.partition(partition);
    TIDELINE_ASSERT(found);
    PartitionChange change =
        changePartition(found->registration, request, electionRules(control, found->topic), mayLead);
    if (change.empty())
        return std::nullopt;
    return PartitionChangeRecord{partition, std::move(change)};
}

} // namespace tideline::control
