// SPDX-License-Identifier: GPL-3.0-or-later
// RecordBatchWriter: records go in one by one, a record batch v2 comes out, byte for byte as Kafka's
// MemoryRecordsBuilder writes it.
//
// Open until endAppends() or close(); the header is written by close(), so that a producer can still give a
// finished batch its producer id and sequence. The first record always fits; further ones while the size
// stays within the limit. With a codec the records are compressed by close(), in one piece, and until then
// the size is an estimate: by the ratio that compression_ratio.h keeps, as in Kafka. A value: a copy has its
// own bytes. One thread at a time.
#pragma once

#include "engine/base/time.h"
#include "engine/log/batch_fault.h"
#include "engine/log/chunk.h"
#include "engine/log/copy_bytes.h"
#include "engine/log/record_batch.h"
#include "engine/log/record_size.h"
#include "engine/log/varint.h"

#include <limits>
#include <optional>
#include <span>

namespace tideline {

// What a batch says about itself besides its records.
struct BatchFields
{
    Offset baseOffset = 0; // a client sends 0
    LeaderEpoch partitionLeaderEpoch = kNoLeaderEpoch;
    std::int64_t producerId = kNoProducerId;
    std::int16_t producerEpoch = kNoProducerEpoch;
    std::int32_t baseSequence = kNoSequence;
    bool transactional = false;
    bool control = false;
    std::optional<Millis> logAppendTime; // set: the timestamp type is LogAppendTime
    std::optional<Millis> deleteHorizon; // set: stored as base timestamp, the records' deltas count from it
    Codec codec = Codec::None;           // of the records
};

class RecordBatchWriter
{
public:
    // Room for a batch of any size; up to `capacity` bytes of it without growing.
    explicit RecordBatchWriter(const BatchFields& fields = {}, std::size_t capacity = 512)
        : fields_(fields)
        , buffer_(std::max(capacity, kBatchHeaderBytes) + kMaxVarintBytes + kMaxRecordOverheadBytes)
    {
        buffer_.advanceTo(buffer_.room(kBatchHeaderBytes) + kBatchHeaderBytes);
        baseTimestamp_ = fields.deleteHorizon.value_or(kNoTimestamp);
    }

    // Adds a record at the next offset. On a fault nothing has changed. Timestamps are 0 or later, or
    // kNoTimestamp.
    [[nodiscard]] BatchFault append(Millis timestamp, NullableBytes key, NullableBytes value,
                                    std::span<const RecordHeader> headers = {})
    {
        return write(nextOffsetDelta_, timestamp, key, value, headers);
    }

    // Adds a record at a given offset, after the last one: what compaction keeps has gaps.
    [[nodiscard]] BatchFault appendAt(Offset offset, Millis timestamp, NullableBytes key, NullableBytes value,
                                      std::span<const RecordHeader> headers = {});

    // Moves the last offset beyond the last record, as a compacted batch has it; offset >= the last record's.
    [[nodiscard]] BatchFault overrideLastOffset(Offset offset);

    std::int32_t recordCount() const { return recordCount_; }
    bool open() const { return open_; }
    // Bytes of the batch if it were closed now; exact when nothing is to be compressed.
    std::size_t estimatedSize() const
    {
        return ratioMillionths_ == 0 ? plainSize()
                                     : compressedSize(plainSize() - kBatchHeaderBytes, ratioMillionths_);
    }
    // Bytes of the batch without compression.
    std::size_t plainSize() const { return buffer_.size(); }
    // What records are expected to be compressed to, in millionths of their size, > 0; with a codec only.
    void expectRatio(std::int32_t millionths) { ratioMillionths_ = millionths; }
    // What the next record of this payload (see payloadSize) would add, in bytes.
    std::size_t sizeOfNext(Millis timestamp, std::size_t payload) const
    {
        return recordSize(nextDelta(), recordCount_ == 0 ? 0 : timestampDelta(timestamp), payload);
    }
    // True when a record of this payload still fits below `limit` bytes.
    bool hasRoomFor(Millis timestamp, std::size_t payload, std::size_t limit) const
    {
        return open_ && (recordCount_ == 0 || (estimatedSize() < limit &&
                                               estimatedSize() + sizeOfNext(timestamp, payload) <= limit));
    }
    bool isFull(std::size_t limit) const { return !open_ || (recordCount_ > 0 && limit <= estimatedSize()); }

    // Of the records so far; kNoTimestamp when there is none.
    Millis maxTimestamp() const { return maxTimestamp_; }
    Millis minTimestamp() const { return minTimestamp_; }

    BatchFields& fields() { return fields_; }

    // No record is added from now on; gives back the room that was not used.
    void endAppends()
    {
        open_ = false;
        buffer_.trim();
    }

    // The batch, with its checksum; no bytes at all when there was no record. The writer is empty and closed
    // afterwards. A fault when a producer id comes without epoch or sequence, or a transaction without
    // producer id: then nothing has changed.
    [[nodiscard]] BatchFault close(Chunk& batch);

private:
    // Wraps like Kafka's long arithmetic; only a delete horizon can lie that far away.
    std::int64_t timestampDelta(Millis timestamp) const
    {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(timestamp) -
                                         static_cast<std::uint64_t>(baseTimestamp_));
    }
    std::int32_t nextDelta() const { return static_cast<std::int32_t>(nextOffsetDelta_); }

    BatchFault write(std::int64_t offsetDelta, Millis timestamp, const NullableBytes& key,
                     const NullableBytes& value, std::span<const RecordHeader> headers)
    {
        if (timestamp < 0 && timestamp != kNoTimestamp)
            return BatchFault::NegativeTimestamp;
        if (offsetDelta > std::numeric_limits<std::int32_t>::max() - 1 ||
            offsetDelta < std::numeric_limits<std::int32_t>::min())
            return BatchFault::OffsetTooFar;
        if ((key && key->size() > kMaxFieldBytes) || (value && value->size() > kMaxFieldBytes))
            return BatchFault::RecordTooLarge;
        const std::size_t longest = kMaxRecordOverheadBytes + payloadSize(key, value, headers);
        if (buffer_.size() + longest > std::numeric_limits<std::int32_t>::max())
            return BatchFault::RecordTooLarge;
        if (recordCount_ == 0 && !fields_.deleteHorizon)
            baseTimestamp_ = timestamp;
        // The length comes first but is known last. Its own size is guessed, and hardly ever wrong.
        char* const record = buffer_.room(kMaxVarintBytes + longest);
        char* const body = record + varintSize(static_cast<std::int32_t>(longest));
        char* at = body;
        *at++ = 0; // attributes: none are defined
        at = putVarlong(at, timestampDelta(timestamp));
        at = putVarint(at, static_cast<std::int32_t>(offsetDelta));
        at = putNullable(at, key);
        at = putNullable(at, value);
        if (headers.empty())
            *at++ = 0;
        else
            at = putHeaders(at, headers);
        const auto size = static_cast<std::int32_t>(at - body);
        if (const std::size_t lengthBytes = varintSize(size); record + lengthBytes != body) {
            std::memmove(record + lengthBytes, body, static_cast<std::size_t>(size));
            at = record + lengthBytes + size;
        }
        putVarint(record, size);
        buffer_.advanceTo(at);
        maxTimestamp_ = std::max(maxTimestamp_, timestamp);
        minTimestamp_ = recordCount_ == 0 ? timestamp : std::min(minTimestamp_, timestamp);
        nextOffsetDelta_ = offsetDelta + 1;
        ++recordCount_;
        return BatchFault::None;
    }

    static char* putNullable(char* at, const NullableBytes& bytes)
    {
        if (!bytes)
            return putVarint(at, -1);
        at = putVarint(at, static_cast<std::int32_t>(bytes->size()));
        return copyBytes(at, bytes->data(), bytes->size());
    }
    static char* putHeaders(char* at, std::span<const RecordHeader> headers);
    void compressRecords();
    // A batch's size by its records' size and the ratio, with Kafka's allowance of a twentieth
    // (COMPRESSION_RATE_ESTIMATION_FACTOR).
    static std::size_t compressedSize(std::size_t records, std::int32_t ratioMillionths)
    {
        return kBatchHeaderBytes + records * static_cast<std::size_t>(ratioMillionths) / 20 * 21 / 1'000'000;
    }

    BatchFields fields_;
    ChunkBuilder buffer_;
    std::int64_t nextOffsetDelta_ = 0;
    Millis baseTimestamp_ = kNoTimestamp;
    Millis maxTimestamp_ = kNoTimestamp;
    Millis minTimestamp_ = kNoTimestamp;
    std::int32_t recordCount_ = 0;
    std::int32_t ratioMillionths_ = 0; // 0: nothing is compressed
    bool open_ = true;
};

} // namespace tideline
