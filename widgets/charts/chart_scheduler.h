// SPDX-License-Identifier: GPL-3.0-or-later
// ChartScheduler: which chart is drawn anew in this frame.
//
// A chart takes milliseconds to draw, so at most one is drawn in a frame and each at most five times a
// second; the one that has waited longest comes first. A plain value that is told the time.
#pragma once

#include "engine/base/time.h"

#include <optional>
#include <vector>

namespace tideline::widgets {

class ChartScheduler
{
public:
    // At most five times a second.
    static constexpr Micros kLeast = 200'000; // µs between two drawings of one chart

    explicit ChartScheduler(int charts);

    // New numbers are there for all charts.
    void markAll();
    // The chart to draw at `now` (µs of any steady clock), at most one a frame; nothing when none is due.
    std::optional<int> next(Micros now);
    // Some chart still has numbers that it has not shown.
    bool waiting() const;

private:
    struct Chart
    {
        bool stale = false;
        std::optional<Micros> drawn;
    };
    std::vector<Chart> charts_;
};

} // namespace tideline::widgets
