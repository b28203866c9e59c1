// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/flink/processing_time_windows.h"

#include <algorithm>

namespace tideline::flink {

void ProcessingTimeWindows::add(Millis now, const Aggregate& records, std::vector<WindowTotals>& fired)
{
    advanceProcessingTime(now, fired);
    if (spec_.kind == WindowSpec::Kind::Tumbling) {
        // Time only moves on: the open window is the last one.
        const bool open = !open_->empty() && open_->back().window.contains(now_);
        addTo(open ? open_->back().window : tumblingWindow(now_, spec_.size, spec_.offset), records);
        return;
    }
    forEachSlidingWindow(now_, spec_.size, spec_.slide, spec_.offset,
                         [&](const TimeWindow& window) { addTo(window, records); });
}

void ProcessingTimeWindows::advanceProcessingTime(Millis now, std::vector<WindowTotals>& fired)
{
    now_ = std::max(now_, now);
    if (open_->empty() || open_->front().window.end > now_)
        return;
    std::vector<WindowTotals>& open = open_.edit();
    auto window = open.begin();
    for (; window != open.end() && window->window.end <= now_; ++window) {
        window->phase = WindowPhase::Cleaned;
        fired.push_back(*window);
        history_.add(*window);
    }
    open.erase(open.begin(), window);
}

void ProcessingTimeWindows::addTo(const TimeWindow& window, const Aggregate& records)
{
    std::vector<WindowTotals>& open = open_.edit();
    auto place = open.end();
    while (place != open.begin() && std::prev(place)->window.start >= window.start)
        --place;
    if (place == open.end() || place->window.start != window.start) {
        WindowTotals totals;
        totals.window = window;
        place = open.insert(place, totals);
    }
    place->aggregate.add(records);
}

} // namespace tideline::flink
