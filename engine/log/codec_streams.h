// SPDX-License-Identifier: GPL-3.0-or-later
// What codec.cpp chooses among: the two directions of each codec, in the file of its name.
#pragma once

#include "engine/log/codec.h"

namespace tideline {

void compressGzip(Bytes plain, ChunkBuilder& to);
CodecFault decompressGzip(Bytes compressed, std::size_t limit, ChunkBuilder& to);

void compressSnappy(Bytes plain, ChunkBuilder& to);
CodecFault decompressSnappy(Bytes compressed, std::size_t limit, ChunkBuilder& to);

void compressLz4(Bytes plain, ChunkBuilder& to);
CodecFault decompressLz4(Bytes compressed, std::size_t limit, ChunkBuilder& to);

void compressZstd(Bytes plain, ChunkBuilder& to);
CodecFault decompressZstd(Bytes compressed, std::size_t limit, ChunkBuilder& to);

// Bytes that are still allowed to come out when `to` had `before` bytes at the start.
inline std::size_t roomLeft(const ChunkBuilder& to, std::size_t before, std::size_t limit)
{
    const std::size_t used = to.size() - before;
    return used < limit ? limit - used : 0;
}

inline void appendBytes(ChunkBuilder& to, Bytes bytes)
{
    char* at = to.room(bytes.size());
    if (!bytes.empty())
        std::memcpy(at, bytes.data(), bytes.size());
    to.advanceTo(at + bytes.size());
}

} // namespace tideline
