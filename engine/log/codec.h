// SPDX-License-Identifier: GPL-3.0-or-later
// The codecs of Kafka's record batches (compression.type): each in the framing that Kafka's clients write and
// read.
//
//   gzip    one gzip member after the other (codec_gzip.cpp)
//   snappy  the blocks of snappy-java's SnappyOutputStream, or one raw block (codec_snappy.cpp)
//   lz4     the LZ4 frame, independent blocks of 64 KiB (codec_lz4.cpp)
//   zstd    one Zstandard frame after the other (codec_zstd.cpp)
//
// The default levels of Kafka are used. Equal input gives equal bytes with the same version of a codec's
// library only. Whatever the bytes say, no more than `limit` bytes come out of them. Pure functions; any
// thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/chunk.h"
#include "engine/log/record_batch.h"

#include <cstddef>
#include <cstdint>

namespace tideline {

// Why decompressing ended early.
enum class CodecFault : std::uint8_t {
    None,
    CutOff,  // the bytes end within the stream
    Damaged, // they are not what the codec writes, or a checksum is wrong
    TooLarge // more would come out than the caller's limit
};

// The most that is let out of one batch unless the caller says otherwise, bytes.
inline constexpr std::size_t kMaxDecompressedBytes = std::size_t{256} << 20;

// As in compression.type: "none", "gzip", "snappy", "lz4", "zstd".
const char* codecName(Codec codec);

// The rule that was broken, as half a sentence; "" for None.
const char* brokenRule(CodecFault fault);

// Appends `plain`, compressed, to `to`. None appends it as it is.
void compress(Codec codec, Bytes plain, ChunkBuilder& to);
Chunk compress(Codec codec, Bytes plain);

// Appends what `compressed` holds to `to`: on a fault as much as came out before it.
[[nodiscard]] CodecFault decompress(Codec codec, Bytes compressed, std::size_t limit, ChunkBuilder& to);

struct Decompressed
{
    Chunk bytes; // what came out before the fault
    CodecFault fault = CodecFault::None;
};
Decompressed decompress(Codec codec, Bytes compressed, std::size_t limit = kMaxDecompressedBytes);

} // namespace tideline
