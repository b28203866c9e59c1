// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/codec.h"

#include "engine/log/codec_streams.h"

namespace tideline {

const char* codecName(Codec codec)
{
    switch (codec) {
    case Codec::None:
        return "none";
    case Codec::Gzip:
        return "gzip";
    case Codec::Snappy:
        return "snappy";
    case Codec::Lz4:
        return "lz4";
    case Codec::Zstd:
        return "zstd";
    }
    return "";
}

const char* brokenRule(CodecFault fault)
{
    switch (fault) {
    case CodecFault::None:
        return "";
    case CodecFault::CutOff:
        return "the compressed records end before their stream does";
    case CodecFault::Damaged:
        return "the compressed records are not a stream of their codec";
    case CodecFault::TooLarge:
        return "the compressed records hold more bytes than are let out of one batch";
    }
    return "";
}

void compress(Codec codec, Bytes plain, ChunkBuilder& to)
{
    switch (codec) {
    case Codec::None:
        return appendBytes(to, plain);
    case Codec::Gzip:
        return compressGzip(plain, to);
    case Codec::Snappy:
        return compressSnappy(plain, to);
    case Codec::Lz4:
        return compressLz4(plain, to);
    case Codec::Zstd:
        return compressZstd(plain, to);
    }
}

CodecFault decompress(Codec codec, Bytes compressed, std::size_t limit, ChunkBuilder& to)
{
    switch (codec) {
    case Codec::None:
        appendBytes(to, compressed.substr(0, limit));
        return compressed.size() > limit ? CodecFault::TooLarge : CodecFault::None;
    case Codec::Gzip:
        return decompressGzip(compressed, limit, to);
    case Codec::Snappy:
        return decompressSnappy(compressed, limit, to);
    case Codec::Lz4:
        return decompressLz4(compressed, limit, to);
    case Codec::Zstd:
        return decompressZstd(compressed, limit, to);
    }
    return CodecFault::Damaged;
}

Chunk compress(Codec codec, Bytes plain)
{
    ChunkBuilder to(plain.size() / 2 + 64);
    compress(codec, plain, to);
    return to.finish();
}

Decompressed decompress(Codec codec, Bytes compressed, std::size_t limit)
{
    ChunkBuilder to(compressed.size());
    const CodecFault fault = decompress(codec, compressed, limit, to);
    return {to.finish(), fault};
}

} // namespace tideline
