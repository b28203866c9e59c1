// SPDX-License-Identifier: GPL-3.0-or-later
// Chunk: immutable bytes with a shared owner. ChunkBuilder: the bytes while they are still written.
//
// A batch is encoded once, by the producer; accumulator, requests, brokers and replicas then share the same
// bytes. Copying a Chunk takes a reference, 8 bytes a handle; the last one frees it. What a builder has grown
// too much goes back when it finishes, so a Chunk holds its bytes and 8 more. The count is atomic: copies may
// live on different threads; one handle belongs to one thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/log/bytes.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>
#include <utility>

namespace tideline {

namespace detail {

// What malloc gives: this header, then the bytes.
struct ChunkBlock
{
    std::uint32_t references; // only through count(): a plain integer, so that realloc may move it
    std::uint32_t size;       // bytes after the header

    std::atomic_ref<std::uint32_t> count() { return std::atomic_ref<std::uint32_t>(references); }
    char* bytes() { return reinterpret_cast<char*>(this + 1); }

    static ChunkBlock* resized(ChunkBlock* block, std::size_t size)
    {
        TIDELINE_ASSERT(size <= std::numeric_limits<std::uint32_t>::max());
        // realloc gives back the tail of a block without moving it; nothing in the standard library does.
        void* memory = std::realloc(block, sizeof(ChunkBlock) + size);
        TIDELINE_ASSERT(memory);
        auto* result = block ? static_cast<ChunkBlock*>(memory) : new (memory) ChunkBlock{1, 0};
        result->size = static_cast<std::uint32_t>(size);
        return result;
    }
};

} // namespace detail

class Chunk
{
public:
    Chunk() = default;
    // A copy of these bytes, at most 4 GiB.
    explicit Chunk(Bytes bytes)
        : block_(detail::ChunkBlock::resized(nullptr, bytes.size()))
    {
        if (!bytes.empty())
            std::memcpy(block_->bytes(), bytes.data(), bytes.size());
    }
    Chunk(const Chunk& other) noexcept
        : block_(other.block_)
    {
        if (block_)
            block_->count().fetch_add(1, std::memory_order_relaxed);
    }
    Chunk(Chunk&& other) noexcept
        : block_(std::exchange(other.block_, nullptr))
    {}
    ~Chunk()
    {
        if (block_ && block_->count().fetch_sub(1, std::memory_order_acq_rel) == 1)
            std::free(block_);
    }
    Chunk& operator=(Chunk other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }

    Bytes bytes() const { return block_ ? Bytes(block_->bytes(), block_->size) : Bytes(); }
    std::size_t size() const { return block_ ? block_->size : 0; }
    bool empty() const { return size() == 0; }

    // True when both are the same shared bytes.
    bool sameAs(const Chunk& other) const { return block_ == other.block_; }
    bool operator==(const Chunk& other) const { return sameAs(other) || bytes() == other.bytes(); }
    // Feeds the size and the first bytes, as many as a batch's header has: the checksum of the rest is among
    // them.
    void hashInto(Hasher& hasher) const
    {
        hasher(size());
        hasher.bytes(bytes().substr(0, 61));
    }

private:
    friend class ChunkBuilder;
    explicit Chunk(detail::ChunkBlock* block)
        : block_(block)
    {}

    detail::ChunkBlock* block_ = nullptr;
};

// A value: a copy has bytes of its own.
class ChunkBuilder
{
public:
    ChunkBuilder() = default;
    explicit ChunkBuilder(std::size_t capacity) { resize(capacity); }
    ChunkBuilder(const ChunkBuilder& other)
        : size_(other.size_)
    {
        if (!other.block_)
            return;
        resize(other.block_->size);
        std::memcpy(block_->bytes(), other.block_->bytes(), size_);
    }
    ChunkBuilder(ChunkBuilder&& other) noexcept
        : block_(std::exchange(other.block_, nullptr))
        , size_(std::exchange(other.size_, 0))
    {}
    ~ChunkBuilder() { std::free(block_); }
    ChunkBuilder& operator=(ChunkBuilder other) noexcept
    {
        std::swap(block_, other.block_);
        std::swap(size_, other.size_);
        return *this;
    }

    std::size_t size() const { return size_; }
    std::size_t capacity() const { return block_ ? block_->size : 0; }
    Bytes bytes() const { return block_ ? Bytes(block_->bytes(), size_) : Bytes(); }
    // The first byte, to be written; valid until room() or finish().
    char* data() { return block_->bytes(); }

    // Where the next `count` bytes go; they belong to the chunk once advanceTo() says how far they were
    // written.
    char* room(std::size_t count)
    {
        if (size_ + count > capacity())
            resize(std::max(size_ + count, 2 * capacity()));
        return block_->bytes() + size_;
    }
    void advanceTo(const char* end) { size_ = static_cast<std::size_t>(end - block_->bytes()); }

    // Gives back the room that is not used.
    void trim()
    {
        if (capacity() > size_)
            resize(size_);
    }

    // The bytes, immutable from now on; this builder is empty afterwards.
    Chunk finish()
    {
        trim();
        size_ = 0;
        return Chunk(std::exchange(block_, nullptr));
    }

private:
    void resize(std::size_t capacity) { block_ = detail::ChunkBlock::resized(block_, capacity); }

    detail::ChunkBlock* block_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace tideline
