// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spread_labels.h"

#include <algorithm>
#include <numeric>

namespace tideline::widgets {

std::vector<qreal> spreadLabels(const std::vector<qreal>& wanted, qreal height, qreal top, qreal bottom)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    std::vector<qreal> places(wanted.size());
    // Downwards, each below the one before; then upwards from the bottom where that pushed too far.
    qreal free = top + height / 2;
    for (const std::size_t i : order) {
        places[i] = std::max(free, wanted[i]);
        free = places[i] + height;
    }
    qreal limit = bottom - height / 2;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        places[*i] = std::min(limit, places[*i]);
        limit = places[*i] - height;
    }
    return places;
}

} // namespace tideline::widgets
