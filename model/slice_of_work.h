// SPDX-License-Identifier: GPL-3.0-or-later
// SliceOfWork: how many events long work handles before it looks up again, to show where it is and to ask
// whether it shall stop.
//
// An event takes from a microsecond to some milliseconds, as the scenario has it: slices follow what the last
// ones cost. How work is sliced changes nothing that comes of it. One thread.
#pragma once

#include "engine/lab/engine.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace tideline::model {

class SliceOfWork
{
public:
    // A slice shall take no longer than this, µs of the wall clock, and not much less.
    explicit SliceOfWork(Micros longest)
        : longest_(longest)
    {}

    std::int64_t events() const { return events_; }

    // The last slice has taken this long, µs.
    void took(Micros wall)
    {
        if (wall > longest_)
            events_ = std::max(kLeast, events_ / 2);
        else if (wall < longest_ / 2)
            events_ = std::min(kMost, events_ * 2);
    }

private:
    static constexpr std::int64_t kLeast = 16;
    static constexpr std::int64_t kMost = 1 << 16;

    Micros longest_;
    std::int64_t events_ = 256;
};

// Lets `engine` go on to `until`, calling goesOn() between slices that nobody notices; false when that said
// no.
template <class GoesOn>
bool advanceInSlices(Engine& engine, Micros until, GoesOn&& goesOn)
{
    SliceOfWork slice(40'000);
    for (;;) {
        const auto start = std::chrono::steady_clock::now();
        const std::int64_t events = slice.events();
        if (engine.advanceSome(until, events) < events)
            return true;
        const auto wall = std::chrono::steady_clock::now() - start;
        slice.took(std::chrono::duration_cast<std::chrono::microseconds>(wall).count());
        if (!goesOn())
            return false;
    }
}

} // namespace tideline::model
