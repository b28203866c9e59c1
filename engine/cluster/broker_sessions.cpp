// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/broker_sessions.h"

#include <algorithm>
#include <limits>

namespace tideline::control {

namespace {

// The contact that is longest ago; of equal ones that of the smallest broker id.
auto oldest(const std::map<BrokerIncarnation, Micros>& contacts)
{
    return std::min_element(contacts.begin(), contacts.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; });
}

} // namespace

void BrokerSessions::heard(const BrokerIncarnation& incarnation, Micros now)
{
    contacts_.edit()[incarnation] = now;
}

bool BrokerSessions::valid(const BrokerIncarnation& incarnation, Micros now, Micros timeout) const
{
    const auto found = contacts_->find(incarnation);
    return found != contacts_->end() && now <= saturatingAdd(found->second, timeout);
}

std::optional<BrokerIncarnation> BrokerSessions::takeStale(Micros now, Micros timeout)
{
    const auto found = oldest(*contacts_);
    if (found == contacts_->end() || now <= saturatingAdd(found->second, timeout))
        return std::nullopt;
    const BrokerIncarnation stale = found->first;
    contacts_.edit().erase(stale);
    return stale;
}

Micros BrokerSessions::validUntil(Micros timeout) const
{
    const auto found = oldest(*contacts_);
    return found == contacts_->end() ? kNever : saturatingAdd(found->second, timeout);
}

void BrokerSessions::registered(BrokerId broker, bool fenced)
{
    HeartbeatState& state = states_.edit()[broker];
    state.fenced = fenced;
    if (fenced)
        state.controlledShutdownOffset = kUnknownOffset;
}

void BrokerSessions::unregistered(BrokerId broker)
{
    states_.edit().erase(broker);
}

void BrokerSessions::answered(BrokerId broker, bool fenced, Offset metadataOffset)
{
    registered(broker, fenced);
    states_.edit()[broker].metadataOffset = metadataOffset;
}

void BrokerSessions::enteredControlledShutdown(BrokerId broker, Offset offset)
{
    HeartbeatState& state = states_.edit()[broker];
    if (!state.fenced && !state.shuttingDown())
        state.controlledShutdownOffset = offset;
}

HeartbeatState BrokerSessions::state(BrokerId broker) const
{
    const auto found = states_->find(broker);
    return found == states_->end() ? HeartbeatState{} : found->second;
}

Offset BrokerSessions::lowestActiveOffset() const
{
    Offset lowest = std::numeric_limits<Offset>::max();
    for (const auto& [broker, state] : *states_) {
        if (!state.fenced && !state.shuttingDown())
            lowest = std::min(lowest, state.metadataOffset);
    }
    return lowest;
}

} // namespace tideline::control
