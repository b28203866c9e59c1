// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/register_broker.h"

#include "engine/cluster/broker_event.h"

#include <limits>

namespace tideline::control {

namespace {

Refusal refuseBrokerId(BrokerId broker)
{
    constexpr BrokerId largest = std::numeric_limits<std::int16_t>::max(); // what BrokerIds can hold
    if (broker >= 0 && broker <= largest)
        return {};
    return {ErrorCode::InvalidRegistration, "Broker id " + std::to_string(broker) +
                                                " cannot be registered: choose one from 0 to " +
                                                std::to_string(largest) + "."};
}

Refusal refuseDuplicate(const ClusterControl& control, const RegisterBrokerRequest& request,
                        const BrokerRegistration& existing, Micros now)
{
    if (existing.incarnation == request.incarnation)
        return {};
    if (!control.sessions.valid({request.broker, existing.brokerEpoch}, now,
                                control.settings.brokerSessionTimeout))
        return {};
    return {ErrorCode::DuplicateBrokerRegistration,
            "Another broker is registered with that broker id. If the broker was recently restarted this "
            "should self-resolve once the heartbeat manager expires the broker's session."};
}

} // namespace

Decision<BrokerRegistered> registerBroker(const ClusterControl& control, const RegisterBrokerRequest& request,
                                          Micros now)
{
    if (const Refusal refusal = refuseBrokerId(request.broker); !refusal.ok())
        return refusal;
    const BrokerRegistration* existing = control.brokers.find(request.broker);
    if (existing) {
        if (const Refusal refusal = refuseDuplicate(control, request, *existing, now); !refusal.ok())
            return refusal;
    }
    RegisterBrokerRecord record;
    record.broker = request.broker;
    record.incarnation = request.incarnation;
    record.rack = request.rack;
    Decision<BrokerRegistered> decision;
    if (existing && existing->incarnation == request.incarnation) {
        record.brokerEpoch = existing->brokerEpoch;
        record.fenced = existing->fenced;
        record.inControlledShutdown = existing->inControlledShutdown;
    } else {
        const std::int64_t lastEpoch = existing ? existing->brokerEpoch : -1;
        decision.records = recordsOfRestart(control, request.broker, lastEpoch == request.previousEpoch);
        record.brokerEpoch = control.nextOffset;
    }
    decision.answer.brokerEpoch = record.brokerEpoch;
    decision.records.push_back(record);
    return decision;
}

Decision<Done> unregisterBroker(const ClusterControl& control, BrokerId broker)
{
    if (!control.brokers.find(broker)) {
        return Refusal{ErrorCode::BrokerIdNotRegistered,
                       "Broker ID " + std::to_string(broker) + " is not currently registered"};
    }
    Decision<Done> decision;
    decision.records = recordsOfUnregistering(control, broker);
    return decision;
}

} // namespace tideline::control
