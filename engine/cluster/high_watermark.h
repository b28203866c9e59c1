// SPDX-License-Identifier: GPL-3.0-or-later
// High watermark: the first offset that is not known to be on every replica that counts.
//
// A follower counts when it is in the maximal ISR, or when it has caught up within replica.lag.time.max.ms
// and could be in it: its broker is alive, and it is the registered incarnation of it that fetched, or one
// that was not registered yet (KIP-903). While the ISR is smaller than the effective min.insync.replicas, the
// high watermark stands still. Pure function.
#pragma once

#include "engine/cluster/metadata.h"
#include "engine/cluster/replica.h"

#include <algorithm>

namespace tideline {

// Whether the follower has everything, or had it at most `replicaLagTimeMax` µs ago.
inline bool isCaughtUp(const Replica& replica, const FollowerProgress& follower, Micros now,
                       Micros replicaLagTimeMax)
{
    return follower.leo == replica.leo() || now - follower.lastCaughtUp <= replicaLagTimeMax;
}

// Source: Partition.isReplicaIsrEligible of Kafka.
inline bool isIsrEligible(const FollowerProgress& follower, const MetadataImage& image)
{
    return follower.leo != kUnknownOffset && image.alive(follower.broker) &&
           (follower.brokerEpoch < 0 || follower.brokerEpoch == image.brokerEpoch(follower.broker));
}

// The leader's high watermark now: its old one or a larger one.
inline Offset highWatermark(const Replica& replica, const MetadataImage& image, std::int32_t effectiveMinIsr,
                            Micros now, Micros replicaLagTimeMax)
{
    if (static_cast<std::int32_t>(replica.isr.size()) < effectiveMinIsr)
        return replica.highWatermark;
    Offset smallest = replica.leo();
    for (const FollowerProgress& follower : replica.followers) {
        const bool counts =
            replica.inMaximalIsr(follower.broker) ||
            (isCaughtUp(replica, follower, now, replicaLagTimeMax) && isIsrEligible(follower, image));
        if (counts)
            smallest = std::min(smallest, follower.leo);
    }
    return std::max(smallest, replica.highWatermark);
}

} // namespace tideline
