// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/raft_log.h"

#include "engine/base/error.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tideline {

LeaderEpoch RaftLog::lastEpoch() const
{
    if (!epochs_.empty())
        return epochs_.back().epoch;
    return batches_.empty() && !snapshots_.empty() && snapshots_.back().id.offset == start_
               ? snapshots_.back().id.epoch
               : 0;
}

std::int64_t RaftLog::bytes() const
{
    std::int64_t sum = 0;
    for (const Segment& segment : segments_)
        sum += segment.bytes;
    return sum;
}

void RaftLog::startEpoch(LeaderEpoch epoch)
{
    const Offset start = endOffset();
    std::erase_if(
        epochs_, [=](const EpochStart& known) { return known.startOffset >= start || known.epoch >= epoch; });
    epochs_.push_back({epoch, start});
}

void RaftLog::append(RaftBatch batch, std::int64_t segmentBytes)
{
    TIDELINE_ASSERT(batch.baseOffset == endOffset() && batch.records >= 1);
    if (batch.epoch > lastEpoch() || (epochs_.empty() && batch.epoch > 0))
        epochs_.push_back({batch.epoch, batch.baseOffset});
    const bool full = !segments_.empty() && segments_.back().bytes > 0 &&
                      segments_.back().bytes > segmentBytes - batch.bytes();
    if (segments_.empty() || full)
        segments_.push_back({batch.baseOffset, 0});
    segments_.back().bytes += batch.bytes();
    batches_.push(std::move(batch));
}

Offset RaftLog::truncateTo(Offset offset)
{
    // Those before the first batch that ends behind it end at or below it.
    const std::size_t kept = find(offset);
    for (std::size_t i = batches_.size(); i > kept; --i) {
        const RaftBatch& gone = batches_[i - 1];
        segments_.back().bytes -= gone.bytes();
        if (segments_.size() > 1 && segments_.back().baseOffset == gone.baseOffset)
            segments_.pop_back();
    }
    batches_.truncate(kept);
    std::erase_if(epochs_, [=](const EpochStart& known) { return known.startOffset >= offset; });
    return endOffset();
}

const RaftSnapshot* RaftLog::snapshot(const OffsetAndEpoch& id) const
{
    const auto found = std::find_if(snapshots_.begin(), snapshots_.end(),
                                    [&](const RaftSnapshot& known) { return known.id == id; });
    return found == snapshots_.end() ? nullptr : &*found;
}

bool RaftLog::addSnapshot(RaftSnapshot added)
{
    if (added.id.offset < start_ || snapshot(added.id))
        return false;
    const auto place = std::find_if(snapshots_.begin(), snapshots_.end(), [&](const RaftSnapshot& known) {
        return known.id.isUpToDateWith(added.id);
    });
    snapshots_.insert(place, std::move(added));
    return true;
}

void RaftLog::forgetSnapshotsBeforeStart()
{
    std::erase_if(snapshots_, [this](const RaftSnapshot& known) { return known.id.offset < start_; });
}

bool RaftLog::deleteBeforeSnapshot(const OffsetAndEpoch& id)
{
    if (!snapshot(id) || start_ >= id.offset || id.offset > endOffset())
        return false;
    batches_.dropFront(find(id.offset));
    start_ = id.offset;
    // The epoch in which the log starts now begins there; those before it are forgotten.
    const auto later = std::find_if(epochs_.begin(), epochs_.end(),
                                    [this](const EpochStart& known) { return known.startOffset > start_; });
    if (later != epochs_.begin()) {
        std::prev(later)->startOffset = start_;
        epochs_.erase(epochs_.begin(), std::prev(later));
    }
    while (segments_.size() > 1 && segments_[1].baseOffset <= start_)
        segments_.erase(segments_.begin());
    forgetSnapshotsBeforeStart();
    return true;
}

bool RaftLog::truncateToLatestSnapshot()
{
    const RaftSnapshot* latest = latestSnapshot();
    if (!latest || end().isUpToDateWith(latest->id))
        return false;
    batches_ = {};
    epochs_.clear();
    segments_.clear();
    start_ = latest->id.offset;
    forgetSnapshotsBeforeStart();
    return true;
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
        if (known.epoch <= epoch) {
            largest = known.epoch;
            continue;
        }
        // Older than all that the log knows: the oldest snapshot is what it has of that time.
        const bool older = largest == 0 && !snapshots_.empty();
        return older && snapshots_.front().id.offset == known.startOffset
                   ? snapshots_.front().id
                   : OffsetAndEpoch{known.startOffset, largest};
    }
    return end();
}

JudgedEnd RaftLog::judge(const OffsetAndEpoch& end) const
{
    if (start_ == 0 && end.offset == 0)
        return {};
    if (!snapshots_.empty()) {
        const OffsetAndEpoch& oldest = snapshots_.front().id;
        if (end.offset < start_ || (end.offset == start_ && end.epoch != oldest.epoch) ||
            end.epoch < oldest.epoch)
            return {JudgedEnd::Verdict::Snapshot, snapshots_.back().id};
    }
    const OffsetAndEpoch here = endOffsetForEpoch(end.epoch);
    if (here.epoch == end.epoch && here.offset >= end.offset)
        return {JudgedEnd::Verdict::Valid, end};
    return {JudgedEnd::Verdict::Diverging, here};
}

Offset RaftLog::truncationOffset(const OffsetAndEpoch& diverging) const
{
    if (diverging.epoch == 0)
        return std::min(diverging.offset, endOffset());
    const OffsetAndEpoch here = endOffsetForEpoch(diverging.epoch);
    return here.epoch == diverging.epoch ? std::min(here.offset, diverging.offset) : here.offset;
}

} // namespace tideline
