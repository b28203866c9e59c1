// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/log_lookup.h"

#include "engine/log/compressed_batch.h"

#include <algorithm>

namespace tideline {
namespace {

// The batches from a position on, which an index gave.
std::span<const BatchPosition> batchesFrom(const SegmentContents& segment, std::int64_t position)
{
    const auto& batches = segment.scan.batches;
    const auto first =
        std::lower_bound(batches.begin(), batches.end(), position,
                         [](const BatchPosition& batch, std::int64_t at) { return batch.position < at; });
    return std::span(batches).subspan(static_cast<std::size_t>(first - batches.begin()));
}

} // namespace

const BatchPosition* translateOffset(const SegmentContents& segment, Offset target)
{
    for (const BatchPosition& batch : batchesFrom(segment, segment.offsetIndex.lookup(target).position)) {
        if (batch.header.lastOffset() >= target)
            return &batch;
    }
    return nullptr;
}

std::optional<FoundBatch> findBatch(std::span<const SegmentContents> segments, Offset target)
{
    auto segment = std::upper_bound(
        segments.begin(), segments.end(), target,
        [](Offset offset, const SegmentContents& candidate) { return offset < candidate.baseOffset; });
    if (segment == segments.begin())
        return std::nullopt;
    for (--segment; segment != segments.end(); ++segment) {
        if (const BatchPosition* batch = translateOffset(*segment, target))
            return FoundBatch{&*segment, batch};
    }
    return std::nullopt;
}

std::optional<FoundRecord> findOffsetByTimestamp(const SegmentContents& segment, Millis target,
                                                 Offset startingOffset)
{
    const Offset from = std::max(segment.timeIndex.lookup(target).offset, startingOffset);
    for (const BatchPosition& batch : batchesFrom(segment, segment.offsetIndex.lookup(from).position)) {
        if (batch.header.maxTimestamp < target)
            continue;
        std::optional<FoundRecord> found;
        // What a damaged batch holds before the damage still counts; checkRecords() reports it.
        static_cast<void>(
            forEachRecordDecompressed(batchBytes(segment.log, batch), [&](const RecordView& record) {
                if (!found && record.timestamp >= target && record.offset >= startingOffset)
                    found = FoundRecord{record.offset, record.timestamp, batch.header.partitionLeaderEpoch};
            }));
        if (found)
            return found;
    }
    return std::nullopt;
}

std::optional<FoundRecord> fetchOffsetByTimestamp(std::span<const SegmentContents> segments, Millis target,
                                                  Offset logStartOffset)
{
    for (const SegmentContents& segment : segments) {
        if (segment.largestTimestamp() >= target)
            return findOffsetByTimestamp(segment, target, logStartOffset);
    }
    return std::nullopt;
}

} // namespace tideline
