// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_scheduler.h"

#include <algorithm>

namespace tideline::widgets {

ChartScheduler::ChartScheduler(int charts)
    : charts_(static_cast<std::size_t>(std::max(0, charts)))
{}

void ChartScheduler::markAll()
{
    for (Chart& chart : charts_)
        chart.stale = true;
}

std::optional<int> ChartScheduler::next(Micros now)
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
        const Chart& chart = charts_[i];
        if (!chart.stale || (chart.drawn && now - *chart.drawn < kLeast))
            continue;
        if (!best || chart.drawn < charts_[*best].drawn) // never drawn comes before any time
            best = i;
    }
    if (!best)
        return std::nullopt;
    charts_[*best].stale = false;
    charts_[*best].drawn = now;
    return static_cast<int>(*best);
}

bool ChartScheduler::waiting() const
{
    return std::any_of(charts_.begin(), charts_.end(), [](const Chart& chart) { return chart.stale; });
}

} // namespace tideline::widgets
