// SPDX-License-Identifier: GPL-3.0-or-later
// Replica: one broker's copy of one partition, with what a leader knows about its followers.
//
// 1. 0 <= high watermark <= log end offset.
// 2. A leader's high watermark never moves back; it is the smallest log end offset among itself and those
// that count (see high_watermark.h). A follower's is what its leader told it last, at most its own log end.
// 3. The maximal ISR is the committed one and what has been asked for and not been decided (KIP-966's words
// for an older rule).
// Plain values inside the broker's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/broker_ids.h"
#include "engine/cluster/replica_log.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace tideline {

inline constexpr Micros kNeverCaughtUp = std::numeric_limits<Micros>::min() / 2;

// What the leader knows about a follower, from its fetches.
struct FollowerProgress
{
    BrokerId broker = 0;
    // Offset of its last fetch; unknown since this leader took over: below everything.
    Offset leo = kUnknownOffset;
    Micros lastFetch = 0;
    Offset leaderLeoAtLastFetch = 0;
    Micros lastCaughtUp = kNeverCaughtUp; // when it last had everything that the leader had then
    // Of the incarnation that fetches; -1: it was not registered yet, or none has since this leader took
    // over.
    std::int64_t brokerEpoch = -1;
    Offset logStart = 0;
    TIDELINE_FIELDS(FollowerProgress, broker, leo, lastFetch, leaderLeoAtLastFetch, lastCaughtUp, brokerEpoch,
                    logStart)
};

// Somebody who waits until the high watermark reaches an offset.
struct WaitsForReplication
{
    Offset required = 0;      // high watermark >= required
    std::int64_t pending = 0; // number in the broker's purgatory
    TIDELINE_FIELDS(WaitsForReplication, required, pending)
};

struct Replica
{
    enum class Role : std::uint8_t { None, Leader, Follower };

    PartitionIndex partition = kNone;
    Role role = Role::None;
    LeaderEpoch leaderEpoch = -1;
    BrokerId leader = kNone; // as far as this broker knows
    std::int32_t partitionEpoch = -1;
    // A follower's: how far its log end was behind the high watermark after its last answer with data, or the
    // first.
    std::optional<Offset> lagAtLastData;
    Offset epochStart = 0; // log end when this leadership began
    ReplicaLog log;
    Offset highWatermark = 0;
    Offset checkpointedHighWatermark = 0; // what a restart begins with
    BrokerIds isr;
    BrokerIds proposedIsr;                    // asked of the controller, not decided; empty: nothing is
    std::vector<std::int64_t> proposedEpochs; // the broker epochs that were named with it
    std::vector<FollowerProgress> followers;
    std::vector<WaitsForReplication> waiting; // by offset
    std::vector<std::int64_t> parkedFetches;  // consumers' fetches that wait for data here

    Offset leo() const { return log.endOffset(); }
    bool inMaximalIsr(BrokerId broker) const { return isr.contains(broker) || proposedIsr.contains(broker); }
    const FollowerProgress* follower(BrokerId broker) const
    {
        for (const FollowerProgress& follower : followers) {
            if (follower.broker == broker)
                return &follower;
        }
        return nullptr;
    }
    FollowerProgress* follower(BrokerId broker)
    {
        return const_cast<FollowerProgress*>(std::as_const(*this).follower(broker));
    }
    TIDELINE_FIELDS(Replica, partition, role, leaderEpoch, leader, partitionEpoch, lagAtLastData, epochStart,
                    log, highWatermark, checkpointedHighWatermark, isr, proposedIsr, proposedEpochs,
                    followers, waiting, parkedFetches)
};

} // namespace tideline
