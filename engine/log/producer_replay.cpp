// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/producer_replay.h"

#include "engine/log/compressed_batch.h"

#include <utility>

namespace tideline {

std::optional<TransactionMarker> transactionMarkerIn(Bytes batch)
{
    const BatchHeader header = readBatchHeader(batch);
    if (!header.control() || header.producerId == kNoProducerId)
        return std::nullopt;
    // Only the first record counts, and its place is the batch's.
    std::optional<TransactionMarker> marker;
    bool first = true;
    const RecordsFault fault = forEachRecordDecompressed(batch, [&](const RecordView& record) {
        const auto type = controlTypeOf(record.key.value_or(Bytes()));
        constexpr std::size_t kValueBytes = 6; // version, coordinator epoch
        if (!std::exchange(first, false) || !type ||
            (*type != ControlType::Abort && *type != ControlType::Commit) || !record.value ||
            record.value->size() < kValueBytes)
            return;
        marker = TransactionMarker{.type = *type,
                                   .baseOffset = header.baseOffset,
                                   .timestamp = record.timestamp,
                                   .partitionLeaderEpoch = header.partitionLeaderEpoch,
                                   .producerId = header.producerId,
                                   .producerEpoch = header.producerEpoch,
                                   .coordinatorEpoch = loadBigEndian<std::int32_t>(record.value->data() + 2)};
    });
    return fault.ok() ? marker : std::nullopt;
}

std::optional<AbortedTransaction> replayBatch(ProducerState& state, Bytes batch)
{
    if (const auto marker = transactionMarkerIn(batch))
        return state.record(*marker);
    BatchHeader header = readBatchHeader(batch);
    if (header.control())
        header.producerId = kNoProducerId; // only its offsets count
    state.record(header);
    return std::nullopt;
}

} // namespace tideline
