// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/partitions_by_broker.h"

namespace tideline::control {

namespace {

void moveMembers(std::map<BrokerId, PartitionsOfBroker>& brokers, PartitionSet PartitionsOfBroker::*set,
                 PartitionIndex partition, const BrokerIds& before, const BrokerIds& after)
{
    for (const BrokerId broker : before) {
        if (!after.contains(broker))
            (brokers[broker].*set).erase(partition);
    }
    for (const BrokerId broker : after)
        (brokers[broker].*set).insert(partition);
}

bool exists(const PartitionRegistration& partition)
{
    return !partition.replicas.empty();
}

} // namespace

void PartitionsByBroker::changed(PartitionIndex partition, const PartitionRegistration& before,
                                 const PartitionRegistration& after)
{
    std::map<BrokerId, PartitionsOfBroker>& brokers = brokers_.edit();
    moveMembers(brokers, &PartitionsOfBroker::inIsr, partition, before.isr, after.isr);
    moveMembers(brokers, &PartitionsOfBroker::inElr, partition, before.elr, after.elr);
    if (before.leader != kNone && before.leader != after.leader)
        brokers[before.leader].leads.erase(partition);
    if (after.leader != kNone)
        brokers[after.leader].leads.insert(partition);
    leaderless_.set(partition, exists(after) && after.leader == kNone);
    imbalanced_.set(partition, exists(after) && after.leader != after.replicas[0]);
    reassigning_.set(partition, !after.adding.empty() || !after.removing.empty());
    withElr_.set(partition, !after.elr.empty() || !after.lastKnownElr.empty());
}

const PartitionsOfBroker& PartitionsByBroker::of(BrokerId broker) const
{
    static const PartitionsOfBroker none;
    const auto found = brokers_->find(broker);
    return found == brokers_->end() ? none : found->second;
}

} // namespace tideline::control
