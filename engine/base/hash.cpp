// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/hash.h"

#include <xxhash.h>

#include <bit>

namespace tideline {

static_assert(std::endian::native == std::endian::little, "words are hashed as they lie in memory");

void Hasher::flush()
{
    state_ = XXH3_64bits_withSeed(words_.data(), count_ * sizeof(std::uint64_t), state_);
    count_ = 0;
}

void Hasher::bytes(std::string_view bytes)
{
    (*this)(bytes.size());
    (*this)(hashBytes(bytes));
}

std::uint64_t Hasher::digest()
{
    if (count_ > 0)
        flush();
    return state_;
}

std::uint64_t hashBytes(std::string_view bytes, std::uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

} // namespace tideline
