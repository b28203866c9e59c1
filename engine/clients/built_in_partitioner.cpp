// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/built_in_partitioner.h"

#include <algorithm>
#include <iterator>

namespace tideline {
bool BuiltInPartitioner::produced(std::int32_t bytes, bool lastBatchFull, TopicLeaders leaders,
                                  PositiveDraw draw)
{
    producedBytes_ += bytes;
    // A batch that is not full yet would leave as a fraction; but no longer than up to twice the batch size.
    const std::int64_t enough = std::int64_t{stickyBatchSize_} * (lastBatchFull ? 1 : 2);
    if (producedBytes_ < enough)
        return false;
    current_ = choose(leaders, draw);
    producedBytes_ = 0;
    return true;
}

void BuiltInPartitioner::setLoad(std::span<const PartitionLoad> loads, std::size_t partitionCount)
{
    forgetLoad();
    if (loads.empty() || partitionCount < 2)
        return;
    const bool allEqual = std::all_of(loads.begin(), loads.end(), [&](const PartitionLoad& load) {
        return load.queueSize == loads.front().queueSize;
    });
    if (allEqual && loads.size() == partitionCount)
        return;
    all_ = weigh(loads);
    if (rack_ == kNone)
        return;
    std::vector<PartitionLoad> near;
    std::copy_if(loads.begin(), loads.end(), std::back_inserter(near),
                 [&](const PartitionLoad& load) { return load.rack == rack_; });
    inRack_ = weigh(near);
}

void BuiltInPartitioner::forgetLoad()
{
    all_ = {};
    inRack_ = {};
}

// Queues of 0, 3 and 1 batches weigh 4, 1 and 3: sums 4, 5 and 8.
BuiltInPartitioner::Weights BuiltInPartitioner::weigh(std::span<const PartitionLoad> loads)
{
    std::int32_t longest = 0;
    for (const PartitionLoad& load : loads)
        longest = std::max(longest, load.queueSize);
    Weights weights;
    std::int32_t sum = 0;
    for (const PartitionLoad& load : loads) {
        sum += longest + 1 - load.queueSize;
        weights.sums.push_back(sum);
        weights.partitions.push_back(load.partition);
    }
    return weights;
}

std::int32_t BuiltInPartitioner::choose(TopicLeaders leaders, PositiveDraw draw) const
{
    const std::int32_t random = draw();
    const Weights& weights = inRack_.sums.empty() ? all_ : inRack_;
    if (weights.sums.empty())
        return chooseUniformly(leaders, random);
    const auto above =
        std::upper_bound(weights.sums.begin(), weights.sums.end(), random % weights.sums.back());
    return weights.partitions[static_cast<std::size_t>(above - weights.sums.begin())];
}

std::int32_t BuiltInPartitioner::chooseUniformly(TopicLeaders leaders, std::int32_t random) const
{
    if (rack_ != kNone) {
        const auto isNear = [&](const PartitionLeader& leader) {
            return leader.known() && leader.rack == rack_;
        };
        if (const std::int32_t near = leaders.nth(random, isNear); near != kNone)
            return near;
    }
    const std::int32_t available =
        leaders.nth(random, [](const PartitionLeader& leader) { return leader.known(); });
    return available != kNone ? available : random % static_cast<std::int32_t>(leaders.size());
}

} // namespace tideline
