// SPDX-License-Identifier: GPL-3.0-or-later
// ProducerEntry: what a partition remembers of one idempotent producer (Kafka's ProducerStateEntry, KIP-98).
//
// 1. All cached batches are of the current epoch; a new epoch forgets them.
// 2. They lie in the order of their sequences, at most five: as many as a producer may have in flight.
// A plain value without memory of its own.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/record_batch.h"
#include "engine/log/sequence.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tideline {

inline constexpr std::int32_t kNoCoordinatorEpoch = -1;

// A batch that was appended, as duplicates are told from it.
struct AppendedBatch
{
    std::int32_t lastSequence = kNoSequence;
    Offset lastOffset = kUnknownOffset;
    std::int32_t offsetDelta = 0; // last offset - base offset
    Millis timestamp = kNoTimestamp;

    Offset baseOffset() const { return lastOffset - offsetDelta; }
    std::int32_t firstSequence() const { return decrementSequence(lastSequence, offsetDelta); }
    TIDELINE_FIELDS(AppendedBatch, lastSequence, lastOffset, offsetDelta, timestamp)
};

struct ProducerEntry
{
    static constexpr std::size_t kCachedBatches = 5;

    std::int16_t epoch = kNoProducerEpoch;
    std::int32_t coordinatorEpoch = kNoCoordinatorEpoch; // of the last marker
    Millis lastTimestamp = kNoTimestamp;                 // of the last batch or marker
    Offset transactionStart = kUnknownOffset;            // first offset of the open transaction
    std::array<AppendedBatch, kCachedBatches> batches{};
    std::size_t batchCount = 0;

    bool inTransaction() const { return transactionStart != kUnknownOffset; }
    bool hasBatches() const { return batchCount > 0; }
    const AppendedBatch& lastBatch() const { return batches[batchCount - 1]; }
    std::int32_t lastSequence() const { return hasBatches() ? lastBatch().lastSequence : kNoSequence; }
    Offset lastDataOffset() const { return hasBatches() ? lastBatch().lastOffset : kUnknownOffset; }

    // The cached batch of exactly these sequences; null when there is none.
    const AppendedBatch* find(std::int32_t firstSequence, std::int32_t lastSequence) const
    {
        for (std::size_t i = 0; i < batchCount; ++i) {
            if (batches[i].firstSequence() == firstSequence && batches[i].lastSequence == lastSequence)
                return &batches[i];
        }
        return nullptr;
    }

    void setEpoch(std::int16_t newEpoch)
    {
        if (newEpoch == epoch)
            return;
        epoch = newEpoch;
        batchCount = 0;
        batches.fill(AppendedBatch{}); // equal entries are equal in every field
    }

    // The oldest makes room.
    void add(const AppendedBatch& batch)
    {
        if (batchCount == kCachedBatches) {
            std::move(batches.begin() + 1, batches.end(), batches.begin());
            --batchCount;
        }
        batches[batchCount++] = batch;
    }
    TIDELINE_FIELDS(ProducerEntry, epoch, coordinatorEpoch, lastTimestamp, transactionStart, batches,
                    batchCount)
};

} // namespace tideline
