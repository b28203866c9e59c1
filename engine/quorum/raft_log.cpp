// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/raft_log.h"

#include "engine/base/error.h"

#include <algorithm>
#include <utility>

namespace tideline {

void RaftLog::startEpoch(LeaderEpoch epoch)
{
    const Offset start = endOffset();
    std::erase_if(
        epochs_, [=](const EpochStart& known) { return known.startOffset >= start || known.epoch >= epoch; });
    epochs_.push_back({epoch, start});
}

void RaftLog::append(RaftBatch batch)
{
    TIDELINE_ASSERT(batch.baseOffset == endOffset() && batch.records >= 1);
    if (batch.epoch > lastEpoch())
        epochs_.push_back({batch.epoch, batch.baseOffset});
    batches_.push(std::move(batch));
}

Offset RaftLog::truncateTo(Offset offset)
{
    // Those before the first batch that ends behind it end at or below it.
    batches_.truncate(find(offset));
    std::erase_if(epochs_, [=](const EpochStart& known) { return known.startOffset >= offset; });
    return endOffset();
}

std::size_t RaftLog::find(Offset offset) const
{
    std::size_t low = 0;
    std::size_t high = batches_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (batches_[middle].endOffset() > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

OffsetAndEpoch RaftLog::endOffsetForEpoch(LeaderEpoch epoch) const
{
    LeaderEpoch largest = 0;
    for (const EpochStart& known : epochs_) {
        if (known.epoch > epoch)
            return {known.startOffset, largest};
        largest = known.epoch;
    }
    return end();
}

bool RaftLog::isPrefix(const OffsetAndEpoch& end) const
{
    if (end.offset == 0)
        return true;
    const OffsetAndEpoch here = endOffsetForEpoch(end.epoch);
    return here.epoch == end.epoch && here.offset >= end.offset;
}

Offset RaftLog::truncationOffset(const OffsetAndEpoch& diverging) const
{
    if (diverging.epoch == 0)
        return std::min(diverging.offset, endOffset());
    const OffsetAndEpoch here = endOffsetForEpoch(diverging.epoch);
    return here.epoch == diverging.epoch ? std::min(here.offset, diverging.offset) : here.offset;
}

} // namespace tideline
