// SPDX-License-Identifier: GPL-3.0-or-later
// Snappy in the framing of snappy-java's SnappyOutputStream: magic "\x82SNAPPY\0", version 1, oldest
// compatible version 1, then blocks of at most 32 KiB of plain bytes, each with its compressed length before
// it, big-endian.
//
// Reading follows SnappyInputStream: without the magic all bytes are one raw block, a further header may
// stand between blocks, and fewer than four bytes at the end are ignored.
#include "engine/log/codec_streams.h"

#include <snappy-c.h>

#include <algorithm>

namespace tideline {
namespace {

constexpr Bytes kMagic("\x82SNAPPY\0", 8);
constexpr std::int32_t kVersion = 1;
constexpr std::int32_t kOldestCompatible = 1;
constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kBlockBytes = 32 * 1024;
// A copy of 64 bytes takes at least two: whatever claims to hold more than that is damaged.
constexpr std::size_t kLargestRatio = 64;

CodecFault decompressBlock(Bytes block, std::size_t left, ChunkBuilder& to)
{
    std::size_t size = 0;
    if (snappy_uncompressed_length(block.data(), block.size(), &size) != SNAPPY_OK ||
        size > block.size() * kLargestRatio)
        return CodecFault::Damaged;
    if (size > left)
        return CodecFault::TooLarge;
    char* const at = to.room(size);
    if (snappy_uncompress(block.data(), block.size(), at, &size) != SNAPPY_OK)
        return CodecFault::Damaged;
    to.advanceTo(at + size);
    return CodecFault::None;
}

// False when the header that a block's length turned out to be is not one, or of a version that is not
// readable.
bool furtherHeader(Bytes rest)
{
    return rest.size() >= kHeaderBytes && rest.substr(0, kMagic.size()) == kMagic &&
           loadBigEndian<std::int32_t>(rest.data() + kMagic.size()) >= kOldestCompatible;
}

} // namespace

void compressSnappy(Bytes plain, ChunkBuilder& to)
{
    char* at = to.room(kHeaderBytes);
    std::memcpy(at, kMagic.data(), kMagic.size());
    at = storeBigEndian<std::int32_t>(at + kMagic.size(), kVersion);
    to.advanceTo(storeBigEndian<std::int32_t>(at, kOldestCompatible));
    while (!plain.empty()) {
        const Bytes block = plain.substr(0, kBlockBytes);
        std::size_t size = snappy_max_compressed_length(block.size());
        at = to.room(kLengthBytes + size);
        TIDELINE_ASSERT(snappy_compress(block.data(), block.size(), at + kLengthBytes, &size) == SNAPPY_OK);
        storeBigEndian<std::int32_t>(at, static_cast<std::int32_t>(size));
        to.advanceTo(at + kLengthBytes + size);
        plain.remove_prefix(block.size());
    }
}

CodecFault decompressSnappy(Bytes compressed, std::size_t limit, ChunkBuilder& to)
{
    const std::size_t before = to.size();
    if (compressed.size() < kHeaderBytes || compressed.substr(0, kMagic.size()) != kMagic)
        return decompressBlock(compressed, limit, to);
    compressed.remove_prefix(kHeaderBytes);
    while (compressed.size() >= kLengthBytes) {
        const auto size = loadBigEndian<std::int32_t>(compressed.data());
        if (size == loadBigEndian<std::int32_t>(kMagic.data())) {
            if (!furtherHeader(compressed))
                return CodecFault::Damaged;
            compressed.remove_prefix(kHeaderBytes);
            continue;
        }
        if (size < 0)
            return CodecFault::Damaged;
        compressed.remove_prefix(kLengthBytes);
        if (compressed.size() < static_cast<std::size_t>(size))
            return CodecFault::CutOff;
        const Bytes block = compressed.substr(0, static_cast<std::size_t>(size));
        if (const CodecFault fault = decompressBlock(block, roomLeft(to, before, limit), to);
            fault != CodecFault::None)
            return fault;
        compressed.remove_prefix(block.size());
    }
    return CodecFault::None;
}

} // namespace tideline
