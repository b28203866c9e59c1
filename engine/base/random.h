// SPDX-License-Identifier: GPL-3.0-or-later
// Random: the only source of chance in the engine.
//
// xoshiro256** seeded by splitmix64 (Blackman and Vigna, 2018). Each actor owns one stream, split from the
// run's seed by the actor's kind and number, so that what one actor draws never depends on how often another
// one does. Integers only: the distributions of the standard library differ between compilers. A plain value;
// one thread at a time.
#pragma once

#include <array>
#include <cstdint>

namespace tideline {

__extension__ typedef __int128 Int128; // g++ and clang have it; -Wpedantic wants to hear so
__extension__ typedef unsigned __int128 UInt128;

class Random
{
public:
    Random()
        : Random(0, 0)
    {}
    // The stream number `stream` of the run with this seed.
    Random(std::uint64_t seed, std::uint64_t stream);

    // 64 uniform bits.
    std::uint64_t next()
    {
        const std::uint64_t result = rotateLeft(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = rotateLeft(state_[3], 45);
        return result;
    }

    // Uniform in [0, bound); bound > 0. Multiply-shift without rejection: the bias is below bound / 2^64.
    std::uint64_t below(std::uint64_t bound)
    {
        return static_cast<std::uint64_t>((static_cast<UInt128>(next()) * bound) >> 64);
    }

    // Uniform in [low, high]; low <= high.
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }

    const std::array<std::uint64_t, 4>& state() const { return state_; }
    bool operator==(const Random&) const = default;

private:
    static std::uint64_t rotateLeft(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

    std::array<std::uint64_t, 4> state_;
};

} // namespace tideline
