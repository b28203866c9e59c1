// SPDX-License-Identifier: GPL-3.0-or-later
// The 61 bytes before the records: record batch v2, the format of Kafka's log and of its requests (KIP-98).
//
// The checksum covers everything from the attributes on, so base offset and leader epoch, which the leader
// gives, can be set without a new checksum. Everything is big-endian. Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/bytes.h"
#include "engine/log/sequence.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace tideline {

// Where the fields lie, in bytes from the start of the batch.
namespace batch_layout {
inline constexpr std::size_t kBaseOffset = 0;
inline constexpr std::size_t kBatchLength = 8;
inline constexpr std::size_t kPartitionLeaderEpoch = 12;
inline constexpr std::size_t kMagic = 16;
inline constexpr std::size_t kChecksum = 17;
inline constexpr std::size_t kAttributes = 21; // the checksum covers from here to the end
inline constexpr std::size_t kLastOffsetDelta = 23;
inline constexpr std::size_t kBaseTimestamp = 27;
inline constexpr std::size_t kMaxTimestamp = 35;
inline constexpr std::size_t kProducerId = 43;
inline constexpr std::size_t kProducerEpoch = 51;
inline constexpr std::size_t kBaseSequence = 53;
inline constexpr std::size_t kRecordCount = 57;
inline constexpr std::size_t kRecords = 61;
} // namespace batch_layout

inline constexpr std::size_t kBatchHeaderBytes = batch_layout::kRecords;
// Base offset and length: what comes before the bytes that batchLength counts.
inline constexpr std::size_t kLogOverheadBytes = 12;
inline constexpr std::int8_t kMagicV2 = 2;

inline constexpr Millis kNoTimestamp = -1;
inline constexpr std::int64_t kNoProducerId = -1;
inline constexpr std::int16_t kNoProducerEpoch = -1;
inline constexpr LeaderEpoch kNoLeaderEpoch = -1;

// Numbers as on the wire: bits 0-2 of the attributes.
enum class Codec : std::uint8_t { None = 0, Gzip = 1, Snappy = 2, Lz4 = 3, Zstd = 4 };

enum class TimestampType : std::uint8_t {
    CreateTime,   // the producer's
    LogAppendTime // the broker's; every record of the batch then has the batch's max timestamp
};

namespace batch_attributes {
inline constexpr std::int16_t kCodecMask = 0x07;
inline constexpr std::int16_t kLogAppendTime = 0x08;
inline constexpr std::int16_t kTransactional = 0x10;
inline constexpr std::int16_t kControl = 0x20;
inline constexpr std::int16_t kDeleteHorizon = 0x40;
} // namespace batch_attributes

struct BatchHeader
{
    Offset baseOffset = 0;
    std::int32_t batchLength = 0; // bytes after this field: size() - 12
    LeaderEpoch partitionLeaderEpoch = kNoLeaderEpoch;
    std::int8_t magic = kMagicV2;
    std::uint32_t checksum = 0;
    std::int16_t attributes = 0;
    std::int32_t lastOffsetDelta = 0;    // kept by compaction
    Millis baseTimestamp = kNoTimestamp; // the first record's; the delete horizon when that bit is set
    Millis maxTimestamp = kNoTimestamp;
    std::int64_t producerId = kNoProducerId;
    std::int16_t producerEpoch = kNoProducerEpoch;
    std::int32_t baseSequence = kNoSequence;
    std::int32_t recordCount = 0; // may be less than lastOffsetDelta + 1 after compaction

    // Bytes of the whole batch. 64 bits: a damaged length may be anything.
    std::int64_t size() const { return std::int64_t{batchLength} + std::int64_t{kLogOverheadBytes}; }
    // Saturating, so that a damaged header cannot overflow.
    Offset lastOffset() const { return saturatingAdd(baseOffset, lastOffsetDelta); }
    Offset nextOffset() const { return saturatingAdd(lastOffset(), 1); }
    // -1 without a sequence.
    std::int32_t lastSequence() const
    {
        return baseSequence < 0 || lastOffsetDelta < 0 ? kNoSequence
                                                       : incrementSequence(baseSequence, lastOffsetDelta);
    }

    // 0..7; only 0..4 are a Codec.
    int codecNumber() const { return attributes & batch_attributes::kCodecMask; }
    bool compressed() const { return codecNumber() != 0; }
    bool transactional() const { return (attributes & batch_attributes::kTransactional) != 0; }
    bool control() const { return (attributes & batch_attributes::kControl) != 0; }
    TimestampType timestampType() const
    {
        return (attributes & batch_attributes::kLogAppendTime) ? TimestampType::LogAppendTime
                                                               : TimestampType::CreateTime;
    }
    std::optional<Millis> deleteHorizon() const
    {
        return (attributes & batch_attributes::kDeleteHorizon) ? std::optional<Millis>(baseTimestamp)
                                                               : std::nullopt;
    }

    bool operator==(const BatchHeader&) const = default;
};

// The header's fields as they are; `batch` must hold at least kBatchHeaderBytes. Judges nothing: see
// batch_frame.h.
inline BatchHeader readBatchHeader(Bytes batch)
{
    const char* at = batch.data();
    BatchHeader header;
    header.baseOffset = loadBigEndian<std::int64_t>(at + batch_layout::kBaseOffset);
    header.batchLength = loadBigEndian<std::int32_t>(at + batch_layout::kBatchLength);
    header.partitionLeaderEpoch = loadBigEndian<std::int32_t>(at + batch_layout::kPartitionLeaderEpoch);
    header.magic = loadBigEndian<std::int8_t>(at + batch_layout::kMagic);
    header.checksum = loadBigEndian<std::uint32_t>(at + batch_layout::kChecksum);
    header.attributes = loadBigEndian<std::int16_t>(at + batch_layout::kAttributes);
    header.lastOffsetDelta = loadBigEndian<std::int32_t>(at + batch_layout::kLastOffsetDelta);
    header.baseTimestamp = loadBigEndian<std::int64_t>(at + batch_layout::kBaseTimestamp);
    header.maxTimestamp = loadBigEndian<std::int64_t>(at + batch_layout::kMaxTimestamp);
    header.producerId = loadBigEndian<std::int64_t>(at + batch_layout::kProducerId);
    header.producerEpoch = loadBigEndian<std::int16_t>(at + batch_layout::kProducerEpoch);
    header.baseSequence = loadBigEndian<std::int32_t>(at + batch_layout::kBaseSequence);
    header.recordCount = loadBigEndian<std::int32_t>(at + batch_layout::kRecordCount);
    return header;
}

// Writes all fields, the checksum as it is in `header`, to kBatchHeaderBytes at `at`.
inline void writeBatchHeader(char* at, const BatchHeader& header)
{
    at = storeBigEndian<std::int64_t>(at, header.baseOffset);
    at = storeBigEndian<std::int32_t>(at, header.batchLength);
    at = storeBigEndian<std::int32_t>(at, header.partitionLeaderEpoch);
    at = storeBigEndian<std::int8_t>(at, header.magic);
    at = storeBigEndian<std::uint32_t>(at, header.checksum);
    at = storeBigEndian<std::int16_t>(at, header.attributes);
    at = storeBigEndian<std::int32_t>(at, header.lastOffsetDelta);
    at = storeBigEndian<std::int64_t>(at, header.baseTimestamp);
    at = storeBigEndian<std::int64_t>(at, header.maxTimestamp);
    at = storeBigEndian<std::int64_t>(at, header.producerId);
    at = storeBigEndian<std::int16_t>(at, header.producerEpoch);
    at = storeBigEndian<std::int32_t>(at, header.baseSequence);
    storeBigEndian<std::int32_t>(at, header.recordCount);
}

// What the leader gives a batch when it appends it; the checksum stays right. At least 16 bytes at `at`.
inline void setBaseOffsetAndLeaderEpoch(char* at, Offset baseOffset, LeaderEpoch leaderEpoch)
{
    storeBigEndian<std::int64_t>(at + batch_layout::kBaseOffset, baseOffset);
    storeBigEndian<std::int32_t>(at + batch_layout::kPartitionLeaderEpoch, leaderEpoch);
}

} // namespace tideline
