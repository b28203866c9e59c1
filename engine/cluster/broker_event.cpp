// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/broker_event.h"

namespace tideline::control {

namespace {

// Which broker is on its way where; kNone: nobody is.
struct BrokerEvent
{
    BrokerId leaves = kNone;
    BrokerId returns = kNone;
    BrokerId uncleanRestarted = kNone;
};

MayLead mayLeadAfter(const ClusterControl& control, const BrokerEvent& event)
{
    return [&control, event](BrokerId broker) {
        if (broker == event.leaves || broker == event.uncleanRestarted)
            return false;
        return broker == event.returns || control.brokers.active(broker);
    };
}

void changeLeaderAndIsr(const ClusterControl& control, const PartitionSet& partitions,
                        const BrokerEvent& event, Records& records)
{
    const MayLead mayLead = mayLeadAfter(control, event);
    partitions.visitWhile([&](PartitionIndex index) {
        const Partition& partition = *control.topics.partition(index);
        RequestedChange request;
        request.election = electionKind(control, partition.topic);
        request.isr = partition.registration.isr;
        request.isr->erase(event.leaves);
        request.isr->erase(event.uncleanRestarted);
        if (event.uncleanRestarted != kNone)
            request.uncleanRestarted = {event.uncleanRestarted};
        if (auto record = changeRecord(control, index, request, mayLead))
            records.push_back(*std::move(record));
        return true;
    });
}

BrokerRegistrationChangeRecord registrationChange(const ClusterControl& control, BrokerId broker)
{
    return {broker, control.brokers.find(broker)->brokerEpoch, {}, {}};
}

} // namespace

Records recordsOfFencing(const ClusterControl& control, BrokerId broker)
{
    Records records;
    changeLeaderAndIsr(control, control.topics.byBroker().of(broker).inIsr, {.leaves = broker}, records);
    BrokerRegistrationChangeRecord fence = registrationChange(control, broker);
    fence.fenced = true;
    records.push_back(fence);
    return records;
}

Records recordsOfUnfencing(const ClusterControl& control, BrokerId broker)
{
    BrokerRegistrationChangeRecord unfence = registrationChange(control, broker);
    unfence.fenced = false;
    Records records{unfence};
    changeLeaderAndIsr(control, control.topics.byBroker().leaderless(), {.returns = broker}, records);
    return records;
}

Records recordsOfControlledShutdown(const ClusterControl& control, BrokerId broker)
{
    Records records;
    if (!control.brokers.find(broker)->inControlledShutdown) {
        BrokerRegistrationChangeRecord shutdown = registrationChange(control, broker);
        shutdown.inControlledShutdown = true;
        records.push_back(shutdown);
    }
    changeLeaderAndIsr(control, control.topics.byBroker().of(broker).inIsr, {.leaves = broker}, records);
    return records;
}

Records recordsOfUnregistering(const ClusterControl& control, BrokerId broker)
{
    Records records;
    const PartitionsOfBroker& partitions = control.topics.byBroker().of(broker);
    changeLeaderAndIsr(control, partitions.inIsr, {.leaves = broker}, records);
    changeLeaderAndIsr(control, partitions.inElr, {.leaves = broker}, records);
    records.push_back(UnregisterBrokerRecord{broker, control.brokers.find(broker)->brokerEpoch});
    return records;
}

Records recordsOfRestart(const ClusterControl& control, BrokerId broker, bool clean)
{
    Records records;
    const PartitionsOfBroker& partitions = control.topics.byBroker().of(broker);
    if (control.settings.eligibleLeaderReplicas && !clean) {
        changeLeaderAndIsr(control, partitions.inIsr, {.uncleanRestarted = broker}, records);
        changeLeaderAndIsr(control, partitions.inElr, {.uncleanRestarted = broker}, records);
    } else {
        changeLeaderAndIsr(control, partitions.inIsr, {.leaves = broker}, records);
    }
    return records;
}

} // namespace tideline::control
