// SPDX-License-Identifier: GPL-3.0-or-later
// RaftLog: one node's copy of the quorum's log: snapshots, batches, and the leader epochs in which they were
// written.
//
// 1. Batches lie back to back from the log start. What lies before it is in a snapshot: where the log starts
// behind 0 there is one that ends exactly there.
// 2. The epoch list has one entry per leader epoch, ascending in epoch and start offset. A new leader enters
// its epoch before it has written anything.
// 3. It is cut at batch boundaries only. The log start only rises; snapshots before it are forgotten.
// 4. Segments only count bytes: one goes when all of it lies before the log start, but never the last.
// A plain value; copies share their pages. Source: ReplicatedLog, KafkaMetadataLog of Kafka.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/quorum/offset_and_epoch.h"
#include "engine/quorum/raft_records.h"
#include "engine/quorum/raft_snapshot.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tideline {

// What a record of the log is taken to have, in bytes: payloads are not encoded.
inline constexpr std::int64_t kRaftRecordBytes = 30;
// metadata.log.segment.bytes
inline constexpr std::int64_t kRaftSegmentBytes = 1'073'741'824;

struct RaftBatch
{
    Offset baseOffset = 0;
    LeaderEpoch epoch = 0;
    std::int32_t records = 0; // offsets it takes, >= 1
    bool control = false;     // written by the quorum itself: LEADER_CHANGE
    RaftPayload payload;

    Offset endOffset() const { return baseOffset + records; }
    std::int64_t bytes() const { return kRaftRecordBytes * records; }
    TIDELINE_FIELDS(RaftBatch, baseOffset, epoch, records, control, payload)
};

// What a leader makes of the end of another log.
struct JudgedEnd
{
    enum class Verdict : std::uint8_t {
        Valid,     // that log is a prefix of this one
        Diverging, // it is not: it has to be cut back to `at`, the largest place that can be in both
        Snapshot   // this log does not reach back to where both agree: it has to be replaced by snapshot `at`
    };
    Verdict verdict = Verdict::Valid;
    OffsetAndEpoch at;
    TIDELINE_FIELDS(JudgedEnd, verdict, at)
};

class RaftLog
{
public:
    Offset startOffset() const { return start_; }
    // The offset that the next record gets.
    Offset endOffset() const { return batches_.empty() ? start_ : batches_.back().endOffset(); }
    // The last epoch that the log knows; of an empty log that of its snapshot; 0 when it knows none.
    LeaderEpoch lastEpoch() const;
    OffsetAndEpoch end() const { return {endOffset(), lastEpoch()}; }
    std::size_t batchCount() const { return batches_.size(); }
    const RaftBatch& batch(std::size_t i) const { return batches_[i]; }
    // Bytes of the segments that are there.
    std::int64_t bytes() const;

    // A leader's epoch starts at the log end; what the log knew of this or later epochs is forgotten.
    void startEpoch(LeaderEpoch epoch);
    // The batch must begin at the log end; its epoch is entered when it is new. A segment that would grow
    // beyond `segmentBytes` is followed by a new one.
    void append(RaftBatch batch, std::int64_t segmentBytes = kRaftSegmentBytes);
    // Cuts everything from `offset` on, at a batch boundary at or below it; returns the new end.
    Offset truncateTo(Offset offset);

    // Ascending; of those that are kept.
    const std::vector<RaftSnapshot>& snapshots() const { return snapshots_; }
    // Null when there is none.
    const RaftSnapshot* latestSnapshot() const { return snapshots_.empty() ? nullptr : &snapshots_.back(); }
    const RaftSnapshot* snapshot(const OffsetAndEpoch& id) const;
    // False when it ends before the log start, or is there already.
    bool addSnapshot(RaftSnapshot snapshot);
    // The log starts where this snapshot ends. False, and nothing changes, when there is no such snapshot or
    // the log starts there or later.
    bool deleteBeforeSnapshot(const OffsetAndEpoch& id);
    // A snapshot that knows more than the log takes its place: the log is empty and starts where it ends.
    // False when there is none.
    bool truncateToLatestSnapshot();

    // Index of the first batch that ends behind `offset`; batchCount() when there is none.
    std::size_t find(Offset offset) const;
    // The largest known epoch that is not above `epoch`, and where it ended here.
    OffsetAndEpoch endOffsetForEpoch(LeaderEpoch epoch) const;
    // A replica's log ends like this. Offset 0 is valid while this log starts there.
    JudgedEnd judge(const OffsetAndEpoch& end) const;
    // Where this log has to be cut when a leader says that it differs from the leader's log, which ends its
    // own part of `diverging.epoch` at `diverging.offset` (KIP-595).
    Offset truncationOffset(const OffsetAndEpoch& diverging) const;

    TIDELINE_FIELDS(RaftLog, start_, batches_, epochs_, snapshots_, segments_)

private:
    struct EpochStart
    {
        LeaderEpoch epoch = 0;
        Offset startOffset = 0;
        TIDELINE_FIELDS(EpochStart, epoch, startOffset)
    };
    struct Segment
    {
        Offset baseOffset = 0;
        std::int64_t bytes = 0;
        TIDELINE_FIELDS(Segment, baseOffset, bytes)
    };
    void forgetSnapshotsBeforeStart();

    Offset start_ = 0;
    CowPages<RaftBatch, 64> batches_;
    std::vector<EpochStart> epochs_;
    std::vector<RaftSnapshot> snapshots_; // ascending
    std::vector<Segment> segments_;       // ascending
};

} // namespace tideline
