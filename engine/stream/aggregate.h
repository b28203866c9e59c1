// SPDX-License-Identifier: GPL-3.0-or-later
// Aggregate: what an incremental window keeps of its records, and Pane: what it says when it fires.
//
// Sums are scaled 64-bit integers (money in its smallest unit) and wrap like Java's long, so that they do not
// depend on the order of the records. Plain values; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/key_id.h"
#include "engine/stream/window_arithmetic.h"

#include <vector>

namespace tideline {

struct Aggregate
{
    std::int64_t count = 0;
    std::int64_t sum = 0;

    void add(std::int64_t value)
    {
        ++count;
        sum = wrappingAdd(sum, value);
    }
    void add(const Aggregate& other)
    {
        count += other.count;
        sum = wrappingAdd(sum, other.sum);
    }

    bool operator==(const Aggregate&) const = default;
    TIDELINE_FIELDS(Aggregate, count, sum)
};

// One firing of one key's window.
struct Pane
{
    TimeWindow window;
    KeyId key = 0;
    std::uint32_t firing = 0; // 0: on time, when the watermark passed the window; n: the n-th late firing
    Aggregate aggregate;      // everything so far (accumulating)
    Millis watermark = 0;     // at the firing

    bool operator==(const Pane&) const = default;
    TIDELINE_FIELDS(Pane, window, key, firing, aggregate, watermark)
};

using Panes = std::vector<Pane>;

} // namespace tideline
