// SPDX-License-Identifier: GPL-3.0-or-later
// Broker heartbeat: what a broker asks for, what it is granted, and when its session is over.
//
//     state                asks for            gets
//     fenced               shutdown            may go at once
//                          not to be fenced    unfenced, if it has read the log up to its registration
//     unfenced             to be fenced        fenced (and may go, if it asks for a shutdown too)
//                          shutdown            controlled shutdown while it leads a partition, else may go
//     controlled shutdown  anything            may go when it leads nothing and every active broker has read
//                                              that (BrokerSessions, invariant 4)
// Whoever may go is fenced.
//
// The controller does, with the time of its own clock:
//     sessions.heard({broker, epoch}, now)      before anything else, whatever the answer will be
//     decision = judgeHeartbeat(control, request); append and replay its records
//     sessions.answered(broker, answer.fenced, request.metadataOffset)
//     sessions.enteredControlledShutdown(broker, offset of the last record)   if answer.inControlledShutdown
// Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

namespace tideline::control {

struct BrokerHeartbeatRequest
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    bool wantFence = false;
    bool wantShutdown = false;
    Offset metadataOffset = 0; // of the last metadata record that the broker has read
    TIDELINE_FIELDS(BrokerHeartbeatRequest, broker, brokerEpoch, wantFence, wantShutdown, metadataOffset)
};

struct BrokerHeartbeatAnswer
{
    bool caughtUp = false; // with its own registration
    bool fenced = true;
    bool inControlledShutdown = false;
    bool shouldShutDown = false;
    TIDELINE_FIELDS(BrokerHeartbeatAnswer, caughtUp, fenced, inControlledShutdown, shouldShutDown)
};

enum class BrokerState : std::uint8_t { Fenced, Unfenced, ControlledShutdown, ShutdownNow };

BrokerState currentBrokerState(const HeartbeatState& state);

// BROKER_ID_NOT_REGISTERED and STALE_BROKER_EPOCH are the only errors.
Decision<BrokerHeartbeatAnswer> judgeHeartbeat(const ClusterControl& control,
                                               const BrokerHeartbeatRequest& request);

// The session of this incarnation is over (BrokerSessions::takeStale): its broker is fenced, unless it is
// already, or has another incarnation by now. Kafka fences one broker a check.
Records fenceStaleBroker(const ClusterControl& control, const BrokerIncarnation& stale);

} // namespace tideline::control
