// SPDX-License-Identifier: GPL-3.0-or-later
// Batches whose records are compressed: only the bytes after the header are, as one stream of the codec that
// the attributes name.
//
// A compressed batch is read by making the plain one of it, once, and written by compressing a plain one that
// is closed. Offsets, timestamps, producer and counts stay; length, codec and checksum change. Source:
// DefaultRecordBatch.compressedIterator and MemoryRecordsBuilder of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/batch_fault.h"
#include "engine/log/codec.h"
#include "engine/log/record_batch_reader.h"

namespace tideline {

// Why the records of a batch could not be read, of whatever codec it is; at most one of the two is set.
struct RecordsFault
{
    BatchFault batch = BatchFault::None;
    CodecFault codec = CodecFault::None;
    bool compressed = false; // the fault was met in what came out of a codec

    bool ok() const { return batch == BatchFault::None && codec == CodecFault::None; }
    // The exception class that Kafka throws; "" without a fault.
    const char* exceptionClass() const;
    // The rule that was broken, as half a sentence; "" without a fault.
    const char* brokenRule() const;
};

// `batch` holds at least its header. Sets `plain` to the same batch without compression; an uncompressed
// batch is copied. On a fault `plain` is not touched.
[[nodiscard]] RecordsFault decompressBatch(Bytes batch, Chunk& plain,
                                           std::size_t limit = kMaxDecompressedBytes);

// The sound, uncompressed batch `plain` with its records compressed, a new length and a new checksum.
Chunk compressBatch(Bytes plain, Codec codec);

// forEachRecord() for a batch of any codec. What visit() is given lives until it returns.
template <class Visit>
RecordsFault forEachRecordDecompressed(Bytes batch, Visit&& visit, std::size_t limit = kMaxDecompressedBytes)
{
    if (!readBatchHeader(batch).compressed())
        return {.batch = forEachRecord(batch, std::forward<Visit>(visit))};
    Chunk plain;
    if (const RecordsFault fault = decompressBatch(batch, plain, limit); !fault.ok())
        return fault;
    return {.batch = forEachRecord(plain.bytes(), std::forward<Visit>(visit)), .compressed = true};
}

} // namespace tideline
