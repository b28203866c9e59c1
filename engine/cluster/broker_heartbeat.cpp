// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/broker_heartbeat.h"

#include "engine/cluster/broker_event.h"

namespace tideline::control {

namespace {

BrokerState nextBrokerState(const ClusterControl& control, const BrokerHeartbeatRequest& request,
                            const BrokerRegistration& registration)
{
    const HeartbeatState state = control.sessions.state(request.broker);
    const bool leads = control.topics.byBroker().leads(request.broker);
    switch (currentBrokerState(state)) {
    case BrokerState::Fenced: {
        if (request.wantShutdown)
            return BrokerState::ShutdownNow;
        const bool caughtUp = request.metadataOffset >= registration.registeredAt;
        return !request.wantFence && caughtUp ? BrokerState::Unfenced : BrokerState::Fenced;
    }
    case BrokerState::Unfenced:
        if (request.wantFence)
            return request.wantShutdown ? BrokerState::ShutdownNow : BrokerState::Fenced;
        if (request.wantShutdown)
            return leads ? BrokerState::ControlledShutdown : BrokerState::ShutdownNow;
        return BrokerState::Unfenced;
    case BrokerState::ControlledShutdown:
        return !leads && state.controlledShutdownOffset <= control.sessions.lowestActiveOffset()
                   ? BrokerState::ShutdownNow
                   : BrokerState::ControlledShutdown;
    case BrokerState::ShutdownNow:
        break;
    }
    return BrokerState::ShutdownNow;
}

Records recordsOfTransition(const ClusterControl& control, BrokerId broker, BrokerState next)
{
    switch (next) {
    case BrokerState::Fenced:
    case BrokerState::ShutdownNow:
        return recordsOfFencing(control, broker);
    case BrokerState::Unfenced:
        return recordsOfUnfencing(control, broker);
    case BrokerState::ControlledShutdown:
        return recordsOfControlledShutdown(control, broker);
    }
    return {};
}

} // namespace

BrokerState currentBrokerState(const HeartbeatState& state)
{
    if (state.shuttingDown())
        return BrokerState::ControlledShutdown;
    return state.fenced ? BrokerState::Fenced : BrokerState::Unfenced;
}

Decision<BrokerHeartbeatAnswer> judgeHeartbeat(const ClusterControl& control,
                                               const BrokerHeartbeatRequest& request)
{
    const BrokerRegistration* registration = control.brokers.find(request.broker);
    if (!registration) {
        return Refusal{ErrorCode::BrokerIdNotRegistered,
                       "Broker id " + std::to_string(request.broker) + " is not registered."};
    }
    if (const Refusal refusal = control.brokers.checkEpoch(request.broker, request.brokerEpoch);
        !refusal.ok())
        return refusal;
    const BrokerState current = currentBrokerState(control.sessions.state(request.broker));
    const BrokerState next = nextBrokerState(control, request, *registration);
    Decision<BrokerHeartbeatAnswer> decision;
    if (next != current)
        decision.records = recordsOfTransition(control, request.broker, next);
    decision.answer.caughtUp = request.metadataOffset >= registration->registeredAt;
    decision.answer.fenced = next == BrokerState::Fenced || next == BrokerState::ShutdownNow;
    decision.answer.inControlledShutdown = next == BrokerState::ControlledShutdown;
    decision.answer.shouldShutDown = next == BrokerState::ShutdownNow;
    return decision;
}

Records fenceStaleBroker(const ClusterControl& control, const BrokerIncarnation& stale)
{
    const BrokerRegistration* registration = control.brokers.find(stale.broker);
    if (!registration || registration->brokerEpoch != stale.brokerEpoch || registration->fenced)
        return {};
    return recordsOfFencing(control, stale.broker);
}

} // namespace tideline::control
