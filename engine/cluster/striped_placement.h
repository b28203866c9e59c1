// SPDX-License-Identifier: GPL-3.0-or-later
// Striped placement: on which brokers the replicas of a new topic lie (KRaft's StripedReplicaPlacer).
//
// Leaders go round over the racks, replicas over the racks from there on, so that neither a broker nor a rack
// holds more than its share. Brokers without a rack form one rack. A fenced broker may be placed as a
// follower, never first. Pure but for its draws.
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

// Replicas of `partitions` partitions in a row, each of `replicationFactor` brokers; needs 1 <=
// replicationFactor <= brokers and one broker that is not fenced.
std::vector<BrokerIds> placeStriped(const std::vector<UsableBroker>& brokers, std::int32_t partitions,
                                    std::int32_t replicationFactor, const DrawBelow& draw);

} // namespace tideline
