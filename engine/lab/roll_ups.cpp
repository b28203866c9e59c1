// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/roll_ups.h"

#include <algorithm>

namespace tideline {

std::size_t RollUps::addLine(ChartsFrame::Chart chart, ChartsFrame::Line line, std::int32_t index,
                             GroupIndex group, Merge merge)
{
    const std::int64_t empty = merge == Merge::Add ? 0 : kNothing;
    Line fresh{chart, line, index, group, merge, empty, {}};
    fresh.points.resize(static_cast<std::size_t>(closed_), empty); // as long as its neighbours
    lines_.emplace_back(std::move(fresh));
    return lines_.size() - 1;
}

void RollUps::closeBucket()
{
    for (Cow<Line>& line : lines_) {
        Line& edited = line.edit();
        edited.points.push_back(edited.current);
        edited.current = edited.merge == Merge::Add ? 0 : kNothing;
    }
    ++closed_;
    if (closed_ >= static_cast<std::int64_t>(kPoints))
        halve();
}

void RollUps::halve()
{
    for (Cow<Line>& line : lines_) {
        Line& edited = line.edit();
        for (std::size_t i = 0; i + 1 < edited.points.size(); i += 2) {
            const std::int64_t a = edited.points[i];
            const std::int64_t b = edited.points[i + 1];
            edited.points[i / 2] = edited.merge == Merge::Add ? a + b : std::max(a, b);
        }
        edited.points.resize(edited.points.size() / 2);
    }
    closed_ /= 2;
    bucket_ *= 2;
}

} // namespace tideline
