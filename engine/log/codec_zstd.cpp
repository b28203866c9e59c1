// SPDX-License-Identifier: GPL-3.0-or-later
// Zstandard as zstd-jni's ZstdOutputStream writes it: a frame at level 3 without content size (the stream's
// length is not known when it begins) and without checksum. Reading takes frame after frame until the bytes
// end.
#include "engine/log/codec_streams.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

namespace tideline {
namespace {

constexpr int kLevel = 3;

struct FreeContext
{
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

} // namespace

void compressZstd(Bytes plain, ChunkBuilder& to)
{
    const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    TIDELINE_ASSERT(context);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_inBuffer in{plain.data(), plain.size(), 0};
    // Kafka's stream is flushed before it is closed, so the last block is empty. Only after all input does
    // the compressor hear of the end: it would write the content size otherwise.
    for (ZSTD_EndDirective step = ZSTD_e_continue;;) {
        const std::size_t room = ZSTD_CStreamOutSize();
        char* const at = to.room(room);
        ZSTD_outBuffer out{at, room, 0};
        const std::size_t left = ZSTD_compressStream2(context.get(), &out, &in, step);
        TIDELINE_ASSERT(!ZSTD_isError(left));
        to.advanceTo(at + out.pos);
        if (step == ZSTD_e_end && left == 0)
            return;
        if (step == ZSTD_e_flush && left == 0)
            step = ZSTD_e_end;
        else if (step == ZSTD_e_continue && in.pos == in.size)
            step = ZSTD_e_flush;
    }
}

CodecFault decompressZstd(Bytes compressed, std::size_t limit, ChunkBuilder& to)
{
    const std::size_t before = to.size();
    const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    TIDELINE_ASSERT(context);
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    for (bool whole = true;;) {
        if (whole && in.pos == in.size)
            return CodecFault::None;
        // One byte more than allowed, to see whether there is more.
        const std::size_t left = roomLeft(to, before, limit);
        const std::size_t room = std::min(left + 1, ZSTD_DStreamOutSize());
        char* const at = to.room(room);
        ZSTD_outBuffer out{at, room, 0};
        const std::size_t answer = ZSTD_decompressStream(context.get(), &out, &in);
        to.advanceTo(at + std::min(out.pos, left));
        if (out.pos > left)
            return CodecFault::TooLarge;
        if (ZSTD_isError(answer))
            return CodecFault::Damaged;
        whole = answer == 0;
        if (!whole && in.pos == in.size && out.pos < room)
            return CodecFault::CutOff;
    }
}

} // namespace tideline
