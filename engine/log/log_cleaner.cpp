// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/log_cleaner.h"

#include "engine/log/cleaned_transactions.h"
#include "engine/log/compact_batch.h"
#include "engine/log/offset_map.h"
#include "engine/log/record_batch_reader.h"

#include <limits>

namespace tideline {
namespace {

// Adds a segment's keys; false when the map has become full before its end.
bool addSegment(const LogSegment& segment, Offset firstDirty, CleanedTransactions& transactions,
                OffsetMap& map)
{
    for (const Chunk& chunk : segment.batches) {
        const BatchHeader batch = readBatchHeader(chunk.bytes());
        if (batch.control()) {
            transactions.onControlBatch(chunk.bytes());
        } else if (!transactions.onDataBatch(batch)) {
            RecordBatchReader reader(chunk.bytes());
            RecordView record;
            while (reader.next(record)) {
                if (record.key && record.offset >= firstDirty && !map.put(*record.key, record.offset))
                    return false;
            }
        }
        if (batch.lastOffset() >= firstDirty)
            map.seen(batch.lastOffset());
    }
    return true;
}

OffsetMap buildOffsetMap(std::span<const LogSegment> log, const LogToClean& toClean, std::int64_t slots)
{
    OffsetMap map(slots);
    const auto dirty = segmentsBetween(log, toClean.firstDirty, toClean.firstUncleanable);
    CleanedTransactions transactions;
    transactions.expect(log, toClean.firstDirty, toClean.firstUncleanable);
    for (std::size_t i = 0; i < dirty.size(); ++i) {
        if (!addSegment(dirty[i], toClean.firstDirty, transactions, map))
            break;
        const Offset end = i + 1 < dirty.size() ? dirty[i + 1].baseOffset : toClean.firstUncleanable;
        map.seen(end - 1); // the last offsets may be gone
    }
    return map;
}

// How many of the first segments become one: as many as fit segment.bytes, and 32-bit offsets from the first.
std::size_t groupSize(std::span<const LogSegment> segments, Offset end, std::int64_t segmentBytes)
{
    constexpr Offset kFarthest = std::numeric_limits<std::int32_t>::max();
    std::int64_t bytes = segments[0].bytes();
    std::size_t count = 1;
    for (; count < segments.size(); ++count) {
        const LogSegment& next = segments[count];
        const Offset last = (count + 1 < segments.size() ? segments[count + 1].baseOffset : end) - 1;
        bytes += next.bytes();
        if (bytes > segmentBytes || (next.bytes() > 0 && last - segments[0].baseOffset > kFarthest))
            break;
    }
    return count;
}

// One pass: what the groups of segments share.
class Pass
{
public:
    Pass(std::span<const LogSegment> log, const ProducerState::Producers& producers, const OffsetMap& map,
         const CompactionConfig& config, Millis now)
        : log_(log)
        , producers_(producers)
        , map_(map)
        , config_(config)
        , now_(now)
    {}

    // The segments as one.
    LogSegment clean(std::span<const LogSegment> group, CleanedLog& stats)
    {
        LogSegment cleaned;
        cleaned.baseOffset = group[0].baseOffset;
        for (std::size_t i = 0; i < group.size(); ++i) {
            transactions_.expect(log_, group[i].baseOffset,
                                 i + 1 < group.size() ? group[i + 1].baseOffset : group[i].nextOffset());
            for (const Chunk& batch : group[i].batches) {
                CompactedBatch compacted =
                    compactBatch(batch, keepOf(batch.bytes()), map_, {config_.deleteRetention, now_});
                stats.recordsRead += compacted.recordsRead;
                stats.recordsKept += compacted.recordsKept;
                if (!compacted.batch.empty())
                    cleaned.batches.push_back(std::move(compacted.batch));
            }
        }
        cleaned.aborted = transactions_.takeKept();
        return cleaned;
    }

private:
    // What may go of the batch, before its records are looked at.
    BatchKeep keepOf(Bytes bytes)
    {
        const BatchHeader batch = readBatchHeader(bytes);
        BatchKeep keep;
        if (batch.control()) {
            keep.markerWithoutData = transactions_.onControlBatch(bytes);
            const std::optional<Millis> horizon = batch.deleteHorizon();
            keep.records = !(keep.markerWithoutData && horizon && *horizon <= now_);
        } else {
            keep.records = !transactions_.onDataBatch(batch);
        }
        keep.header = isLastOfProducer(batch);
        return keep;
    }

    // A producer that has written data is known by its last batch, one that has not by its marker.
    bool isLastOfProducer(const BatchHeader& batch) const
    {
        const auto found = producers_.find(batch.producerId);
        if (batch.producerId == kNoProducerId || found == producers_.end())
            return false;
        const ProducerEntry& producer = found->second;
        return producer.hasBatches() ? batch.lastOffset() == producer.lastDataOffset()
                                     : batch.control() && batch.producerEpoch == producer.epoch;
    }

    std::span<const LogSegment> log_;
    const ProducerState::Producers& producers_;
    const OffsetMap& map_;
    const CompactionConfig& config_;
    Millis now_;
    CleanedTransactions transactions_;
};

} // namespace

CleanedLog cleanLog(std::span<const LogSegment> log, const LogToClean& toClean,
                    const ProducerState::Producers& producers, const CompactionConfig& config, Millis now)
{
    const OffsetMap map = buildOffsetMap(log, toClean, config.offsetMapSlots);
    CleanedLog result;
    result.nextDirty = map.latestOffset() + 1;
    std::size_t toRead = 0;
    while (toRead < log.size() && log[toRead].baseOffset < result.nextDirty)
        ++toRead;
    Pass pass(log, producers, map, config, now);
    for (std::span<const LogSegment> rest = log.first(toRead); !rest.empty();) {
        const std::size_t count = groupSize(rest, toClean.firstUncleanable, config.segmentBytes);
        result.segments.push_back(pass.clean(rest.first(count), result));
        rest = rest.subspan(count);
    }
    result.segments.insert(result.segments.end(), log.begin() + static_cast<std::ptrdiff_t>(toRead),
                           log.end());
    return result;
}

} // namespace tideline
