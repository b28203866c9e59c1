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

inline std::uint64_t hashKey(std::string_view key)
{
    constexpr std::uint64_t kFirst = 0xa0761d6478bd642f;
    constexpr std::uint64_t kSecond = 0xe7037ed1a0b428db;
    const auto load = [](const char* at, std::size_t length) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, length);
        return word;
    };
    std::uint64_t hash = kFirst ^ key.size();
    while (key.size() > 8) {
        hash = foldMultiply(hash ^ load(key.data(), 8), kSecond);
        key.remove_prefix(8);
    }
    // The tail by two loads that may overlap: a copy of variable length would be a call.
    std::uint64_t tail = 0;
    if (key.size() >= 4)
        tail = load(key.data(), 4) << 32 | load(key.data() + key.size() - 4, 4);
    else if (!key.empty())
        tail = load(key.data(), 1) << 16 | load(key.data() + key.size() / 2, 1) << 8 |
               load(key.data() + key.size() - 1, 1);
    return foldMultiply(hash ^ tail, kFirst);
}

} // namespace tideline
