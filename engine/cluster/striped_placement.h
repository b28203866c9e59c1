// SPDX-License-Identifier: GPL-3.0-or-later
// Striped placement: on which brokers the replicas of a new topic lie (KRaft's StripedReplicaPlacer).
//
// Leaders go round over the racks, replicas over the racks from there on, so that neither a broker nor a rack
// holds more than its share. Brokers without a rack form one rack. A fenced broker may be placed as a
// follower, never first. Pure but for its draws, whose bounds and order are those of Kafka's placer: fed with
// the numbers that it drew, this one gives its assignment.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/cluster/broker_ids.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tideline {

struct UsableBroker
{
    BrokerId id = 0;
    std::string rack; // empty: none
    bool fenced = false;
};

// A number in [0, bound).
using DrawBelow = std::function<std::uint32_t(std::uint32_t bound)>;

// Why these brokers cannot hold that many replicas, in Kafka's words (INVALID_REPLICATION_FACTOR); empty when
// they can.
std::string placementFault(const std::vector<UsableBroker>& brokers, std::int32_t replicationFactor);

// Replicas of `partitions` >= 0 partitions in a row, each of `replicationFactor` <= BrokerIds::kCapacity
// brokers. None when there is a placementFault(); the starting points are drawn even then, as Kafka draws
// them.
std::vector<BrokerIds> placeStriped(const std::vector<UsableBroker>& brokers, std::int32_t partitions,
                                    std::int32_t replicationFactor, const DrawBelow& draw);

} // namespace tideline
