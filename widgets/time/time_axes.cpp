// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/window_arithmetic.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/time/time_parts.h"
#include "widgets/time/watermark_stairs.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeAxes)
};

constexpr qreal kLabelHeight = 18;

// The part of `area` between two event times, cut to the area.
QRectF band(const TimePlane& plane, qreal from, qreal to)
{
    const qreal left = std::clamp(from, plane.area.left(), plane.area.right());
    const qreal right = std::clamp(to, plane.area.left(), plane.area.right());
    return {left, plane.area.top(), std::max(0.0, right - left), plane.area.height()};
}

void addGround(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    const qreal watermark = frame.watermark ? plane.x(*frame.watermark) : plane.area.left();
    const qreal now = std::max(watermark, plane.x(frame.now));
    pen.rect(plane.area, ColorRole::PlaneOutside);
    pen.rect(band(plane, plane.area.left(), watermark), ColorRole::PlaneDone);
    pen.rect(band(plane, watermark, now), ColorRole::PlaneOpen);
}

void addEventAxis(ScenePen& pen, const TimePlane& plane)
{
    const QRectF& area = plane.area;
    const qreal room = isDate(plane.event.from) ? 110 : 70; // px for a label with its air
    const int most = std::max(1, static_cast<int>(area.width() / room));
    qreal free = area.left() - 40;
    for (const TimeTick& tick : timeTicks(plane.event.from, plane.event.to, most)) {
        const qreal x = plane.x(tick.at);
        pen.line({x, area.top()}, {x, area.bottom()}, ColorRole::Grid);
        const qreal width = pen.metrics().width(tick.label, kMonoSmallFont) + 2;
        if (x - width / 2 < free)
            continue;
        pen.text({x - width / 2, area.bottom() + 6, width, kLabelHeight}, tick.label, ColorRole::TextFaint,
                 kMonoSmallFont, Qt::AlignCenter);
        free = x + width / 2 + 8;
    }
    pen.text({area.left(), area.bottom() + 26, area.width(), kLabelHeight},
             Text::tr("event time (when it happened) →"), ColorRole::TextMuted, kSmallFont, Qt::AlignCenter);
}

void addSeenAxis(ScenePen& pen, const TimePlane& plane)
{
    const QRectF& area = plane.area;
    const int most = std::max(1, static_cast<int>(area.height() / 60));
    for (const TimeTick& tick : timeTicks(plane.seen.from, plane.seen.to, most)) {
        const qreal y = plane.y(tick.at);
        pen.line({area.left(), y}, {area.right(), y}, ColorRole::Grid);
        const qreal top = std::max(0.0, y - kLabelHeight / 2);
        pen.text({28, top, area.left() - 36, kLabelHeight}, tick.label, ColorRole::TextFaint, kMonoSmallFont,
                 Qt::AlignRight | Qt::AlignVCenter);
    }
    const QString name =
        pen.metrics().elided(Text::tr("processing time (when it was seen) →"), kSmallFont, area.height());
    const qreal middle = area.center().y();
    if (!name.isEmpty())
        pen.scene().shapes.emplace_back(
            TextShape{{16 - area.height() / 2, middle - kLabelHeight / 2, area.height(), kLabelHeight},
                      name,
                      ColorRole::TextMuted,
                      kSmallFont,
                      Qt::AlignCenter,
                      270});
}

// The diagonal on which every record would lie if nothing took any time.
void addIdealLine(ScenePen& pen, const TimePlane& plane)
{
    const Millis from = std::max(plane.event.from, plane.seen.from);
    const Millis to = std::min(plane.event.to, plane.seen.to);
    if (from >= to)
        return;
    const QPointF start = plane.at(from, from);
    const QPointF end = plane.at(to, to);
    pen.line(start, end, ColorRole::BorderStrong, 1, Dash::Dashed);
    // Below the line, where nothing lies but records that come before their own time.
    const QString label = Text::tr("seen as it happens");
    const qreal width = pen.metrics().width(label, kSmallFont) + 2;
    const QPointF middle = start + (end - start) * 0.6;
    const QRectF place(middle.x() + 26, middle.y() + 30, width, kLabelHeight);
    if (plane.area.contains(place))
        pen.text(place, label, ColorRole::TextFaint, kSmallFont);
}

// Whole seconds where a second is less than a few pixels; the panel has all digits.
QString shortTime(const TimePlane& plane, Millis time)
{
    const bool seconds = tickStep(plane.seen.from, plane.seen.to, 10) >= 1000;
    return dataTimeText(seconds ? windowStart(time, 0, 1000) : time);
}

void addNow(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    const qreal y = plane.y(frame.now);
    if (y < plane.area.top() || y > plane.area.bottom())
        return;
    pen.line({plane.area.left(), y}, {plane.area.right(), y}, ColorRole::Playhead, 1.25, Dash::Dotted);
    pen.text({plane.area.left() + 8, y - kLabelHeight - 1, 220, kLabelHeight},
             (frame.ended ? Text::tr("now %1, end of input") : Text::tr("now %1"))
                 .arg(shortTime(plane, frame.now)),
             ColorRole::Text, kSmallFont);
}

void addWatermarkName(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    if (!frame.watermark)
        return;
    const QString label = frame.ended ? Text::tr("watermark: end of time")
                                      : Text::tr("watermark %1").arg(shortTime(plane, *frame.watermark));
    const qreal width = pen.metrics().width(label, kStrongFont) + 2;
    const qreal x = std::clamp(plane.x(*frame.watermark), plane.area.left(), plane.area.right());
    const qreal y = std::max(plane.area.top(), plane.y(frame.now) - kLabelHeight - 1);
    const qreal left = std::min(x + 6, plane.area.right() - width);
    // Only beside "now 1:24", never over it.
    if (left > plane.area.left() + 110 && y < plane.area.bottom())
        pen.text({left, y, width, kLabelHeight}, label, ColorRole::TextWatermark, kStrongFont);
}

} // namespace

void addAxes(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    addGround(pen, frame, plane);
    addEventAxis(pen, plane);
    addSeenAxis(pen, plane);
    pen.rect(plane.area, ColorRole::None, ColorRole::Border);
}

void addLines(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    addIdealLine(pen, plane);
    for (std::vector<QPointF>& stairs : watermarkStairs(frame, plane))
        pen.polyline(std::move(stairs), ColorRole::Watermark, 2);
    addNow(pen, frame, plane);
    addWatermarkName(pen, frame, plane);
}

} // namespace tideline::widgets
