// SPDX-License-Identifier: GPL-3.0-or-later
// The LZ4 frame as Kafka's Lz4BlockOutputStream writes it: version 1, independent blocks of 64 KiB, no
// checksum but the descriptor's, and no content size. Integers are little-endian.
//
// Reading follows Lz4BlockInputStream: larger blocks and checksums of blocks are taken too, blocks that
// depend on each other are not, a content's checksum is skipped, and what follows the end mark is ignored.
// Kafka's default level, 9, is the fast compressor; the others are the high one.
#include "engine/log/codec_streams.h"

#include <lz4.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>

namespace tideline {
namespace {

constexpr std::uint32_t kMagic = 0x184D2204;
constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::uint32_t kStored = 0x80000000; // the block is not compressed

namespace descriptor {
constexpr std::uint8_t kVersion1 = 0x40;
constexpr std::uint8_t kVersionMask = 0xC0;
constexpr std::uint8_t kIndependent = 0x20;
constexpr std::uint8_t kBlockChecksum = 0x10;
constexpr std::uint8_t kContentSize = 0x08;
constexpr std::uint8_t kReserved = 0x03;
constexpr std::uint8_t kBlockSizeReserved = 0x8F;
constexpr std::uint8_t kSmallestBlockSize = 4; // 64 KiB; each step is four times as much
constexpr std::uint8_t kBlockSizeShift = 4;
} // namespace descriptor

std::uint32_t loadLittleEndian(const char* at)
{
    return __builtin_bswap32(loadBigEndian<std::uint32_t>(at));
}

char* storeLittleEndian(char* at, std::uint32_t value)
{
    return storeBigEndian<std::uint32_t>(at, __builtin_bswap32(value));
}

// The second byte of the hash of everything between magic and checksum.
char descriptorChecksum(Bytes fields)
{
    return static_cast<char>(XXH32(fields.data(), fields.size(), 0) >> 8 & 0xFF);
}

struct FrameHeader
{
    std::size_t size = 0;      // bytes of the header
    std::size_t blockSize = 0; // of a plain block, at most
    bool blockChecksum = false;
};

CodecFault readHeader(Bytes frame, FrameHeader& header)
{
    constexpr std::size_t kShortest = 7;
    if (frame.size() < kShortest)
        return CodecFault::CutOff;
    if (loadLittleEndian(frame.data()) != kMagic)
        return CodecFault::Damaged;
    const auto flags = static_cast<std::uint8_t>(frame[4]);
    const auto blocks = static_cast<std::uint8_t>(frame[5]);
    const std::uint8_t size = blocks >> descriptor::kBlockSizeShift;
    if ((flags & descriptor::kReserved) != 0 || (flags & descriptor::kVersionMask) != descriptor::kVersion1 ||
        (flags & descriptor::kIndependent) == 0 || (blocks & descriptor::kBlockSizeReserved) != 0 ||
        size < descriptor::kSmallestBlockSize)
        return CodecFault::Damaged;
    header.size = kShortest + ((flags & descriptor::kContentSize) != 0 ? 8 : 0);
    if (frame.size() < header.size)
        return CodecFault::CutOff;
    if (frame[header.size - 1] != descriptorChecksum(frame.substr(4, header.size - 5)))
        return CodecFault::Damaged;
    header.blockSize = std::size_t{1} << (2 * size + 8);
    header.blockChecksum = (flags & descriptor::kBlockChecksum) != 0;
    return CodecFault::None;
}

CodecFault decompressBlock(Bytes block, bool stored, std::size_t blockSize, std::size_t left,
                           ChunkBuilder& to)
{
    if (stored) {
        appendBytes(to, block.substr(0, left));
        return block.size() > left ? CodecFault::TooLarge : CodecFault::None;
    }
    char* const at = to.room(blockSize);
    const int size =
        LZ4_decompress_safe(block.data(), at, static_cast<int>(block.size()), static_cast<int>(blockSize));
    if (size < 0)
        return CodecFault::Damaged;
    to.advanceTo(at + std::min(static_cast<std::size_t>(size), left));
    return static_cast<std::size_t>(size) > left ? CodecFault::TooLarge : CodecFault::None;
}

} // namespace

void compressLz4(Bytes plain, ChunkBuilder& to)
{
    constexpr std::uint8_t kFlags = descriptor::kVersion1 | descriptor::kIndependent;
    constexpr std::uint8_t kBlocks = descriptor::kSmallestBlockSize << descriptor::kBlockSizeShift;
    char* at = storeLittleEndian(to.room(7), kMagic);
    at[0] = static_cast<char>(kFlags);
    at[1] = static_cast<char>(kBlocks);
    at[2] = descriptorChecksum(Bytes(at, 2));
    to.advanceTo(at + 3);
    const auto largest = static_cast<std::size_t>(LZ4_compressBound(kBlockBytes));
    while (!plain.empty()) {
        const Bytes block = plain.substr(0, kBlockBytes);
        at = to.room(4 + largest);
        auto size = static_cast<std::uint32_t>(LZ4_compress_default(
            block.data(), at + 4, static_cast<int>(block.size()), static_cast<int>(largest)));
        std::uint32_t stored = 0;
        if (size >= block.size()) {
            std::memcpy(at + 4, block.data(), block.size());
            size = static_cast<std::uint32_t>(block.size());
            stored = kStored;
        }
        storeLittleEndian(at, size | stored);
        to.advanceTo(at + 4 + size);
        plain.remove_prefix(block.size());
    }
    to.advanceTo(storeLittleEndian(to.room(4), 0));
}

CodecFault decompressLz4(Bytes compressed, std::size_t limit, ChunkBuilder& to)
{
    const std::size_t before = to.size();
    FrameHeader header;
    if (const CodecFault fault = readHeader(compressed, header); fault != CodecFault::None)
        return fault;
    compressed.remove_prefix(header.size);
    for (;;) {
        if (compressed.size() < 4)
            return CodecFault::CutOff;
        const std::uint32_t word = loadLittleEndian(compressed.data());
        const std::size_t size = word & ~kStored;
        if (size == 0)
            return CodecFault::None;
        if (size > header.blockSize)
            return CodecFault::Damaged;
        compressed.remove_prefix(4);
        if (compressed.size() < size + (header.blockChecksum ? 4 : 0))
            return CodecFault::CutOff;
        const Bytes block = compressed.substr(0, size);
        compressed.remove_prefix(size);
        if (header.blockChecksum) {
            if (loadLittleEndian(compressed.data()) != XXH32(block.data(), block.size(), 0))
                return CodecFault::Damaged;
            compressed.remove_prefix(4);
        }
        const CodecFault fault =
            decompressBlock(block, (word & kStored) != 0, header.blockSize, roomLeft(to, before, limit), to);
        if (fault != CodecFault::None)
            return fault;
    }
}

} // namespace tideline
