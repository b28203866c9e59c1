// SPDX-License-Identifier: GPL-3.0-or-later
// Register a broker: the first request of every incarnation.
//
// 1. A new incarnation starts fenced, under an epoch that is the offset at which the log ended.
// 2. While the session of another incarnation with the same id is valid it is refused: there may be two
// processes (DUPLICATE_BROKER_REGISTRATION).
// 3. The restart was clean when the request names the epoch that is registered (KIP-966); see broker_event.h
// for what an unclean one means.
// 4. The same incarnation may register again; it keeps its epoch and its state.
// Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

namespace tideline::control {

struct RegisterBrokerRequest
{
    BrokerId broker = 0;
    std::int64_t incarnation = 0;
    std::string rack;                // empty: none
    std::int64_t previousEpoch = -1; // of the last incarnation, if it has shut down cleanly; else -1
    TIDELINE_FIELDS(RegisterBrokerRequest, broker, incarnation, rack, previousEpoch)
};

struct BrokerRegistered
{
    std::int64_t brokerEpoch = -1;
    TIDELINE_FIELDS(BrokerRegistered, brokerEpoch)
};

Decision<BrokerRegistered> registerBroker(const ClusterControl& control, const RegisterBrokerRequest& request,
                                          Micros now);

// Takes a broker out of the cluster for good (BROKER_ID_NOT_REGISTERED when it is not in it).
Decision<Done> unregisterBroker(const ClusterControl& control, BrokerId broker);

} // namespace tideline::control
