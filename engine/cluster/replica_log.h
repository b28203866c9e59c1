// SPDX-License-Identifier: GPL-3.0-or-later
// ReplicaLog: one replica's log: batches over shared bytes in segments, and the leader epochs in which they
// were written.
//
// 1. Offsets rise from batch to batch without a gap, but for those that compaction took.
// 2. A batch's bytes are shared with producer, leader and followers and never change; the base offset and the
// leader epoch, which the leader assigns and which the CRC does not cover, stand beside them.
// 3. Batches lie in segments, each from its base offset on. Only the last one, the active one, is appended
// to; when a new one begins says segment_roll.h. What a replica no longer needs goes by whole segments.
// 4. Log start <= what may be read < log end. The log start may lie inside a segment.
// 5. The epoch cache has one entry per leader epoch that wrote here, ascending in epoch and start offset
// (KIP-101). What lies below flushedTo() survives a power loss, see page_cache.h. A plain value; copies share
// their pages.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/chunk.h"
#include "engine/log/log_config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct LogBatch
{
    // A whole record batch v2 as the producer encoded it, or the leader in its topic's codec (base offset 0,
    // leader epoch -1).
    Chunk bytes;
    Offset baseOffset = 0;
    std::int32_t records = 0; // offsets it takes
    LeaderEpoch leaderEpoch = -1;
    Millis maxTimestamp = 0;        // ms
    ProducerIndex producer = kNone; // kNone: written by a broker itself
    std::int32_t compacted = 0;     // of its offsets: whose record compaction took
    RecordNumber firstK = 0;        // the producer's number of the first record

    Offset endOffset() const { return baseOffset + records; }
    // Records that are really in it.
    std::int32_t held() const { return records - compacted; }
    TIDELINE_FIELDS(LogBatch, bytes, baseOffset, records, leaderEpoch, maxTimestamp, producer, compacted,
                    firstK)
};

struct EpochEntry
{
    LeaderEpoch epoch = 0;
    Offset startOffset = 0;
    TIDELINE_FIELDS(EpochEntry, epoch, startOffset)
};

// The end of an epoch as OffsetsForLeaderEpoch answers it; both -1: not known.
struct EpochEnd
{
    LeaderEpoch epoch = -1;
    Offset endOffset = -1;
    TIDELINE_FIELDS(EpochEnd, epoch, endOffset)
};

// One segment of a running log: which batches are its own, and what the rules ask of it.
struct ReplicaSegment
{
    Offset baseOffset = 0;
    std::int64_t batches = 0;
    std::int64_t bytes = 0;
    Millis firstTimestamp = -1;   // max timestamp of its first batch, ms; -1: it has none
    Millis largestTimestamp = -1; // of its records, ms; -1: it has none
    Millis created = 0;           // ms
    TIDELINE_FIELDS(ReplicaSegment, baseOffset, batches, bytes, firstTimestamp, largestTimestamp, created)
};

class ReplicaLog
{
public:
    Offset startOffset() const { return start_; }
    Offset endOffset() const { return end_; }
    std::int64_t bytes() const { return bytes_; }
    std::int64_t records() const { return records_; } // that are in it
    std::size_t batchCount() const { return batches_.size(); }
    const LogBatch& batch(std::size_t i) const { return batches_[i]; }
    const std::vector<EpochEntry>& epochs() const { return epochs_; }
    std::size_t segmentCount() const { return closed_.size() + 1; }
    const ReplicaSegment& segment(std::size_t i) const { return i < closed_.size() ? closed_[i] : active_; }

    // The epoch starts at the log end, even before anything is written in it: what a new leader does.
    void startEpoch(LeaderEpoch epoch);
    // The batch begins at the log end, or later where its leader's log has been compacted; its epoch is
    // entered when it is new. A new segment begins first when the configuration says so; why, is returned.
    // `now` in ms.
    RollReason append(LogBatch batch, const LogConfig& config = {}, Millis now = 0);
    // Cuts everything from `offset` on, and the whole of a batch that contains it; returns the new end.
    Offset truncateTo(Offset offset);
    // Forgets everything: the log begins anew, empty, at `offset`.
    void startAnew(Offset offset, Millis now);

    // What lies below is no longer there for readers; at most the log end, never back.
    void raiseStart(Offset offset);
    // Deletes what retention.h says may go at `now` (ms); visit(LogBatch) for each batch that goes.
    template <class Visit>
    std::vector<DeletedSegment> deleteOldSegments(Offset highWatermark, const LogConfig& config, Millis now,
                                                  Visit&& visit);
    // As the rules of retention and compaction see it.
    RetainedLog retained(Offset highWatermark) const;

    // Where compaction goes on: below it the log has been cleaned.
    Offset cleanedTo() const { return cleanedTo_; }
    // Takes the place of everything: what a pass of the cleaner has left.
    void replaceWith(const std::vector<LogBatch>& batches, std::vector<ReplicaSegment> segments,
                     Offset cleanedTo);

    // What lies below is on the disk itself, and not only in the memory of the operating system.
    Offset flushedTo() const { return flushedTo_; }
    void flush(Millis now);
    Millis lastFlush() const { return lastFlush_; } // ms
    // The operating system's own writing, at `now` (µs): what has waited for long enough is on the disk.
    void writeBack(Micros now);
    bool wantsWriteBack() const { return !waiting_.empty() || flushedTo_ < end_; }

    // Index of the batch that contains the offset, or the first one after it; batchCount() when there is
    // none.
    std::size_t find(Offset offset) const;
    // The newest epoch that began here, with records or without; -1 when there is none.
    LeaderEpoch lastEpoch() const;
    // Where `epoch` ended here, by the rules of the epoch cache; `current` is this leader's own epoch.
    EpochEnd endOffsetFor(LeaderEpoch epoch, LeaderEpoch current) const;

    // What the operating system has yet to write: everything below `end` was there at `since`.
    struct Unwritten
    {
        Micros since = 0; // µs
        Offset end = 0;
        TIDELINE_FIELDS(Unwritten, since, end)
    };
    TIDELINE_FIELDS(ReplicaLog, batches_, closed_, active_, epochs_, waiting_, start_, end_, bytes_, records_,
                    cleanedTo_, flushedTo_, lastFlush_)

private:
    void roll(Offset baseOffset, Millis now);
    void dropSegments(std::size_t count);

    CowPages<LogBatch, 64> batches_;
    CowPages<ReplicaSegment, 16> closed_; // all but the active one, by base offset
    ReplicaSegment active_;
    std::vector<EpochEntry> epochs_;
    std::vector<Unwritten> waiting_; // by time
    Offset start_ = 0;
    Offset end_ = 0;
    std::int64_t bytes_ = 0;
    std::int64_t records_ = 0;
    Offset cleanedTo_ = 0;
    Offset flushedTo_ = 0;
    Millis lastFlush_ = 0;
};

template <class Visit>
std::vector<DeletedSegment> ReplicaLog::deleteOldSegments(Offset highWatermark, const LogConfig& config,
                                                          Millis now, Visit&& visit)
{
    RetainedLog log = retained(highWatermark);
    const std::size_t before = log.segments.size();
    const std::vector<DeletedSegment> deleted = tideline::deleteOldSegments(log, config.retention(), now);
    if (deleted.empty())
        return deleted;
    if (deleted.size() == before) // all would go: an empty one is there first
        roll(end_, now);
    std::int64_t batches = 0;
    for (std::size_t i = 0; i < deleted.size(); ++i)
        batches += segment(i).batches;
    for (std::int64_t i = 0; i < batches; ++i)
        visit(batch(static_cast<std::size_t>(i)));
    dropSegments(deleted.size());
    raiseStart(log.logStartOffset);
    return deleted;
}

} // namespace tideline
