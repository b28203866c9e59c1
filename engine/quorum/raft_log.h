// SPDX-License-Identifier: GPL-3.0-or-later
// RaftLog: one node's copy of the quorum's log: batches, and the leader epochs in which they were written.
//
// 1. Batches lie back to back from offset 0; there are no snapshots, so the log starts at 0.
// 2. The epoch list has one entry per leader epoch, ascending in epoch and start offset. A new leader enters
// its epoch before it has written anything.
// 3. It is cut at batch boundaries only. A plain value; copies share their pages.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/quorum/raft_records.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tideline {

// A place in a log: the offset behind a record and the epoch of that record.
struct OffsetAndEpoch
{
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    // Which log knows more: the epoch counts first (Raft, 5.4.1).
    bool isUpToDateWith(const OffsetAndEpoch& other) const
    {
        return epoch != other.epoch ? epoch > other.epoch : offset >= other.offset;
    }
    TIDELINE_FIELDS(OffsetAndEpoch, offset, epoch)
};

struct RaftBatch
{
    Offset baseOffset = 0;
    LeaderEpoch epoch = 0;
    std::int32_t records = 0; // offsets it takes, >= 1
    bool control = false;     // written by the quorum itself: LEADER_CHANGE
    RaftPayload payload;

    Offset endOffset() const { return baseOffset + records; }
    TIDELINE_FIELDS(RaftBatch, baseOffset, epoch, records, control, payload)
};

class RaftLog
{
public:
    // The offset that the next record gets.
    Offset endOffset() const { return batches_.empty() ? 0 : batches_.back().endOffset(); }
    // The last epoch that the log knows; 0 when it knows none.
    LeaderEpoch lastEpoch() const { return epochs_.empty() ? 0 : epochs_.back().epoch; }
    OffsetAndEpoch end() const { return {endOffset(), lastEpoch()}; }
    std::size_t batchCount() const { return batches_.size(); }
    const RaftBatch& batch(std::size_t i) const { return batches_[i]; }

    // A leader's epoch starts at the log end; what the log knew of this or later epochs is forgotten.
    void startEpoch(LeaderEpoch epoch);
    // The batch must begin at the log end; its epoch is entered when it is new.
    void append(RaftBatch batch);
    // Cuts everything from `offset` on, at a batch boundary at or below it; returns the new end.
    Offset truncateTo(Offset offset);

    // Index of the first batch that ends behind `offset`; batchCount() when there is none.
    std::size_t find(Offset offset) const;
    // The largest known epoch that is not above `epoch`, and where it ended here.
    OffsetAndEpoch endOffsetForEpoch(LeaderEpoch epoch) const;
    // Whether a replica whose log ends like this has a prefix of this log. Offset 0 always is one.
    bool isPrefix(const OffsetAndEpoch& end) const;
    // Where this log has to be cut when a leader says that it differs from the leader's log, which ends its
    // own part of `diverging.epoch` at `diverging.offset` (KIP-595).
    Offset truncationOffset(const OffsetAndEpoch& diverging) const;

    TIDELINE_FIELDS(RaftLog, batches_, epochs_)

private:
    struct EpochStart
    {
        LeaderEpoch epoch = 0;
        Offset startOffset = 0;
        TIDELINE_FIELDS(EpochStart, epoch, startOffset)
    };

    CowPages<RaftBatch, 64> batches_;
    std::vector<EpochStart> epochs_;
};

} // namespace tideline
