// SPDX-License-Identifier: GPL-3.0-or-later
// Preferred read replica: which replica a leader sends a consumer to (KIP-392,
// replica.selector.class=RackAwareReplicaSelector).
//
// 1. Whoever names no rack reads from the leader.
// 2. Eligible are the leader and the followers in the ISR whose log holds the fetch offset: log start <=
// offset <= log end, as their last fetch said. A fenced broker is in no rack.
// 3. Nobody eligible in the consumer's rack, or the leader itself is: the leader. Else the one with the
// largest log end; of these the one that was caught up last, then the one with the largest id.
// Source: RackAwareReplicaSelector, ReplicaView.comparator and ReplicaManager.findPreferredReadReplica of
// Kafka. Pure function.
#pragma once

#include "engine/cluster/metadata.h"
#include "engine/cluster/replica.h"

#include <string>
#include <tuple>

namespace tideline {

// `leader`: the leader's replica; `now`: by its clock, µs. kNone: the consumer stays with the leader.
inline BrokerId preferredReadReplica(const std::string& clientRack, Offset fetchOffset, const Replica& leader,
                                     const MetadataImage& image, Micros now)
{
    const auto inRack = [&](BrokerId broker) {
        const control::BrokerRegistration* registration = image.brokers.find(broker);
        return registration && !registration->fenced && registration->rack == clientRack;
    };
    if (clientRack.empty() || inRack(leader.leader))
        return kNone;
    const auto rank = [now](const FollowerProgress& follower) {
        // Kafka counts in ms.
        return std::tuple(follower.leo, -(toMillis(now) - toMillis(follower.lastCaughtUp)), follower.broker);
    };
    const FollowerProgress* best = nullptr;
    for (const FollowerProgress& follower : leader.followers) {
        const bool eligible = leader.isr.contains(follower.broker) && follower.leo >= fetchOffset &&
                              follower.logStart <= fetchOffset && inRack(follower.broker);
        if (eligible && (!best || rank(follower) > rank(*best)))
            best = &follower;
    }
    return best ? best->broker : kNone;
}

} // namespace tideline
