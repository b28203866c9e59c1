// SPDX-License-Identifier: GPL-3.0-or-later
// WindowAssigner: which windows an element goes into, and by which clock.
//
// Event-time assigners need a timestamp; processing-time ones use the clock and ignore it; the global
// assigner needs neither and has no clock of its own. Source: Flink TumblingEventTimeWindows,
// SlidingEventTimeWindows, their processing-time twins, GlobalWindows. A plain value; any thread.
#pragma once

#include "engine/stream/window_arithmetic.h"

#include <vector>

namespace tideline::flink {

struct WindowAssigner
{
    enum class Kind : std::uint8_t { Tumbling, Sliding, Global };
    enum class Domain : std::uint8_t { EventTime, ProcessingTime };

    Kind kind = Kind::Tumbling;
    Domain domain = Domain::EventTime;
    Millis size = 1;   // > 0
    Millis slide = 1;  // > 0, sliding only
    Millis offset = 0; // |offset| < size, for sliding < slide

    bool isGlobal() const { return kind == Kind::Global; }
    // Flink's isEventTime: the global assigner says no, so that it has no clean-up.
    bool isEventTime() const { return !isGlobal() && domain == Domain::EventTime; }

    // Appends the windows of a time, in the order in which Flink assigns them.
    void assign(Millis time, std::vector<TimeWindow>& windows) const
    {
        switch (kind) {
        case Kind::Tumbling:
            windows.push_back(tumblingWindow(time, size, offset));
            return;
        case Kind::Sliding:
            forEachSlidingWindow(time, size, slide, offset,
                                 [&](const TimeWindow& window) { windows.push_back(window); });
            return;
        case Kind::Global:
            windows.push_back(TimeWindow::global());
            return;
        }
    }

    bool operator==(const WindowAssigner&) const = default;
};

} // namespace tideline::flink
