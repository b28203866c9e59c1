// SPDX-License-Identifier: GPL-3.0-or-later
// How many bytes a record takes in a batch: exactly, and as the upper bound by which the producer sizes a new
// batch.
//
// Source: DefaultRecord.sizeInBytes and recordSizeUpperBound of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/record_batch.h"
#include "engine/log/varint.h"

#include <span>

namespace tideline {

// A record's header as the writer takes it: the key is never null.
struct RecordHeader
{
    Bytes key;
    NullableBytes value;
};

// Length, attributes and the two deltas at their longest.
inline constexpr std::size_t kMaxRecordOverheadBytes = 21;
// Longer keys, values and header lists would not fit a batch's 32-bit length.
inline constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 30;

inline std::size_t nullableSize(const NullableBytes& bytes)
{
    return bytes ? varintSize(static_cast<std::int32_t>(bytes->size())) + bytes->size() : 1;
}

// Bytes of key, value and headers with their lengths.
inline std::size_t payloadSize(const NullableBytes& key, const NullableBytes& value,
                               std::span<const RecordHeader> headers)
{
    std::size_t size =
        nullableSize(key) + nullableSize(value) + varintSize(static_cast<std::int32_t>(headers.size()));
    for (const RecordHeader& header : headers)
        size += nullableSize(header.key) + nullableSize(header.value);
    return size;
}

// Bytes after the record's length field.
inline std::size_t recordBodySize(std::int32_t offsetDelta, std::int64_t timestampDelta, std::size_t payload)
{
    return 1 + varlongSize(timestampDelta) + varintSize(offsetDelta) + payload;
}

// Bytes of the whole record.
inline std::size_t recordSize(std::int32_t offsetDelta, std::int64_t timestampDelta, std::size_t payload)
{
    const std::size_t body = recordBodySize(offsetDelta, timestampDelta, payload);
    return varintSize(static_cast<std::int32_t>(body)) + body;
}

// What a batch of this one record takes at most: the limit of a new batch is this or batch.size, whichever is
// larger.
inline std::size_t batchSizeUpperBound(const NullableBytes& key, const NullableBytes& value,
                                       std::span<const RecordHeader> headers = {})
{
    return kBatchHeaderBytes + kMaxRecordOverheadBytes + payloadSize(key, value, headers);
}

} // namespace tideline
