// SPDX-License-Identifier: GPL-3.0-or-later
// RecordBatchReader: the records of one batch, one after the other, straight from its bytes.
//
// Nothing is copied and nothing outside the batch is read, whatever the bytes say; a record that breaks the
// format ends the reading with a fault, the last of the three stages at which a damaged batch is seen (see
// batch_frame.h). Compressed records are decompressed once, in one piece that the reader keeps; why they
// cannot be says compressed_batch.h. The checksum is not looked at. Source: DefaultRecord.readFrom and
// DefaultRecordBatch of Kafka. One thread at a time; views live as long as the batch's bytes and the reader.
#pragma once

#include "engine/log/batch_fault.h"
#include "engine/log/bytes.h"
#include "engine/log/chunk.h"
#include "engine/log/record_batch.h"
#include "engine/log/record_size.h"
#include "engine/log/varint.h"

#include <cstdint>

namespace tideline {

// The headers of a record that was read, hence sound; empty once all were taken.
class RecordHeaders
{
public:
    RecordHeaders() = default;
    RecordHeaders(Bytes bytes, std::int32_t count)
        : bytes_(bytes)
        , count_(count)
    {}

    std::int32_t count() const { return count_; }

    // Takes the next header off the front; count() > 0.
    RecordHeader next();

private:
    Bytes bytes_;
    std::int32_t count_ = 0;
};

struct RecordView
{
    Offset offset = 0;
    Millis timestamp = 0; // the batch's max timestamp under LogAppendTime
    std::int32_t sequence = kNoSequence;
    NullableBytes key;
    NullableBytes value; // null: a tombstone
    RecordHeaders headers;
};

class RecordBatchReader
{
public:
    // `batch` holds at least its header. A fault that concerns the batch as a whole is given by the first
    // next().
    explicit RecordBatchReader(Bytes batch);

    const BatchHeader& header() const { return header_; }

    // Reads the next record. False at the end, and at a fault: fault() tells them apart.
    bool next(RecordView& record)
    {
        if (remaining_ <= 0 || fault_ != BatchFault::None)
            return false;
        fault_ = read(record);
        if (fault_ == BatchFault::None && --remaining_ == 0 && at_ != end_)
            fault_ = BatchFault::RecordsRemaining;
        return fault_ == BatchFault::None;
    }

    BatchFault fault() const { return fault_; }

private:
    BatchFault decompressRecords();
    BatchFault read(RecordView& record);
    static BatchFault skipHeaders(const char*& at, const char* end, std::int32_t count);

    BatchHeader header_;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::int32_t remaining_ = 0;
    bool logAppendTime_ = false;
    BatchFault fault_ = BatchFault::None;
    Chunk plain_; // what the records of a compressed batch decompress to
};

namespace detail {

// A length that is -1 (or less) for null, then that many bytes. False when they are not all there.
inline bool getNullable(const char*& at, const char* end, NullableBytes& bytes)
{
    std::int32_t length = 0;
    if (getVarint(at, end, length) != VarintRead::Done)
        return false;
    if (length < 0) {
        bytes = std::nullopt;
        return true;
    }
    if (end - at < length)
        return false;
    bytes = Bytes(at, static_cast<std::size_t>(length));
    at += length;
    return true;
}

} // namespace detail

inline RecordHeader RecordHeaders::next()
{
    const char* at = bytes_.data();
    const char* end = at + bytes_.size();
    NullableBytes key;
    RecordHeader header;
    detail::getNullable(at, end, key);
    detail::getNullable(at, end, header.value);
    header.key = key.value_or(Bytes());
    bytes_ = Bytes(at, static_cast<std::size_t>(end - at));
    --count_;
    return header;
}

inline RecordBatchReader::RecordBatchReader(Bytes batch)
    : header_(readBatchHeader(batch))
    , at_(batch.data() + kBatchHeaderBytes)
    , end_(batch.data() + batch.size())
    , remaining_(header_.recordCount)
    , logAppendTime_(header_.timestampType() == TimestampType::LogAppendTime)
{
    // In this order, and none of them for an empty batch, as Kafka's iterator judges it.
    if (header_.recordCount == 0)
        return;
    if (header_.codecNumber() > static_cast<int>(Codec::Zstd))
        fault_ = BatchFault::UnknownCodec;
    else if (header_.recordCount < 0)
        fault_ = BatchFault::NegativeRecordCount;
    else if (header_.compressed())
        fault_ = decompressRecords();
}

inline BatchFault RecordBatchReader::read(RecordView& record)
{
    const char* at = at_;
    std::int32_t size = 0;
    switch (getVarint(at, end_, size)) {
    case VarintRead::Done:
        break;
    case VarintRead::CutOff:
        return BatchFault::RecordsMissing;
    case VarintRead::TooLong:
        return BatchFault::VarintTooLong;
    }
    if (end_ - at < size)
        return BatchFault::RecordSize;
    const char* const start = at;
    if (at == end_)
        return BatchFault::RecordStructure;
    ++at; // attributes: none are defined, and Kafka ignores them
    std::int64_t timestampDelta = 0;
    std::int32_t offsetDelta = 0;
    std::int32_t headerCount = 0;
    if (getVarlong(at, end_, timestampDelta) != VarintRead::Done ||
        getVarint(at, end_, offsetDelta) != VarintRead::Done || !detail::getNullable(at, end_, record.key) ||
        !detail::getNullable(at, end_, record.value) || getVarint(at, end_, headerCount) != VarintRead::Done)
        return BatchFault::RecordStructure;
    if (headerCount < 0 || headerCount > end_ - at)
        return BatchFault::RecordHeaderCount;
    const char* const headersStart = at;
    if (headerCount > 0) {
        if (const BatchFault fault = skipHeaders(at, end_, headerCount); fault != BatchFault::None)
            return fault;
    }
    if (at - start != size)
        return BatchFault::RecordSize;
    record.headers =
        RecordHeaders(Bytes(headersStart, static_cast<std::size_t>(at - headersStart)), headerCount);
    // Wraps, as Kafka's long arithmetic does.
    record.offset = static_cast<Offset>(static_cast<std::uint64_t>(header_.baseOffset) +
                                        static_cast<std::uint64_t>(std::int64_t{offsetDelta}));
    record.timestamp = logAppendTime_
                           ? header_.maxTimestamp
                           : static_cast<Millis>(static_cast<std::uint64_t>(header_.baseTimestamp) +
                                                 static_cast<std::uint64_t>(timestampDelta));
    record.sequence = header_.baseSequence < 0 || offsetDelta < 0
                          ? kNoSequence
                          : incrementSequence(header_.baseSequence, offsetDelta);
    at_ = at;
    return BatchFault::None;
}

inline BatchFault RecordBatchReader::skipHeaders(const char*& at, const char* end, std::int32_t count)
{
    NullableBytes bytes;
    for (; count > 0; --count) {
        if (!detail::getNullable(at, end, bytes) || !bytes) // a header's key is never null
            return BatchFault::RecordStructure;
        if (!detail::getNullable(at, end, bytes))
            return BatchFault::RecordStructure;
    }
    return BatchFault::None;
}

// Calls visit(const RecordView&) for each record of the batch, which holds at least its header; returns why
// it ended early, or None.
template <class Visit>
BatchFault forEachRecord(Bytes batch, Visit&& visit)
{
    RecordBatchReader reader(batch);
    RecordView record;
    while (reader.next(record))
        visit(static_cast<const RecordView&>(record));
    return reader.fault();
}

} // namespace tideline
