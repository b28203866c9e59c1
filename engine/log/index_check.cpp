// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/index_check.h"

#include "engine/log/transaction_index.h"

#include <algorithm>

namespace tideline {
namespace {

SegmentFault lie(const std::string& file, std::size_t entry, std::size_t entryBytes, const std::string& rule)
{
    const std::size_t position = entry * entryBytes;
    return {SegmentDamage::IndexPosition,
            file,
            static_cast<std::int64_t>(position),
            {},
            file + ": byte " + std::to_string(position) + ", entry " + std::to_string(entry) + ": " + rule +
                "; recovery builds the index anew from the log"};
}

using Batches = std::vector<BatchPosition>;

// The first batch whose last offset is `offset` or later.
Batches::const_iterator batchOf(const Batches& batches, Offset offset)
{
    return std::lower_bound(
        batches.begin(), batches.end(), offset,
        [](const BatchPosition& batch, Offset wanted) { return batch.header.lastOffset() < wanted; });
}

} // namespace

std::optional<SegmentFault> checkOffsetIndex(const OffsetIndex& index, const SegmentScan& scan,
                                             const std::string& file)
{
    for (std::size_t i = 0; i < index.entries().size(); ++i) {
        const OffsetPosition& entry = index.entries()[i];
        const auto fault = [&](const std::string& rule) {
            return lie(file, i, OffsetIndex::kEntryBytes,
                       "offset " + std::to_string(entry.offset) + " is said to lie at byte " +
                           std::to_string(entry.position) + " of the log, " + rule);
        };
        const auto at = std::lower_bound(
            scan.batches.begin(), scan.batches.end(), entry.position,
            [](const BatchPosition& batch, std::int64_t position) { return batch.position < position; });
        if (at == scan.batches.end() || at->position != entry.position)
            return fault("where no sound batch begins");
        const auto last = batchOf(scan.batches, entry.offset);
        if (last == scan.batches.end() || last->header.lastOffset() != entry.offset || last < at)
            return fault("where a batch with offsets " + std::to_string(at->header.baseOffset) + " to " +
                         std::to_string(at->header.lastOffset()) + " begins");
    }
    return std::nullopt;
}

std::optional<SegmentFault> checkTimeIndex(const TimeIndex& index, const SegmentScan& scan,
                                           const std::string& file)
{
    Millis largest = kNoTimestamp;
    auto batch = scan.batches.begin();
    for (std::size_t i = 0; i < index.entries().size(); ++i) {
        const TimestampOffset& entry = index.entries()[i];
        const auto named = batchOf(scan.batches, entry.offset);
        const auto fault = [&](const std::string& rule) {
            return lie(file, i, TimeIndex::kEntryBytes,
                       "timestamp " + std::to_string(entry.timestamp) + " is said to come with offset " +
                           std::to_string(entry.offset) + ", " + rule);
        };
        if (named == scan.batches.end() || named->header.baseOffset > entry.offset)
            return fault("which is in no sound batch");
        for (; batch <= named; ++batch)
            largest = std::max(largest, batch->header.maxTimestamp);
        if (largest != entry.timestamp)
            return fault("but the largest up to there is " + std::to_string(largest));
        if (named->header.maxTimestamp != entry.timestamp)
            return fault("but that batch's is " + std::to_string(named->header.maxTimestamp));
    }
    return std::nullopt;
}

std::optional<SegmentFault> checkTransactionIndex(std::span<const AbortedTransaction> aborted,
                                                  const SegmentScan& scan, const std::string& file)
{
    for (std::size_t i = 0; i < aborted.size(); ++i) {
        const auto batch = batchOf(scan.batches, aborted[i].lastOffset);
        if (batch == scan.batches.end() || batch->header.baseOffset > aborted[i].lastOffset)
            continue;
        if (!batch->header.control() || batch->header.producerId != aborted[i].producerId)
            return lie(file, i, kTransactionIndexEntryBytes,
                       "producer " + std::to_string(aborted[i].producerId) +
                           " is said to have aborted at offset " + std::to_string(aborted[i].lastOffset) +
                           ", where no marker of it lies");
    }
    return std::nullopt;
}

} // namespace tideline
