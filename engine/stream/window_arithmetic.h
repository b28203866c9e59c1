// SPDX-License-Identifier: GPL-3.0-or-later
// Which windows a time belongs to: the arithmetic that Flink, Beam, Spark and Kafka Streams share.
//
// A window is [start, end) in event or processing time, milliseconds. Starts lie on the grid offset + n *
// step. Floor arithmetic throughout, so times before 1970 fall into the window below them; results that would
// leave int64 stay at its ends. Source: Flink TimeWindow.getWindowStartWithOffset,
// SlidingEventTimeWindows.assignWindows. Pure functions; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <compare>

namespace tideline {

// [start, end) in milliseconds. Ordered by (start, end).
struct TimeWindow
{
    Millis start = 0;
    Millis end = 0;

    // The whole time line: the one window of a global assigner, without a last millisecond before the end of
    // time.
    static constexpr TimeWindow global() { return {kMinMillis, kMaxMillis}; }
    constexpr bool isGlobal() const { return start == kMinMillis && end == kMaxMillis; }

    // The largest timestamp inside: end - 1, for the global window the maximum.
    constexpr Millis maxTimestamp() const { return isGlobal() ? kMaxMillis : saturatingAdd(end, -1); }
    constexpr bool contains(Millis time) const { return start <= time && time < end; }

    constexpr auto operator<=>(const TimeWindow&) const = default;
    TIDELINE_FIELDS(TimeWindow, start, end)
};

// a + b modulo 2^64, as Java's long: where the modelled system wraps, so do we.
constexpr std::int64_t wrappingAdd(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// a - b that stays at the ends of the range.
constexpr std::int64_t saturatingSubtract(std::int64_t a, std::int64_t b)
{
    std::int64_t difference = 0;
    if (!__builtin_sub_overflow(a, b, &difference))
        return difference;
    return b > 0 ? kMinMillis : kMaxMillis;
}

// The latest grid point offset + n * step that is <= time; step > 0, |offset| < step.
constexpr Millis windowStart(Millis time, Millis offset, Millis step)
{
    std::int64_t relative = 0;
    if (__builtin_sub_overflow(time, offset, &relative))
        relative = floorMod(time, step) - offset; // the same remainder, without the overflow
    return saturatingSubtract(time, floorMod(relative, step));
}

// The tumbling window of a time; size > 0, |offset| < size.
constexpr TimeWindow tumblingWindow(Millis time, Millis size, Millis offset = 0)
{
    const Millis start = windowStart(time, offset, size);
    return {start, saturatingAdd(start, size)};
}

// Calls visit(TimeWindow) for every sliding window of a time, latest start first, as Flink assigns them; size
// > 0, slide > 0, |offset| < slide. With slide > size some times belong to no window.
template <class Visit>
constexpr void forEachSlidingWindow(Millis time, Millis size, Millis slide, Millis offset, Visit&& visit)
{
    const Millis after = saturatingSubtract(time, size);
    Millis start = windowStart(time, offset, slide);
    while (start > after) {
        visit(TimeWindow{start, saturatingAdd(start, size)});
        if (__builtin_sub_overflow(start, slide, &start))
            return;
    }
}

// The time at which everything about a window is forgotten: max timestamp + allowed lateness; the maximum
// means never.
constexpr Millis cleanupTime(const TimeWindow& window, Millis allowedLateness)
{
    return saturatingAdd(window.maxTimestamp(), allowedLateness);
}

} // namespace tideline
