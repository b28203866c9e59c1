// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimate.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tideline::widgets {

namespace {

bool isFinite(const QPointF& point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

using Iterator = std::vector<QPointF>::const_iterator;

// The lowest and the highest of [from, to), in the order in which they come.
void addExtremes(Iterator from, Iterator to, std::vector<QPointF>& kept)
{
    if (from == to)
        return;
    const auto [low, high] =
        std::minmax_element(from, to, [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    kept.push_back(*std::min(low, high));
    if (low != high)
        kept.push_back(*std::max(low, high));
}

} // namespace

std::vector<QPointF> decimate(const std::vector<QPointF>& points, int most)
{
    std::vector<QPointF> finite;
    std::copy_if(points.begin(), points.end(), std::back_inserter(finite), isFinite);
    if (static_cast<int>(finite.size()) <= std::max(1, most))
        return finite;
    if (most < 2)
        return {};
    std::vector<QPointF> kept{finite.front()};
    const qreal from = finite.front().x();
    const qreal span = finite.back().x() - from;
    const int buckets = (most - 2) / 2;
    auto start = std::next(finite.cbegin());
    const auto end = std::prev(finite.cend());
    for (int bucket = 0; bucket < buckets && start != end; ++bucket) {
        const qreal border = from + span * (bucket + 1) / buckets;
        const auto next =
            bucket + 1 == buckets
                ? end
                : std::partition_point(start, end, [&](const QPointF& point) { return point.x() < border; });
        addExtremes(start, next, kept);
        start = next;
    }
    kept.push_back(finite.back());
    return kept;
}

} // namespace tideline::widgets
