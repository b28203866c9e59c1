// SPDX-License-Identifier: GPL-3.0-or-later
// A vertical axis from 0 to a round number, with round steps between. Pure; any thread.
#pragma once

#include <QString>

#include <vector>

namespace tideline::widgets {

struct ValueAxis
{
    double top = 1;  // > 0
    double step = 1; // 1, 2 or 5 times a power of ten
    int steps = 1;
};

// Holds [0, highest] in at most `most` steps (>= 1). `whole`: values are counts, so no step is below 1.
ValueAxis valueAxis(double highest, int most, bool whole);

// What an axis of lags reaches at least, so that one record more or less does not fill the height.
inline constexpr double kLeastLag = 5; // records
// A number on such an axis: as many decimals as the step has, thousands as "10 k".
QString axisNumber(double value, double step);

} // namespace tideline::widgets
