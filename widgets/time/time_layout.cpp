// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_layout.h"

#include "widgets/charts/scene_pen.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/time/time_dots.h"
#include "widgets/time/time_parts.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeLayout)
};

constexpr qreal kLeastWidth = 240; // px; in less nothing could be read
constexpr qreal kLeastHeight = 120;
constexpr qreal kMargin = 14;
constexpr qreal kAxisLeft = 74;       // for "1:20"
constexpr qreal kAxisLeftDates = 122; // for "Jan 3 06:00"
constexpr qreal kAxisBottom = 52;
constexpr qreal kStripHeight = 128;
constexpr qreal kPipelineHeight = 140;
constexpr qreal kLegendGap = 6;

// Which parts a size has room for, and where.
struct Places
{
    QRectF legend; // its height is only known once it is laid out
    QRectF plane;  // with the axes' numbers around it
    QRectF pipeline;
    QRectF windows;
    QRectF strip;
};

Places placesOf(const QSizeF& size, bool dates)
{
    const qreal axisLeft = dates ? kAxisLeftDates : kAxisLeft;
    Places places;
    const qreal width = size.width() - 2 * kMargin;
    const qreal height = size.height() - 2 * kMargin;
    const qreal strip = height >= 460 ? kStripHeight : 0;
    const qreal side = width >= 760 ? std::clamp(width * 0.3, 330.0, 480.0) : 0;
    if (strip > 0)
        places.strip = {kMargin, size.height() - kMargin - strip, width, strip};
    const qreal upper = height - (strip > 0 ? strip + kMargin : 0);
    if (side > 0) {
        const qreal left = size.width() - kMargin - side;
        places.pipeline = {left, kMargin, side, std::min(kPipelineHeight, upper)};
        const qreal top = places.pipeline.bottom() + kMargin;
        places.windows = {left, top, side, std::max(0.0, kMargin + upper - top)};
    }
    const qreal right = side > 0 ? places.pipeline.left() - kMargin : size.width() - kMargin;
    places.plane = {kMargin, kMargin, std::max(0.0, right - kMargin), std::max(0.0, upper)};
    places.legend = {axisLeft, kMargin - 4, std::max(0.0, right - axisLeft), 24};
    return places;
}

QRectF planeArea(const Places& places, qreal legendHeight)
{
    const qreal top = places.legend.top() + legendHeight + kLegendGap;
    const qreal left = places.legend.left();
    const QRectF area(left, top, places.plane.right() - left - 8, places.plane.bottom() - kAxisBottom - top);
    return area.width() > 40 && area.height() > 40 ? area : QRectF();
}

QString pipelineName(const Frame& frame)
{
    const auto index = static_cast<std::size_t>(frame.time->pipeline);
    if (frame.names && index < frame.names->pipelines.size())
        return QString::fromStdString(frame.names->pipelines[index]);
    return QString::fromStdString(frame.time->spec.name);
}

QString description(const TimeFrame& time)
{
    return Text::tr("%1 records on time, %2 behind the watermark, %3 after their window fired, %4 dropped")
        .arg(countText(time.onTime), countText(time.behindWatermark), countText(time.afterFiring),
             countText(time.dropped));
}

bool hasPipeline(const Frame& frame)
{
    return frame.time && frame.time->pipeline != kNone;
}

} // namespace

Scene layoutTime(const Frame& frame, const TimeViewport& viewport, const Selection& selection,
                 const TextMetrics& metrics)
{
    if (!hasPipeline(frame))
        return emptyScene(viewport.size, Text::tr("Time"),
                          Text::tr("This scenario has no pipeline, so nothing has an event time."),
                          Text::tr("Add one under \"pipelines\" to see its watermark and windows."), metrics);
    const TimeFrame& time = *frame.time;
    Scene scene;
    scene.size = viewport.size;
    scene.name = Text::tr("Time");
    scene.description = description(time);
    ScenePen pen(scene, metrics);
    pen.rect(QRectF(QPointF(0, 0), viewport.size), ColorRole::Window);
    if (viewport.size.width() < kLeastWidth || viewport.size.height() < kLeastHeight)
        return scene;
    const Places places = placesOf(viewport.size, isDate(time.firstSeen));
    const QRectF area = planeArea(places, addLegend(pen, time, places.legend));
    if (!area.isEmpty()) {
        const TimePlane plane = timePlane(time, area, viewport.zoom, viewport.centre);
        addAxes(pen, time, plane);
        addDots(pen, time, plane);
        addLines(pen, time, plane);
        addPanes(pen, time, plane, selection);
    }
    if (!places.pipeline.isEmpty())
        addPipelinePanel(pen, time, pipelineName(frame), places.pipeline);
    addWindowsPanel(pen, time, places.windows, selection);
    if (!places.strip.isEmpty())
        addProcessingStrip(pen, time, places.strip);
    return scene;
}

TimePlane timePlaneOf(const Frame& frame, const TimeViewport& viewport, const TextMetrics& metrics)
{
    if (!hasPipeline(frame))
        return {};
    const Places places = placesOf(viewport.size, isDate(frame.time->firstSeen));
    Scene unused;
    ScenePen pen(unused, metrics);
    const QRectF area = planeArea(places, addLegend(pen, *frame.time, places.legend));
    return timePlane(*frame.time, area, viewport.zoom, viewport.centre);
}

} // namespace tideline::widgets
