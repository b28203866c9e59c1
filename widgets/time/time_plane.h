// SPDX-License-Identifier: GPL-3.0-or-later
// TimePlane: where a pair (event time, processing time) lies in the picture, and back.
//
// Event time goes to the right, processing time upwards, both in the data's own time. The range is the whole
// run at zoom 1; zooming keeps the diagonal's middle. Pure values; any thread.
#pragma once

#include "engine/lab/frame.h"

#include <QPointF>
#include <QRectF>

namespace tideline::widgets {

struct TimeRange
{
    Millis from = 0;
    Millis to = 1; // > from
    bool operator==(const TimeRange&) const = default;
};

struct TimePlane
{
    QRectF area;     // px
    TimeRange event; // x
    TimeRange seen;  // y

    QPointF at(Millis eventTime, Millis seenTime) const { return {x(eventTime), y(seenTime)}; }
    qreal x(Millis eventTime) const;
    qreal y(Millis seenTime) const;
    Millis eventAt(qreal x) const;
    Millis seenAt(qreal y) const;
    // Whether the point is in the plane; points that are not are not drawn.
    bool holds(QPointF point) const;
};

// What is shown of a frame: everything seen so far and a little more, so that the plane does not move at
// every frame; at `zoom` > 1 the part around `centre` (0..1).
TimePlane timePlane(const TimeFrame& frame, const QRectF& area, double zoom, double centre);

} // namespace tideline::widgets
