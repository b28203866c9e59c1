// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/replica_log.h"

#include "engine/base/error.h"
#include "engine/cluster/page_cache.h"

#include <algorithm>

namespace tideline {

namespace {

void note(ReplicaSegment& segment, const LogBatch& batch)
{
    if (segment.batches == 0)
        segment.firstTimestamp = batch.maxTimestamp;
    ++segment.batches;
    segment.bytes += static_cast<std::int64_t>(batch.bytes.size());
    segment.largestTimestamp = std::max(segment.largestTimestamp, batch.maxTimestamp);
}

RollReason rollBefore(const ReplicaSegment& active, const LogBatch& batch, const LogConfig& config,
                      Millis now)
{
    ActiveSegment segment{active.baseOffset, active.bytes, {}, active.created, false, false};
    if (active.batches > 0)
        segment.firstBatchTimestamp = active.firstTimestamp;
    return rollReason(
        segment, {static_cast<std::int64_t>(batch.bytes.size()), batch.maxTimestamp, batch.endOffset() - 1},
        config.segments(), now);
}

} // namespace

void ReplicaLog::startEpoch(LeaderEpoch epoch)
{
    if (epochs_.empty() || epochs_.back().epoch < epoch)
        epochs_.push_back(EpochEntry{epoch, end_});
}

RollReason ReplicaLog::append(LogBatch batch, const LogConfig& config, Millis now)
{
    TIDELINE_ASSERT(batch.baseOffset >= end_);
    // An empty segment takes any batch: there is none that could be rolled into another.
    const RollReason reason =
        active_.batches == 0 ? RollReason::None : rollBefore(active_, batch, config, now);
    if (reason != RollReason::None)
        roll(batch.baseOffset, now);
    else if (active_.batches == 0)
        active_.created = now;
    startEpoch(batch.leaderEpoch);
    end_ = batch.endOffset();
    bytes_ += static_cast<std::int64_t>(batch.bytes.size());
    records_ += batch.held();
    note(active_, batch);
    batches_.push(std::move(batch));
    if (end_ - flushedTo_ >= config.flushMessages)
        flush(now);
    return reason;
}

// A segment is flushed when it is closed: its offsets become the recovery point. Source: UnifiedLog.roll of
// Kafka.
void ReplicaLog::roll(Offset baseOffset, Millis now)
{
    closed_.push(active_);
    active_ = {};
    active_.baseOffset = baseOffset;
    active_.created = now;
    flush(now);
}

Offset ReplicaLog::truncateTo(Offset offset)
{
    if (offset >= end_) {
        while (!epochs_.empty() && epochs_.back().startOffset >= end_)
            epochs_.pop_back();
        return end_;
    }
    const std::size_t keep = find(offset);
    end_ = keep < batches_.size() ? std::min(offset, batches_[keep].baseOffset) : offset;
    start_ = std::min(start_, end_);
    // Segments that begin at or after the cut go; the last one that is left is appended to again.
    std::size_t left = batches_.size() - keep;
    while (!closed_.empty() &&
           (active_.baseOffset >= end_ || left > static_cast<std::size_t>(active_.batches))) {
        left -= std::min(left, static_cast<std::size_t>(active_.batches));
        active_ = closed_.back();
        closed_.truncate(closed_.size() - 1);
    }
    for (std::size_t i = keep; i < batches_.size(); ++i) {
        bytes_ -= static_cast<std::int64_t>(batches_[i].bytes.size());
        records_ -= batches_[i].held();
    }
    ReplicaSegment shorter{active_.baseOffset, 0, 0, -1, -1, active_.created};
    const auto kept = static_cast<std::size_t>(active_.batches) - left;
    for (std::size_t i = keep - kept; i < keep; ++i)
        note(shorter, batches_[i]);
    active_ = shorter;
    batches_.truncate(keep);
    while (!epochs_.empty() && epochs_.back().startOffset >= end_)
        epochs_.pop_back();
    cleanedTo_ = std::min(cleanedTo_, end_);
    flushedTo_ = std::min(flushedTo_, end_);
    for (Unwritten& unwritten : waiting_)
        unwritten.end = std::min(unwritten.end, end_);
    return end_;
}

void ReplicaLog::startAnew(Offset offset, Millis now)
{
    *this = {};
    start_ = end_ = cleanedTo_ = flushedTo_ = offset;
    active_.baseOffset = offset;
    active_.created = lastFlush_ = now;
}

// The epoch of the log start begins there now; what was before it is forgotten. Source:
// LeaderEpochFileCache.truncateFromStart of Kafka.
void ReplicaLog::raiseStart(Offset offset)
{
    if (offset <= start_)
        return;
    start_ = std::min(offset, end_);
    const auto after =
        std::upper_bound(epochs_.begin(), epochs_.end(), start_,
                         [](Offset wanted, const EpochEntry& entry) { return wanted < entry.startOffset; });
    if (after == epochs_.begin())
        return;
    epochs_.erase(epochs_.begin(), std::prev(after));
    epochs_.front().startOffset = start_;
}

void ReplicaLog::dropSegments(std::size_t count)
{
    std::size_t batches = 0;
    for (std::size_t i = 0; i < count; ++i)
        batches += static_cast<std::size_t>(closed_[i].batches);
    for (std::size_t i = 0; i < batches; ++i) {
        bytes_ -= static_cast<std::int64_t>(batches_[i].bytes.size());
        records_ -= batches_[i].held();
    }
    batches_.dropFront(batches);
    closed_.dropFront(count);
}

RetainedLog ReplicaLog::retained(Offset highWatermark) const
{
    RetainedLog log{{}, start_, highWatermark, end_};
    log.segments.reserve(segmentCount());
    for (std::size_t i = 0; i < segmentCount(); ++i) {
        const ReplicaSegment& one = segment(i);
        log.segments.push_back(
            {one.baseOffset, one.bytes, one.largestTimestamp >= 0 ? one.largestTimestamp : one.created});
    }
    return log;
}

void ReplicaLog::replaceWith(const std::vector<LogBatch>& batches, std::vector<ReplicaSegment> segments,
                             Offset cleanedTo)
{
    TIDELINE_ASSERT(!segments.empty());
    batches_ = {};
    closed_ = {};
    bytes_ = records_ = 0;
    for (const LogBatch& batch : batches) {
        bytes_ += static_cast<std::int64_t>(batch.bytes.size());
        records_ += batch.held();
        batches_.push(batch);
    }
    active_ = segments.back();
    segments.pop_back();
    for (const ReplicaSegment& segment : segments)
        closed_.push(segment);
    cleanedTo_ = cleanedTo;
}

void ReplicaLog::flush(Millis now)
{
    flushedTo_ = end_;
    lastFlush_ = now;
    waiting_.clear();
}

void ReplicaLog::writeBack(Micros now)
{
    std::size_t written = 0;
    for (; written < waiting_.size() && waiting_[written].since <= now - kDirtyExpire; ++written)
        flushedTo_ = std::max(flushedTo_, waiting_[written].end);
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(written));
    if (end_ > (waiting_.empty() ? flushedTo_ : waiting_.back().end))
        waiting_.push_back({now, end_});
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
