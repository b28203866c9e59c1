// SPDX-License-Identifier: GPL-3.0-or-later
// Time in the engine: two integer clocks and the one place where they meet.
//
// Micros is the engine's clock: microseconds since the run began. Millis is time inside the data, as in Kafka
// and Flink: record timestamps, event times, windows and watermarks, milliseconds since 1970 (or since
// whatever the data counts from). They are converted once, by floor division. No wall clock, no floating
// point. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <limits>

namespace tideline {

using Micros = std::int64_t;
using Millis = std::int64_t;

inline constexpr Micros kMicrosPerMilli = 1000;
inline constexpr Micros kMicrosPerSecond = 1'000'000;
inline constexpr Micros kNever = std::numeric_limits<Micros>::max();
inline constexpr Millis kMinMillis = std::numeric_limits<Millis>::min();
inline constexpr Millis kMaxMillis = std::numeric_limits<Millis>::max();

// Quotient rounded towards minus infinity; divisor > 0. C++ division rounds towards zero, which is wrong for
// times before 1970.
constexpr std::int64_t floorDiv(std::int64_t dividend, std::int64_t divisor)
{
    const std::int64_t quotient = dividend / divisor;
    return quotient - ((dividend % divisor) < 0 ? 1 : 0);
}

// Remainder in [0, divisor); divisor > 0. Never use raw % on times.
constexpr std::int64_t floorMod(std::int64_t dividend, std::int64_t divisor)
{
    const std::int64_t rest = dividend % divisor;
    return rest < 0 ? rest + divisor : rest;
}

constexpr Millis toMillis(Micros time)
{
    return floorDiv(time, kMicrosPerMilli);
}
constexpr Micros fromMillis(Millis time)
{
    return time * kMicrosPerMilli;
}

// a + b that stays at the ends of the range instead of overflowing.
constexpr std::int64_t saturatingAdd(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    return b < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

} // namespace tideline
