// SPDX-License-Identifier: GPL-3.0-or-later
// What a client knows, from its last metadata response, about who leads the partitions of a topic. Plain
// values; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/clients/partition_order.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace tideline {

struct PartitionLeader
{
    BrokerId broker = kNone; // kNone: no leader is known, the partition is not available
    LeaderEpoch epoch = kNone;
    std::int32_t rack = kNone; // dense number of the leader's broker.rack; kNone: it has none

    bool known() const { return broker != kNone; }
};

// The leaders of one topic, by partition number, and the order in which the client goes through its
// partitions: ascending, or a given one of the same size. A view: it must not outlive either.
class TopicLeaders
{
public:
    TopicLeaders() = default;
    TopicLeaders(std::span<const PartitionLeader> leaders, const PartitionOrder* order = nullptr)
        : leaders_(leaders)
        , order_(order)
    {}

    std::size_t size() const { return leaders_.size(); }
    const PartitionLeader& operator[](std::int32_t partition) const
    {
        return leaders_[static_cast<std::size_t>(partition)];
    }

    std::int32_t partitionAt(std::int32_t position) const
    {
        return order_ ? order_->partitions[static_cast<std::size_t>(position)] : position;
    }
    std::int32_t positionOf(std::int32_t partition) const
    {
        return order_ ? order_->positions[static_cast<std::size_t>(partition)] : partition;
    }

    // The n-th partition in order, n >= 0 taken modulo their number, whose leader is eligible; kNone when
    // none is.
    template <class Eligible>
    std::int32_t nth(std::int32_t n, Eligible eligible) const
    {
        std::int32_t count = 0;
        for (const PartitionLeader& leader : leaders_)
            count += eligible(leader) ? 1 : 0;
        if (count == 0)
            return kNone;
        std::int32_t left = n % count;
        std::int32_t position = 0;
        while (!eligible((*this)[partitionAt(position)]) || left-- > 0)
            ++position;
        return partitionAt(position);
    }

private:
    std::span<const PartitionLeader> leaders_;
    const PartitionOrder* order_ = nullptr;
};

} // namespace tideline
