// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/compact_batch.h"

#include "engine/log/control_batch.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"

#include <vector>

namespace tideline {
namespace {

// What the map does not know yet stays; of the rest the last record of each key, a tombstone until its
// horizon.
bool staysInLog(const RecordView& record, const BatchHeader& batch, const OffsetMap& map, Millis now)
{
    if (record.offset > map.latestOffset())
        return true;
    if (!record.key || map.hasLater(*record.key, record.offset))
        return false;
    const std::optional<Millis> horizon = batch.deleteHorizon();
    return record.value || !horizon || now < *horizon;
}

Chunk headerOf(const BatchHeader& batch)
{
    EmptyBatch empty;
    empty.baseOffset = batch.baseOffset;
    empty.lastOffset = batch.lastOffset();
    empty.maxTimestamp = batch.maxTimestamp;
    empty.partitionLeaderEpoch = batch.partitionLeaderEpoch;
    empty.producerId = batch.producerId;
    empty.producerEpoch = batch.producerEpoch;
    empty.baseSequence = batch.baseSequence;
    empty.transactional = batch.transactional();
    empty.control = batch.control();
    return emptyBatch(empty);
}

std::vector<RecordHeader> headersOf(RecordHeaders headers)
{
    std::vector<RecordHeader> all;
    while (headers.count() > 0)
        all.push_back(headers.next());
    return all;
}

// The batch with these records only, under its own offsets; no bytes when they break a rule of writing, as
// negative timestamps do.
Chunk rewritten(const BatchHeader& batch, const std::vector<RecordView>& records,
                std::optional<Millis> deleteHorizon)
{
    BatchFields fields;
    fields.baseOffset = batch.baseOffset;
    fields.partitionLeaderEpoch = batch.partitionLeaderEpoch;
    fields.producerId = batch.producerId;
    fields.producerEpoch = batch.producerEpoch;
    fields.baseSequence = batch.baseSequence;
    fields.transactional = batch.transactional();
    fields.control = batch.control();
    fields.deleteHorizon = deleteHorizon;
    fields.codec = static_cast<Codec>(batch.codecNumber()); // an unknown one could not be read
    if (batch.timestampType() == TimestampType::LogAppendTime)
        fields.logAppendTime = batch.maxTimestamp;
    RecordBatchWriter writer(fields, static_cast<std::size_t>(batch.size()));
    for (const RecordView& record : records) {
        if (writer.appendAt(record.offset, record.timestamp, record.key, record.value,
                            headersOf(record.headers)) != BatchFault::None)
            return {};
    }
    Chunk bytes;
    if (writer.overrideLastOffset(batch.lastOffset()) != BatchFault::None ||
        writer.close(bytes) != BatchFault::None)
        return {};
    return bytes;
}

// The batch as it is: its records cannot be read, or not be written anew.
CompactedBatch untouched(const Chunk& batch)
{
    const std::int32_t count = readBatchHeader(batch.bytes()).recordCount;
    return {batch, count, count};
}

} // namespace

CompactedBatch compactBatch(const Chunk& batch, const BatchKeep& keep, const OffsetMap& map,
                            const DeleteHorizon& horizon)
{
    CompactedBatch result;
    if (!keep.records && !keep.header)
        return result;
    RecordBatchReader reader(batch.bytes());
    const BatchHeader& header = reader.header();
    std::vector<RecordView> kept;
    bool hasTombstones = false;
    RecordView record;
    while (reader.next(record)) {
        ++result.recordsRead;
        if (!keep.records || !(header.control() || staysInLog(record, header, map, horizon.now)))
            continue;
        kept.push_back(record);
        hasTombstones = hasTombstones || !record.value;
    }
    if (reader.fault() != BatchFault::None)
        return untouched(batch);
    result.recordsKept = static_cast<std::int32_t>(kept.size());
    if (kept.empty()) {
        result.batch = keep.header ? headerOf(header) : Chunk();
        return result;
    }
    const bool setHorizon = (hasTombstones || keep.markerWithoutData) && !header.deleteHorizon();
    if (!setHorizon && result.recordsKept == result.recordsRead)
        return untouched(batch);
    const std::optional<Millis> newHorizon =
        setHorizon ? std::optional<Millis>(saturatingAdd(horizon.now, horizon.retention))
                   : header.deleteHorizon();
    result.batch = rewritten(header, kept, newHorizon);
    return result.batch.empty() ? untouched(batch) : result;
}

} // namespace tideline
