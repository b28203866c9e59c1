// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_plane.h"

#include "engine/stream/window_arithmetic.h"
#include "widgets/theme/data_time_text.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr int kRoundTo = 20; // the plane ends on a multiple of a step of which so many fit

double part(Millis time, const TimeRange& range)
{
    const double span = static_cast<double>(range.to) - static_cast<double>(range.from);
    return (static_cast<double>(time) - static_cast<double>(range.from)) / span;
}

Millis timeAt(double part, const TimeRange& range)
{
    const double span = static_cast<double>(range.to) - static_cast<double>(range.from);
    const double time = static_cast<double>(range.from) + part * span;
    // The range of int64 as doubles; beyond, the conversion has no value.
    return static_cast<Millis>(std::clamp(std::round(time), -9.2e18, 9.2e18));
}

TimeRange zoomed(const TimeRange& whole, double zoom, double centre)
{
    const double half = 0.5 / std::max(1.0, zoom);
    const double middle = std::clamp(centre, half, 1 - half);
    const Millis from = timeAt(middle - half, whole);
    return {from, std::max(timeAt(middle + half, whole), saturatingAdd(from, 1))};
}

} // namespace

qreal TimePlane::x(Millis eventTime) const
{
    return area.left() + part(eventTime, event) * area.width();
}

qreal TimePlane::y(Millis seenTime) const
{
    return area.bottom() - part(seenTime, seen) * area.height();
}

Millis TimePlane::eventAt(qreal x) const
{
    return timeAt(area.width() > 0 ? (x - area.left()) / area.width() : 0, event);
}

Millis TimePlane::seenAt(qreal y) const
{
    return timeAt(area.height() > 0 ? (area.bottom() - y) / area.height() : 0, seen);
}

bool TimePlane::holds(QPointF point) const
{
    return point.x() >= area.left() && point.x() <= area.right() && point.y() >= area.top() &&
           point.y() <= area.bottom();
}

TimePlane timePlane(const TimeFrame& frame, const QRectF& area, double zoom, double centre)
{
    const Millis step =
        tickStep(frame.firstSeen, std::max(frame.now, saturatingAdd(frame.firstSeen, 1000)), kRoundTo);
    // At least half a step of air above the "now" line.
    const Millis end = saturatingAdd(windowStart(saturatingAdd(frame.now, step / 2), 0, step), step);
    TimeRange seen{frame.firstSeen, std::max(end, saturatingAdd(frame.firstSeen, 1))};
    TimeRange event = seen;
    if (frame.onTime + frame.behindWatermark + frame.afterFiring + frame.dropped > 0) {
        event.from = std::min(event.from, frame.eventLow);
        event.to = std::max(event.to, frame.eventHigh);
    }
    return {area, zoomed(event, zoom, centre), zoomed(seen, zoom, centre)};
}

} // namespace tideline::widgets
