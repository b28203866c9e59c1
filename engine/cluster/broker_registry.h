// SPDX-License-Identifier: GPL-3.0-or-later
// BrokerRegistry: which brokers are registered, under which epoch, and which of them may lead.
//
// 1. A broker is active when it is registered, not fenced and not in controlled shutdown; only active brokers
// become leader or join an ISR.
// 2. The broker epoch names one incarnation; requests with another one are refused (STALE_BROKER_EPOCH).
// 3. Unfencing does not end a controlled shutdown: only the next incarnation does.
// A copyable value that only replay() changes; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/cluster/control_records.h"
#include "engine/cluster/decision.h"

#include <map>

namespace tideline::control {

struct BrokerRegistration
{
    std::int64_t incarnation = 0;
    std::int64_t brokerEpoch = 0;
    Offset registeredAt = 0; // offset of the registration record; a broker that has read it may be unfenced
    std::string rack;
    bool fenced = true;
    bool inControlledShutdown = false;
    TIDELINE_FIELDS(BrokerRegistration, incarnation, brokerEpoch, registeredAt, rack, fenced,
                    inControlledShutdown)

    bool active() const { return !fenced && !inControlledShutdown; }
};

class BrokerRegistry
{
public:
    // Null when the broker is not registered.
    const BrokerRegistration* find(BrokerId broker) const;
    bool active(BrokerId broker) const;
    // In ascending order of their ids.
    const std::map<BrokerId, BrokerRegistration>& all() const { return brokers_.read(); }
    // STALE_BROKER_EPOCH unless the broker is registered with that epoch.
    Refusal checkEpoch(BrokerId broker, std::int64_t brokerEpoch) const;

    void replay(const RegisterBrokerRecord& record, Offset offset);
    void replay(const BrokerRegistrationChangeRecord& record);
    void replay(const UnregisterBrokerRecord& record);

    TIDELINE_FIELDS(BrokerRegistry, brokers_)

private:
    Cow<std::map<BrokerId, BrokerRegistration>> brokers_;
};

} // namespace tideline::control
