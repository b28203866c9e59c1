// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessingTimeWindows: the same windows by the clock instead of by event time, over all keys: what a
// pipeline without event time would say.
//
// A record belongs to the windows of the moment at which it is handled, so nothing is ever late. A window
// [start, end) fires once, when the clock reaches its end (Flink's timer service wakes up 1 ms after the last
// millisecond), and is gone; what has not fired at the end of input never does. Source: Flink
// TumblingProcessingTimeWindows, SlidingProcessingTimeWindows, ProcessingTimeTrigger. A value; one thread at
// a time.
#pragma once

#include "engine/stream/window_history.h"
#include "engine/stream/window_spec.h"

#include <vector>

namespace tideline::flink {

class ProcessingTimeWindows
{
public:
    // The spec obeys checkWindowSpec; allowed lateness has no meaning here.
    explicit ProcessingTimeWindows(const WindowSpec& spec = {})
        : spec_(spec)
    {}

    // These records are handled at `now` (milliseconds; a smaller value than before counts as the one
    // before).
    void add(Millis now, const Aggregate& records, std::vector<WindowTotals>& fired);
    // The clock is now at `now`: appends the windows that end at or before it, by ascending end.
    void advanceProcessingTime(Millis now, std::vector<WindowTotals>& fired);

    Millis processingTime() const { return now_; }

    // visit(const WindowTotals&) by ascending start, for windows that start at `from` or later.
    template <class Visit>
    void forEachWindow(Millis from, Visit&& visit) const
    {
        history_.forEach(from, visit);
        for (const WindowTotals& totals : *open_)
            if (totals.window.start >= from)
                visit(totals);
    }

    bool operator==(const ProcessingTimeWindows&) const = default;
    TIDELINE_FIELDS(ProcessingTimeWindows, spec_, now_, open_, history_)

private:
    void addTo(const TimeWindow& window, const Aggregate& records);

    WindowSpec spec_;
    Millis now_ = kMinMillis;
    Cow<std::vector<WindowTotals>> open_; // by ascending start
    WindowHistory history_;
};

} // namespace tideline::flink
