// SPDX-License-Identifier: GPL-3.0-or-later
// BuiltInPartitioner: where records without a key go. It sticks to a partition for about batch.size bytes,
// then draws the next.
//
// The draw is uniform over the partitions with a leader; with load statistics (adaptive) a partition with a
// shorter queue is drawn more often. With partitioner.rack.aware only leaders in the client's rack take part
// while there are any. Sources: KIP-480, KIP-794, KIP-1123. One per topic. A plain value; one thread at a
// time.
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/partition_leader.h"
#include "engine/clients/positive_draw.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tideline {

// How many batches wait for a partition.
struct PartitionLoad
{
    std::int32_t partition = 0;
    std::int32_t queueSize = 0;
    std::int32_t rack = kNone; // of the leader

    bool operator==(const PartitionLoad&) const = default;
};

class BuiltInPartitioner
{
public:
    // stickyBatchSize: batch.size in bytes, >= 1. rack: the client's, or kNone when partitioner.rack.aware is
    // false.
    explicit BuiltInPartitioner(std::int32_t stickyBatchSize = 1, std::int32_t rack = kNone)
        : stickyBatchSize_(stickyBatchSize)
        , rack_(rack)
    {}

    // The partition to append to now. The first call draws it. `leaders` has at least one partition.
    std::int32_t current(TopicLeaders leaders, PositiveDraw draw)
    {
        if (current_ == kNone)
            current_ = choose(leaders, draw);
        return current_;
    }
    // False until the first current(): nobody has needed this partitioner.
    bool used() const { return current_ != kNone; }

    // Says that an append added `bytes` to the current partition's queue (0: only asks). Draws the next
    // partition, which may be the same one, and returns true when enough was produced: batch.size bytes if
    // `lastBatchFull`, twice as many in any case.
    bool produced(std::int32_t bytes, bool lastBatchFull, TopicLeaders leaders, PositiveDraw draw);

    // Weighs later draws by these queues, those of the partitions that have a leader and are not slow.
    // `partitionCount` are all partitions of the topic that have a queue, with the ones that are left out.
    void setLoad(std::span<const PartitionLoad> loads, std::size_t partitionCount);
    // Later draws are uniform.
    void forgetLoad();

    // One draw: the partition that would be next.
    std::int32_t choose(TopicLeaders leaders, PositiveDraw draw) const;

    // Running sums of the partitions' weights: entry i is drawn by the numbers from sum[i-1] up to sum[i].
    struct Weights
    {
        std::vector<std::int32_t> sums;
        std::vector<std::int32_t> partitions;
        TIDELINE_FIELDS(Weights, sums, partitions)
    };
    TIDELINE_FIELDS(BuiltInPartitioner, stickyBatchSize_, rack_, current_, producedBytes_, all_, inRack_)

private:
    static Weights weigh(std::span<const PartitionLoad> loads);
    std::int32_t chooseUniformly(TopicLeaders leaders, std::int32_t random) const;

    std::int32_t stickyBatchSize_;
    std::int32_t rack_;
    std::int32_t current_ = kNone;
    std::int64_t producedBytes_ = 0;
    Weights all_;    // empty: no load statistics
    Weights inRack_; // of those in the client's rack
};

} // namespace tideline
