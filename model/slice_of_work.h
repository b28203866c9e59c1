// SPDX-License-Identifier: GPL-3.0-or-later
// SliceOfWork: how many events long work handles before it looks up again, to show where it is and to ask
// whether it shall stop.
//
// An event takes from a microsecond to some milliseconds, as the scenario has it; a slice takes about as long
// as a person does not notice. How work is sliced changes nothing that comes of it. One thread.
#pragma once

#include "engine/lab/engine.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace tideline::model {

class SliceOfWork
{
public:
    std::int64_t events() const { return events_; }

    // The last slice has taken this long.
    void took(std::chrono::steady_clock::duration time)
    {
        if (time > kLongest)
            events_ = std::max<std::int64_t>(1, events_ / 4);
        else if (time < kShortest)
            events_ = std::min<std::int64_t>(kMost, events_ * 2);
    }

private:
    static constexpr std::chrono::milliseconds kLongest{40};
    static constexpr std::chrono::milliseconds kShortest{10};
    static constexpr std::int64_t kMost = 20'000;

    std::int64_t events_ = 16;
};

// Lets `engine` go on to `until`, calling goesOn() between slices; false when that said no.
template <class GoesOn>
bool advanceInSlices(Engine& engine, Micros until, GoesOn&& goesOn)
{
    SliceOfWork slice;
    for (;;) {
        const auto start = std::chrono::steady_clock::now();
        const std::int64_t events = slice.events();
        if (engine.advanceSome(until, events) < events)
            return true;
        slice.took(std::chrono::steady_clock::now() - start);
        if (!goesOn())
            return false;
    }
}

} // namespace tideline::model
