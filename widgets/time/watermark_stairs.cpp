// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/watermark_stairs.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

// Collects corners; a part that leaves the plane ends its line.
class Stairs
{
public:
    explicit Stairs(const QRectF& area)
        : area_(area)
    {}

    // Adds a segment that is upright or level.
    void add(QPointF from, QPointF to)
    {
        const bool upright = from.x() == to.x();
        const bool outside = upright ? from.x() < area_.left() || from.x() > area_.right()
                                     : from.y() < area_.top() || from.y() > area_.bottom();
        if (outside)
            return;
        from = inside(from);
        to = inside(to);
        if (from == to)
            return;
        if (lines_.empty() || lines_.back().back() != from)
            lines_.push_back({from});
        lines_.back().push_back(to);
    }

    std::vector<std::vector<QPointF>> take() { return std::move(lines_); }

private:
    QPointF inside(QPointF point) const
    {
        return {std::clamp(point.x(), area_.left(), area_.right()),
                std::clamp(point.y(), area_.top(), area_.bottom())};
    }

    QRectF area_;
    std::vector<std::vector<QPointF>> lines_;
};

} // namespace

std::vector<std::vector<QPointF>> watermarkStairs(const TimeFrame& frame, const TimePlane& plane)
{
    if (frame.steps.empty() || plane.area.isEmpty())
        return {};
    Stairs stairs(plane.area);
    QPointF corner = plane.at(frame.steps.front().watermark, frame.steps.front().seen);
    for (const TimeFrame::WatermarkStep& step : frame.steps) {
        const QPointF next = plane.at(step.watermark, step.seen);
        // Steps smaller than a pixel each way are one step with the next.
        if (std::abs(next.x() - corner.x()) < 1 && std::abs(next.y() - corner.y()) < 1)
            continue;
        const QPointF rise(corner.x(), next.y());
        stairs.add(corner, rise);
        stairs.add(rise, next);
        corner = next;
    }
    stairs.add(corner, {corner.x(), plane.y(frame.now)});
    return stairs.take();
}

} // namespace tideline::widgets
