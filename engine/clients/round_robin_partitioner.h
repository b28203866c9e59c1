// SPDX-License-Identifier: GPL-3.0-or-later
// RoundRobinPartitioner: one counter per topic, over the partitions that have a leader, whatever the key is.
//
// Asked once a record, as in Kafka 4; until 3.8 the producer asked twice when a record opened a batch, and
// the counter skipped (KAFKA-9965). A plain value, one per topic; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/murmur2.h"
#include "engine/clients/partition_leader.h"

#include <cstdint>

namespace tideline {

class RoundRobinPartitioner
{
public:
    // The partition of the next record; the topic has at least one. Without any leader all partitions take
    // part.
    std::int32_t next(TopicLeaders leaders)
    {
        const std::int32_t turn = toPositive(static_cast<std::int32_t>(counter_++));
        const std::int32_t available =
            leaders.nth(turn, [](const PartitionLeader& leader) { return leader.known(); });
        return available != kNone ? available : turn % static_cast<std::int32_t>(leaders.size());
    }

    TIDELINE_FIELDS(RoundRobinPartitioner, counter_)

private:
    std::uint32_t counter_ = 0; // wraps
};

} // namespace tideline
