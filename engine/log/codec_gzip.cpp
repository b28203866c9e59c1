// SPDX-License-Identifier: GPL-3.0-or-later
// gzip as Java's GZIPOutputStream writes it (RFC 1952: no name, no time, system 255) at zlib's default level,
// and as GZIPInputStream reads it: further members are read on, other bytes after the last one are ignored.
#include "engine/log/codec_streams.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace tideline {
namespace {

constexpr int kWindowBits = 15;
constexpr int kGzipFraming = 16; // added to the window bits
constexpr int kMemoryLevel = 8;
constexpr int kUnknownSystem = 255;
constexpr std::size_t kStep = 16 * 1024;
constexpr std::size_t kSmallestMember = 18; // header and trailer without content

// zlib counts in 32 bits; batches are shorter, and longer input goes in piece by piece.
uInt piece(std::size_t bytes)
{
    return static_cast<uInt>(std::min<std::size_t>(bytes, std::numeric_limits<uInt>::max()));
}

Bytef* input(Bytes bytes)
{
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}

// Inflates one member from the front of `rest`, which is moved past it.
CodecFault inflateMember(z_stream& stream, Bytes& rest, std::size_t before, std::size_t limit,
                         ChunkBuilder& to)
{
    for (;;) {
        // One byte more than allowed, to see whether there is more.
        const std::size_t left = roomLeft(to, before, limit);
        const std::size_t room = std::min(left + 1, kStep);
        char* const at = to.room(room);
        stream.next_out = reinterpret_cast<Bytef*>(at);
        stream.avail_out = static_cast<uInt>(room);
        stream.next_in = input(rest);
        stream.avail_in = piece(rest.size());
        const uInt given = stream.avail_in;
        const int answer = inflate(&stream, Z_NO_FLUSH);
        rest.remove_prefix(given - stream.avail_in);
        const std::size_t out = room - stream.avail_out;
        to.advanceTo(at + std::min(out, left));
        if (out > left)
            return CodecFault::TooLarge;
        if (answer == Z_STREAM_END)
            return CodecFault::None;
        if (answer == Z_BUF_ERROR || (answer == Z_OK && rest.empty() && out < room))
            return CodecFault::CutOff;
        if (answer != Z_OK)
            return CodecFault::Damaged;
    }
}

} // namespace

void compressGzip(Bytes plain, ChunkBuilder& to)
{
    z_stream stream{};
    gz_header header{};
    header.os = kUnknownSystem;
    TIDELINE_ASSERT(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindowBits + kGzipFraming,
                                 kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK);
    TIDELINE_ASSERT(deflateSetHeader(&stream, &header) == Z_OK);
    for (int answer = Z_OK; answer != Z_STREAM_END;) {
        char* const at = to.room(kStep);
        stream.next_out = reinterpret_cast<Bytef*>(at);
        stream.avail_out = kStep;
        stream.next_in = input(plain);
        stream.avail_in = piece(plain.size());
        const uInt given = stream.avail_in;
        answer = deflate(&stream, given == plain.size() ? Z_FINISH : Z_NO_FLUSH);
        TIDELINE_ASSERT(answer == Z_OK || answer == Z_STREAM_END);
        plain.remove_prefix(given - stream.avail_in);
        to.advanceTo(at + kStep - stream.avail_out);
    }
    deflateEnd(&stream);
}

CodecFault decompressGzip(Bytes compressed, std::size_t limit, ChunkBuilder& to)
{
    const std::size_t before = to.size();
    z_stream stream{};
    TIDELINE_ASSERT(inflateInit2(&stream, kWindowBits + kGzipFraming) == Z_OK);
    CodecFault fault = inflateMember(stream, compressed, before, limit, to);
    while (fault == CodecFault::None && compressed.size() >= kSmallestMember && compressed[0] == '\x1f' &&
           compressed[1] == '\x8b') {
        inflateReset(&stream);
        fault = inflateMember(stream, compressed, before, limit, to);
    }
    inflateEnd(&stream);
    return fault;
}

} // namespace tideline
