// SPDX-License-Identifier: GPL-3.0-or-later
// A .snapshot file: the producers of a partition as of the offset in its name, from which a restarted broker
// goes on.
//
// Version (2 bytes, 1), CRC-32C of everything after it (4), count (4), then 46 bytes a producer. Of the
// batches of a producer only the last one is kept. It is written at every roll and at a clean shutdown. The
// order of the producers in a file that was read is kept. Source: ProducerStateManager and ProducerSnapshot
// of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/producer_state.h"
#include "engine/log/segment_fault.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct ProducerSnapshotEntry
{
    std::int64_t producerId = kNoProducerId;
    std::int16_t producerEpoch = kNoProducerEpoch;
    std::int32_t lastSequence = kNoSequence;
    Offset lastOffset = kUnknownOffset; // of its last data batch
    std::int32_t offsetDelta = 0;       // last offset - base offset of that batch
    Millis timestamp = kNoTimestamp;
    std::int32_t coordinatorEpoch = kNoCoordinatorEpoch;
    Offset currentTxnFirstOffset = kUnknownOffset; // of the open transaction

    bool operator==(const ProducerSnapshotEntry&) const = default;
};

struct ProducerSnapshot
{
    std::int16_t version = 1;
    std::uint32_t checksum = 0; // as stored; written anew
    std::vector<ProducerSnapshotEntry> producers;
};

// On a fault `snapshot` is not to be used: Kafka drops such a file and builds the state from the log.
std::optional<SegmentFault> readProducerSnapshot(Bytes bytes, const std::string& file,
                                                 ProducerSnapshot& snapshot);

std::string producerSnapshotBytes(const ProducerSnapshot& snapshot);

// The snapshot of a living state. The producers lie in the order of Java's HashMap, in which Kafka keeps
// them: by the slot of a table that has grown with them, and within a slot by id.
ProducerSnapshot producerSnapshotOf(const ProducerState::Producers& producers);

} // namespace tideline
