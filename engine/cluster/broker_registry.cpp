// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/broker_registry.h"

#include "engine/base/error.h"

namespace tideline::control {

const BrokerRegistration* BrokerRegistry::find(BrokerId broker) const
{
    const auto found = brokers_->find(broker);
    return found == brokers_->end() ? nullptr : &found->second;
}

bool BrokerRegistry::active(BrokerId broker) const
{
    const BrokerRegistration* registration = find(broker);
    return registration && registration->active();
}

Refusal BrokerRegistry::checkEpoch(BrokerId broker, std::int64_t brokerEpoch) const
{
    const BrokerRegistration* registration = find(broker);
    if (!registration) {
        return {ErrorCode::StaleBrokerEpoch,
                "No broker registration found for broker id " + std::to_string(broker)};
    }
    if (registration->brokerEpoch != brokerEpoch) {
        return {ErrorCode::StaleBrokerEpoch, "Expected broker epoch " +
                                                 std::to_string(registration->brokerEpoch) +
                                                 ", but got broker epoch " + std::to_string(brokerEpoch)};
    }
    return {};
}

void BrokerRegistry::replay(const RegisterBrokerRecord& record, Offset offset)
{
    brokers_.edit()[record.broker] = {record.incarnation, record.brokerEpoch, offset,
                                      record.rack,        record.fenced,      record.inControlledShutdown};
}

void BrokerRegistry::replay(const BrokerRegistrationChangeRecord& record)
{
    BrokerRegistration& registration = brokers_.edit()[record.broker];
    TIDELINE_ASSERT(registration.brokerEpoch == record.brokerEpoch);
    registration.fenced = record.fenced.value_or(registration.fenced);
    registration.inControlledShutdown =
        record.inControlledShutdown.value_or(registration.inControlledShutdown);
}

void BrokerRegistry::replay(const UnregisterBrokerRecord& record)
{
    TIDELINE_ASSERT(find(record.broker) && find(record.broker)->brokerEpoch == record.brokerEpoch);
    brokers_.edit().erase(record.broker);
}

} // namespace tideline::control
