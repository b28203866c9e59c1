// SPDX-License-Identifier: GPL-3.0-or-later
// Control batches: what the brokers write into a log about it, in records that consumers skip but whose
// offsets count.
//
// Commit and abort markers end a transaction on one partition (KIP-98); a leader change opens a Raft leader's
// epoch (KIP-595); an empty batch is what compaction leaves of one, so that the producer's last sequence is
// kept. Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/chunk.h"
#include "engine/log/record_batch.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tideline {

// The type in a control record's key, as on the wire.
enum class ControlType : std::int16_t {
    Abort = 0,
    Commit = 1,
    LeaderChange = 2,
    SnapshotHeader = 3,
    SnapshotFooter = 4,
    KRaftVersion = 5,
    KRaftVoters = 6
};

struct TransactionMarker
{
    ControlType type = ControlType::Abort; // Abort or Commit
    Offset baseOffset = 0;
    Millis timestamp = 0;
    LeaderEpoch partitionLeaderEpoch = kNoLeaderEpoch;
    std::int64_t producerId = kNoProducerId;
    std::int16_t producerEpoch = kNoProducerEpoch;
    std::int32_t coordinatorEpoch = 0;
};

struct LeaderChange
{
    BrokerId leader = 0;
    std::vector<BrokerId> voters;         // in this order
    std::vector<BrokerId> grantingVoters; // who voted for the leader, in this order
    Offset baseOffset = 0;
    Millis timestamp = 0;
    LeaderEpoch leaderEpoch = kNoLeaderEpoch;
};

// The batch of one marker: 78 bytes, one offset.
Chunk transactionMarkerBatch(const TransactionMarker& marker);

// The batch of one LeaderChangeMessage, version 0.
Chunk leaderChangeBatch(const LeaderChange& change);

struct EmptyBatch
{
    Offset baseOffset = 0;
    Offset lastOffset = 0; // >= baseOffset, less than 2^31 later
    Millis maxTimestamp = kNoTimestamp;
    LeaderEpoch partitionLeaderEpoch = kNoLeaderEpoch;
    std::int64_t producerId = kNoProducerId;
    std::int16_t producerEpoch = kNoProducerEpoch;
    std::int32_t baseSequence = kNoSequence;
    bool transactional = false;
    bool control = false;
};

// A header without records: 61 bytes.
Chunk emptyBatch(const EmptyBatch& batch);

// The type in a control record's key; none when the key is cut off or of a type that is not known.
std::optional<ControlType> controlTypeOf(Bytes key);

} // namespace tideline
