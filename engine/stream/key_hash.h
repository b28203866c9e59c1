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

inline std::uint64_t hashKey(std::string_view key)
{
    constexpr std::uint64_t kFirst = 0xa0761d6478bd642f;
    constexpr std::uint64_t kSecond = 0xe7037ed1a0b428db;
    std::uint64_t hash = kFirst ^ key.size();
    while (key.size() > 16) {
        hash = foldMultiply(hash ^ loadWord(key.data(), 8), kSecond);
        key.remove_prefix(8);
    }
    // The rest by two loads that may overlap: a copy of variable length would be a call, and a loop a wrong
    // guess.
    const char* end = key.data() + key.size();
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    if (key.size() >= 8) {
        head = loadWord(key.data(), 8);
        tail = loadWord(end - 8, 8);
    } else if (key.size() >= 4) {
        head = loadWord(key.data(), 4);
        tail = loadWord(end - 4, 4);
    } else if (!key.empty()) {
        head = loadWord(key.data(), 1) << 8 | loadWord(key.data() + key.size() / 2, 1);
        tail = loadWord(end - 1, 1);
    }
    return foldMultiply(foldMultiply(hash ^ head, kSecond) ^ tail, kFirst);
}

// a == b, quickly for keys of 8 to 16 bytes.
inline bool equalKeys(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    if (a.size() < 8 || a.size() > 16)
        return a == b;
    const std::size_t last = a.size() - 8;
    return loadWord(a.data(), 8) == loadWord(b.data(), 8) &&
           loadWord(a.data() + last, 8) == loadWord(b.data() + last, 8);
}

} // namespace tideline
