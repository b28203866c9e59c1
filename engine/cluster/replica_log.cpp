// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/replica_log.h"

#include "engine/base/error.h"

#include <algorithm>

namespace tideline {

void ReplicaLog::startEpoch(LeaderEpoch epoch)
{
    if (epochs_.empty() || epochs_.back().epoch < epoch)
        epochs_.push_back(EpochEntry{epoch, end_});
}

void ReplicaLog::append(LogBatch batch)
{
    TIDELINE_ASSERT(batch.baseOffset == end_);
    startEpoch(batch.leaderEpoch);
    end_ = batch.endOffset();
    bytes_ += static_cast<std::int64_t>(batch.bytes.size());
    batches_.push(std::move(batch));
}

Offset ReplicaLog::truncateTo(Offset offset)
{
    const std::size_t keep = offset >= end_ ? batches_.size() : find(offset);
    for (std::size_t i = keep; i < batches_.size(); ++i)
        bytes_ -= static_cast<std::int64_t>(batches_[i].bytes.size());
    batches_.truncate(keep);
    end_ = keep == 0 ? startOffset() : batches_.back().endOffset();
    while (!epochs_.empty() && epochs_.back().startOffset >= end_)
        epochs_.pop_back();
    return end_;
}

std::size_t ReplicaLog::find(Offset offset) const
{
    std::size_t low = 0;
    std::size_t high = batches_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (batches_[middle].endOffset() <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

LeaderEpoch ReplicaLog::lastEpoch() const
{
    return epochs_.empty() ? -1 : epochs_.back().epoch;
}

EpochEnd ReplicaLog::endOffsetFor(LeaderEpoch epoch, LeaderEpoch current) const
{
    if (epochs_.empty() || epoch < 0 || epoch > current)
        return {};
    if (epoch == current)
        return {epoch, end_};
    const auto next =
        std::upper_bound(epochs_.begin(), epochs_.end(), epoch,
                         [](LeaderEpoch wanted, const EpochEntry& entry) { return wanted < entry.epoch; });
    if (next == epochs_.end())
        return {epochs_.back().epoch, end_};
    if (next == epochs_.begin())
        return {epoch, next->startOffset};
    return {std::prev(next)->epoch, next->startOffset};
}

} // namespace tideline
