// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/value_axis.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

ValueAxis valueAxis(double highest, int most, bool whole)
{
    const double wanted = std::isfinite(highest) && highest > 0 ? std::min(highest, 1e15) : 1;
    const int steps = std::max(1, most);
    double unit = whole ? 1 : 1e-6;
    for (;; unit *= 10) {
        for (const double times : {1.0, 2.0, 5.0}) {
            const double step = unit * times;
            if (step * steps < wanted)
                continue;
            const int needed = std::max(1, static_cast<int>(std::ceil(wanted / step - 1e-9)));
            return {step * needed, step, needed};
        }
    }
}

QString axisNumber(double value, double step)
{
    if (value == 0)
        return QStringLiteral("0");
    if (step >= 1e6)
        return QString::number(value / 1e6, 'g', 4) + QStringLiteral(" M");
    if (step >= 1e3)
        return QString::number(value / 1e3, 'g', 4) + QStringLiteral(" k");
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    return QString::number(value, 'f', decimals);
}

} // namespace tideline::widgets
