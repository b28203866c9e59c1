// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/compressed_batch.h"

#include "engine/log/crc32c.h"

#include <limits>

namespace tideline {
namespace {

// The batch of `header` whose records `builder` holds after room for the header.
Chunk closed(BatchHeader header, Codec codec, ChunkBuilder& builder)
{
    header.batchLength = static_cast<std::int32_t>(builder.size() - kLogOverheadBytes);
    header.attributes = static_cast<std::int16_t>((header.attributes & ~batch_attributes::kCodecMask) |
                                                  static_cast<int>(codec));
    writeBatchHeader(builder.data(), header);
    storeBigEndian<std::uint32_t>(builder.data() + batch_layout::kChecksum,
                                  crc32c(builder.bytes().substr(batch_layout::kAttributes)));
    return builder.finish();
}

} // namespace

const char* RecordsFault::exceptionClass() const
{
    if (codec != CodecFault::None)
        return "KafkaException";
    // What a stream of records ends within is, to Kafka, a batch that is shorter than it says.
    if (compressed && batch == BatchFault::VarintTooLong)
        return "InvalidRecordException";
    return tideline::exceptionClass(batch);
}

const char* RecordsFault::brokenRule() const
{
    return codec != CodecFault::None ? tideline::brokenRule(codec) : tideline::brokenRule(batch);
}

RecordsFault decompressBatch(Bytes batch, Chunk& plain, std::size_t limit)
{
    const BatchHeader header = readBatchHeader(batch);
    const bool records = header.recordCount != 0;
    if (records && header.codecNumber() > static_cast<int>(Codec::Zstd))
        return {.batch = BatchFault::UnknownCodec};
    if (!records || !header.compressed()) {
        plain = Chunk(batch);
        return {};
    }
    constexpr std::size_t kLargest = std::numeric_limits<std::int32_t>::max() - kBatchHeaderBytes;
    ChunkBuilder builder(2 * batch.size());
    builder.advanceTo(builder.room(kBatchHeaderBytes) + kBatchHeaderBytes);
    const CodecFault fault = decompress(static_cast<Codec>(header.codecNumber()),
                                        batch.substr(kBatchHeaderBytes), std::min(limit, kLargest), builder);
    if (fault != CodecFault::None)
        return {.codec = fault, .compressed = true};
    plain = closed(header, Codec::None, builder);
    return {};
}

Chunk compressBatch(Bytes plain, Codec codec)
{
    ChunkBuilder builder(plain.size());
    builder.advanceTo(builder.room(kBatchHeaderBytes) + kBatchHeaderBytes);
    compress(codec, plain.substr(kBatchHeaderBytes), builder);
    return closed(readBatchHeader(plain), codec, builder);
}

} // namespace tideline
