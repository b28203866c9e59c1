// SPDX-License-Identifier: GPL-3.0-or-later
// ReplicaLog: one replica's append-only log: batches over shared bytes, and the leader epochs in which they
// were written.
//
// 1. Batches lie back to back: the first offset of one is the last offset of the one before + 1.
// 2. A batch's bytes are shared with producer, leader and followers and never change; the base offset and the
// leader epoch, which the
//    leader assigns and which the CRC does not cover, stand beside them.
// 3. The epoch cache has one entry per leader epoch that wrote here, ascending in epoch and start offset
// (KIP-101). A plain value; copies share their pages.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/chunk.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

struct LogBatch
{
    Chunk bytes; // a whole record batch v2 as the producer encoded it (base offset 0, leader epoch -1)
    Offset baseOffset = 0;
    std::int32_t records = 0; // offsets it takes
    LeaderEpoch leaderEpoch = -1;
    Millis maxTimestamp = 0;        // ms
    ProducerIndex producer = kNone; // kNone: written by a broker itself
    RecordNumber firstK = 0;        // the producer's number of the first record

    Offset endOffset() const { return baseOffset + records; }
    TIDELINE_FIELDS(LogBatch, bytes, baseOffset, records, leaderEpoch, maxTimestamp, producer, firstK)
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

class ReplicaLog
{
public:
    Offset startOffset() const { return 0; }
    Offset endOffset() const { return end_; }
    std::int64_t bytes() const { return bytes_; }
    std::size_t batchCount() const { return batches_.size(); }
    const LogBatch& batch(std::size_t i) const { return batches_[i]; }
    const std::vector<EpochEntry>& epochs() const { return epochs_; }

    // The epoch starts at the log end, even before anything is written in it: what a new leader does.
    void startEpoch(LeaderEpoch epoch);
    // The batch must begin at the log end; its epoch is entered when it is new.
    void append(LogBatch batch);
    // Cuts everything from `offset` on, at a batch boundary at or below it; returns the new end.
    Offset truncateTo(Offset offset);

    // Index of the batch that contains the offset; batchCount() when it is at or beyond the end.
    std::size_t find(Offset offset) const;
    // The newest epoch that began here, with records or without; -1 when there is none.
    LeaderEpoch lastEpoch() const;
    // Where `epoch` ended here, by the rules of the epoch cache; `current` is this leader's own epoch.
    EpochEnd endOffsetFor(LeaderEpoch epoch, LeaderEpoch current) const;

    TIDELINE_FIELDS(ReplicaLog, batches_, epochs_, end_, bytes_)

private:
    CowPages<LogBatch, 64> batches_;
    std::vector<EpochEntry> epochs_;
    Offset end_ = 0;
    std::int64_t bytes_ = 0;
};

} // namespace tideline
