// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/record_batch_writer.h"

#include "engine/log/codec.h"
#include "engine/log/crc32c.h"

namespace tideline {
namespace {

// What Kafka's MemoryRecordsBuilder.validateProducerState refuses.
BatchFault checkProducer(const BatchFields& fields)
{
    if (fields.transactional && fields.producerId == kNoProducerId)
        return BatchFault::NoProducerId;
    if (fields.producerId == kNoProducerId)
        return BatchFault::None;
    if (fields.producerEpoch == kNoProducerEpoch)
        return BatchFault::NoProducerEpoch;
    if (fields.baseSequence < 0 && !fields.control)
        return BatchFault::NoSequence;
    return BatchFault::None;
}

std::int16_t attributesOf(const BatchFields& fields)
{
    int attributes = static_cast<int>(fields.codec);
    if (fields.logAppendTime)
        attributes |= batch_attributes::kLogAppendTime;
    if (fields.transactional)
        attributes |= batch_attributes::kTransactional;
    if (fields.control)
        attributes |= batch_attributes::kControl;
    if (fields.deleteHorizon)
        attributes |= batch_attributes::kDeleteHorizon;
    return static_cast<std::int16_t>(attributes);
}

} // namespace

char* RecordBatchWriter::putHeaders(char* at, std::span<const RecordHeader> headers)
{
    at = putVarint(at, static_cast<std::int32_t>(headers.size()));
    for (const RecordHeader& header : headers) {
        at = putNullable(at, header.key);
        at = putNullable(at, header.value);
    }
    return at;
}

BatchFault RecordBatchWriter::appendAt(Offset offset, Millis timestamp, NullableBytes key,
                                       NullableBytes value, std::span<const RecordHeader> headers)
{
    std::int64_t delta = 0;
    if (__builtin_sub_overflow(offset, fields_.baseOffset, &delta))
        return BatchFault::OffsetTooFar;
    // Kafka lets the first record lie below the base offset.
    if (recordCount_ > 0 && delta < nextOffsetDelta_)
        return BatchFault::OffsetNotIncreasing;
    return write(delta, timestamp, key, value, headers);
}

BatchFault RecordBatchWriter::overrideLastOffset(Offset offset)
{
    const std::int64_t delta = saturatingAdd(offset, -fields_.baseOffset);
    if (delta < nextOffsetDelta_ - 1)
        return BatchFault::OffsetNotIncreasing;
    if (delta > std::numeric_limits<std::int32_t>::max() - 1)
        return BatchFault::OffsetTooFar;
    nextOffsetDelta_ = delta + 1;
    return BatchFault::None;
}

void RecordBatchWriter::compressRecords()
{
    ChunkBuilder compressed(buffer_.size() / 2 + kBatchHeaderBytes);
    compressed.advanceTo(compressed.room(kBatchHeaderBytes) + kBatchHeaderBytes);
    compress(fields_.codec, buffer_.bytes().substr(kBatchHeaderBytes), compressed);
    buffer_ = std::move(compressed);
}

BatchFault RecordBatchWriter::close(Chunk& batch)
{
    if (const BatchFault fault = checkProducer(fields_); fault != BatchFault::None)
        return fault;
    open_ = false;
    if (recordCount_ == 0) {
        buffer_ = ChunkBuilder();
        batch = Chunk();
        return BatchFault::None;
    }
    if (fields_.codec != Codec::None)
        compressRecords();
    BatchHeader header;
    header.baseOffset = fields_.baseOffset;
    header.batchLength = static_cast<std::int32_t>(buffer_.size() - kLogOverheadBytes);
    header.partitionLeaderEpoch = fields_.partitionLeaderEpoch;
    header.attributes = attributesOf(fields_);
    header.lastOffsetDelta = static_cast<std::int32_t>(nextOffsetDelta_ - 1);
    header.baseTimestamp = baseTimestamp_;
    header.maxTimestamp = fields_.logAppendTime.value_or(maxTimestamp_);
    header.producerId = fields_.producerId;
    header.producerEpoch = fields_.producerEpoch;
    header.baseSequence = fields_.baseSequence;
    header.recordCount = recordCount_;
    writeBatchHeader(buffer_.data(), header);
    storeBigEndian<std::uint32_t>(buffer_.data() + batch_layout::kChecksum,
                                  crc32c(buffer_.bytes().substr(batch_layout::kAttributes)));
    batch = buffer_.finish();
    return BatchFault::None;
}

} // namespace tideline
