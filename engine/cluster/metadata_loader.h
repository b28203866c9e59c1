// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataLoader: how far a node, a controller or a broker, has replayed what is committed of the metadata
// log, and when it makes a snapshot of what it has replayed (KIP-630).
//
// 1. A node that has replayed nothing yet, or less than its log reaches back to, begins with the newest
// snapshot of its log; then it goes on batch by batch.
// 2. A snapshot is due once metadata.log.max.record.bytes.between.snapshots of batches have been replayed
// since the last one, or when batches are replayed metadata.log.max.snapshot.interval.ms after it. Each node
// decides for itself. A plain value inside its actor. Source: MetadataLoader, SnapshotGenerator of Kafka.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/cluster/metadata_batch.h"
#include "engine/cluster/metadata_snapshot.h"
#include "engine/lab/scenario.h"
#include "engine/quorum/raft_node.h"

#include <cstddef>
#include <cstdint>

namespace tideline {

class MetadataLoader
{
public:
    MetadataLoader() = default;
    // The process starts: nothing is replayed.
    void start(Micros now) { *this = {{}, 0, now}; }
    // The end of what has been replayed, and the epoch of its last record.
    const OffsetAndEpoch& applied() const { return applied_; }

    // Takes what has been committed since, but for what the quorum itself wrote: first perhaps
    // takeSnapshot(const RaftSnapshot&), then takeBatch(const RaftPayload&), a MetadataBatch, for each batch.
    template <class TakeSnapshot, class TakeBatch>
    void takeCommitted(const RaftNode& node, Micros now, TakeSnapshot&& takeSnapshot, TakeBatch&& takeBatch)
    {
        const RaftLog& log = node.log();
        const RaftSnapshot* newest = log.latestSnapshot();
        const bool begins = applied_.offset == 0 || applied_.offset < log.startOffset();
        if (begins && newest && node.committed() > applied_.offset) {
            *this = {newest->id, 0, now};
            takeSnapshot(*newest);
        }
        for (std::size_t i = log.find(applied_.offset); i < log.batchCount(); ++i) {
            const RaftBatch& batch = log.batch(i);
            if (batch.endOffset() > node.committed())
                return;
            applied_ = {batch.endOffset(), batch.epoch};
            bytesSince_ += batch.bytes();
            if (metadataOf(batch.payload))
                takeBatch(batch.payload);
        }
    }

    // What was there when the process began has been replayed: it counts for no snapshot. Source:
    // SnapshotGenerator.publishSnapshot of Kafka.
    void caughtUp(Micros now)
    {
        bytesSince_ = 0;
        lastSnapshotAt_ = now;
    }

    // Whether a snapshot of all that has been replayed is to be made now; counting then begins anew.
    bool snapshotIsDue(Micros now, const ClusterConfig& config)
    {
        const bool many = bytesSince_ >= config.metadataSnapshotBytes;
        const bool late = config.metadataSnapshotInterval > 0 && bytesSince_ > 0 &&
                          now - lastSnapshotAt_ >= config.metadataSnapshotInterval;
        if (!many && !late)
            return false;
        caughtUp(now);
        return true;
    }

    TIDELINE_FIELDS(MetadataLoader, applied_, bytesSince_, lastSnapshotAt_)

private:
    MetadataLoader(const OffsetAndEpoch& applied, std::int64_t bytesSince, Micros lastSnapshotAt)
        : applied_(applied)
        , bytesSince_(bytesSince)
        , lastSnapshotAt_(lastSnapshotAt)
    {}

    OffsetAndEpoch applied_;
    std::int64_t bytesSince_ = 0; // of batches replayed since the last snapshot
    Micros lastSnapshotAt_ = 0;   // µs, the node's clock: or since it started
};

} // namespace tideline
