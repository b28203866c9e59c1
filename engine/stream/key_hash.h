// SPDX-License-Identifier: GPL-3.0-or-later
// hashKey: a fast hash of short byte strings, for finding keys only.
//
// Eight bytes at a time folded by a 64 x 64 -> 128 bit multiplication, in the manner of wyhash (Wang Yi).
// Nothing that is seen or stored may depend on its values. Pure; any thread.
#pragma once

#include "engine/base/random.h"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace tideline {

inline std::uint64_t foldMultiply(std::uint64_t a, std::uint64_t b)
{
    const UInt128 product = static_cast<UInt128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t loadWord(const char* at, std::size_t length)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, length);
    return word;
}

// The first and the last eight bytes of a key, which may overlap; of a shorter key all it has. Two keys of
// one length up to kWholeKeyBytes are equal when their words are.
struct KeyWords
{
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    bool operator==(const KeyWords&) const = default;
};

inline constexpr std::size_t kWholeKeyBytes = 16;

// By loads that may overlap: a copy of variable length would be a call, and a loop a wrong guess.
inline KeyWords wordsOf(std::string_view key)
{
    const char* end = key.data() + key.size();
    if (key.size() >= 8)
        return {loadWord(key.data(), 8), loadWord(end - 8, 8)};
    if (key.size() >= 4)
        return {loadWord(key.data(), 4), loadWord(end - 4, 4)};
    if (!key.empty())
        return {loadWord(key.data(), 1) << 8 | loadWord(key.data() + key.size() / 2, 1),
                loadWord(end - 1, 1)};
    return {};
}

inline std::uint64_t hashKey(std::string_view key)
{
    constexpr std::uint64_t kFirst = 0xa0761d6478bd642f;
    constexpr std::uint64_t kSecond = 0xe7037ed1a0b428db;
    std::uint64_t hash = kFirst ^ key.size();
    while (key.size() > kWholeKeyBytes) {
        hash = foldMultiply(hash ^ loadWord(key.data(), 8), kSecond);
        key.remove_prefix(8);
    }
    const KeyWords rest = wordsOf(key);
    return foldMultiply(foldMultiply(hash ^ rest.head, kSecond) ^ rest.tail, kFirst);
}

} // namespace tideline
