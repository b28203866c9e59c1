// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_layout.h"

#include "widgets/scene/scene_writer.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/timeline/mark_labels.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kMargin = 16;
constexpr qreal kAxisText = 14; // px high

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

// Records appended in each pixel column, in parts of the largest.
std::vector<std::pair<float, float>> columnsOf(const TimelineFrame& timeline, const TimelinePlaces& places)
{
    const auto columns =
        static_cast<std::size_t>(std::max(0.0, std::floor((places.right - places.left) / 2)));
    std::vector<std::pair<float, float>> values(columns, {0.0f, 0.0f});
    if (timeline.density.empty() || timeline.bucket <= 0 || columns == 0)
        return values;
    const std::int64_t most =
        std::max<std::int64_t>(1, *std::max_element(timeline.density.begin(), timeline.density.end()));
    const auto bucketOf = [&](std::size_t column) {
        return static_cast<std::size_t>(places.timeAt(places.left + 2 * static_cast<qreal>(column)) /
                                        timeline.bucket);
    };
    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t first = bucketOf(column);
        const std::size_t end = std::max(first + 1, bucketOf(column + 1));
        std::int64_t largest = 0;
        for (std::size_t bucket = first; bucket < std::min(end, timeline.density.size()); ++bucket)
            largest = std::max(largest, timeline.density[bucket]);
        values[column].second = static_cast<float>(largest) / static_cast<float>(most);
    }
    return values;
}

// What has happened in one colour, what is still to come (known after going back) in another.
void layoutDensity(SceneWriter& writer, const Frame& frame, const TimelinePlaces& places)
{
    const QRectF rect(places.left, places.densityTop, places.right - places.left,
                      places.densityBottom - places.densityTop);
    const qreal now = places.xOf(frame.now);
    ColumnsShape elapsed{.rect = rect,
                         .step = 2,
                         .bar = 1,
                         .values = columnsOf(frame.timeline, places),
                         .role = ColorRole::Density};
    ColumnsShape ahead = elapsed;
    ahead.role = ColorRole::DensityAhead;
    for (std::size_t i = 0; i < elapsed.values.size(); ++i) {
        const bool past = places.left + 2 * static_cast<qreal>(i) <= now;
        (past ? ahead : elapsed).values[i].second = 0;
    }
    writer.fill(QRectF(places.left, places.densityBottom, now - places.left, 1), ColorRole::Density);
    writer.fill(QRectF(now, places.densityBottom, places.right - now, 1), ColorRole::DensityAhead);
    writer.add(std::move(elapsed));
    writer.add(std::move(ahead));
    writer.quietRegion(rect, {}, Words::tr("records appended over time"), RegionRole::Value,
                       Words::tr("Records appended over time. Click or drag to go to a time."));
}

void layoutAxis(SceneWriter& writer, const Frame& frame, const TimelinePlaces& places, QSizeF size)
{
    const QRectF axis(places.left, size.height() - kAxisText - 2, places.right - places.left, kAxisText);
    writer.textPair(axis, shortTimeText(0), in(ColorRole::TextFaint, kFigure), shortTimeText(places.duration),
                    in(ColorRole::TextFaint, kFigure));
    // The time of now between the two ends, as near to the playhead as they allow.
    const QString now = shortTimeText(frame.now);
    const qreal width = std::ceil(writer.width(now, kFigure));
    const qreal left = places.left + writer.width(shortTimeText(0), kFigure) + 10;
    const qreal right = places.right - writer.width(shortTimeText(places.duration), kFigure) - 10 - width;
    if (left <= right)
        writer.text(
            QRectF(std::clamp(places.xOf(frame.now) - width / 2, left, right), axis.top(), width, kAxisText),
            now, in(ColorRole::Text, kFigure));
}

void layoutPlayhead(SceneWriter& writer, const Frame& frame, const TimelinePlaces& places, QSizeF size)
{
    const qreal x = std::round(places.xOf(frame.now));
    writer.fill(QRectF(x, 6, 1, size.height() - kAxisText - 8), ColorRole::Playhead);
    writer.marker({x + 0.5, 8}, MarkerShape::TriangleDown, ColorRole::Playhead, 11);
    writer.region(QRectF(x - 6, 2, 13, 14), {},
                  Words::tr("now %1 of %2").arg(clockText(frame.now), clockText(places.duration)),
                  RegionRole::Value, clockText(frame.now));
}

void layoutMarks(SceneWriter& writer, const Frame& frame, const TimelinePlaces& places)
{
    const std::vector<MarkLabel> labels = placeMarkLabels(frame, places, writer.metrics());
    for (const MarkLabel& label : labels) {
        const TimelineFrame::Mark& mark = frame.timeline.marks[label.mark];
        const FactSign sign = factSign(mark.body);
        const qreal x = std::round(places.xOf(mark.time));
        writer.fill(QRectF(x, places.densityTop, 1, label.y - 5 - places.densityTop), sign.role);
        writer.marker({x + 0.5, label.y}, sign.shape, sign.role, 8);
        if (!label.text.isEmpty())
            writer.text(QRectF(x + 9, label.y - kMarkLine / 2, label.width, kMarkLine), label.text,
                        in(sign.text, kNote));
        const QString words = factText(mark.body, mark.time, *frame.names);
        writer.region(QRectF(x - 6, label.y - kMarkLine / 2, 15 + label.width, kMarkLine),
                      {.kind = Selection::Kind::Fact, .fact = mark.fact}, clockText(mark.time) + u' ' + words,
                      RegionRole::Item, clockText(mark.time) + u'\n' + words);
    }
    const std::int64_t unseen =
        frame.timeline.marksLeftOut + static_cast<std::int64_t>(frame.timeline.marks.size() - labels.size());
    if (unseen > 0)
        writer.text(QRectF(places.left, 2, places.right - places.left, 13),
                    unseen == 1 ? Words::tr("1 more mark in the journal")
                                : Words::tr("%1 more marks in the journal").arg(countText(unseen)),
                    kNote, Qt::AlignRight);
}

} // namespace

qreal TimelinePlaces::xOf(Micros time) const
{
    const auto bounded = static_cast<qreal>(std::clamp<Micros>(time, 0, duration));
    return left + (right - left) * bounded / static_cast<qreal>(duration);
}

Micros TimelinePlaces::timeAt(qreal x) const
{
    if (right <= left)
        return 0;
    const qreal share = std::clamp((x - left) / (right - left), 0.0, 1.0);
    return static_cast<Micros>(share * static_cast<qreal>(duration));
}

TimelinePlaces placeTimeline(const Frame& frame, QSizeF size)
{
    TimelinePlaces places;
    places.left = kMargin;
    places.right = std::max(kMargin + 1, size.width() - kMargin);
    places.duration = std::max<Micros>(1, frame.duration);
    places.densityTop = 16;
    places.labelsBottom = std::max(places.densityTop, size.height() - kAxisText - 4);
    // Up to three lines of labels; a low dock has fewer, and the columns never less than a third.
    const qreal room = places.labelsBottom - places.densityTop;
    const qreal labels = std::min(3 * kMarkLine, std::floor(room * 0.6 / kMarkLine) * kMarkLine);
    places.labelsTop = places.labelsBottom - labels;
    places.densityBottom = std::max(places.densityTop + 4, places.labelsTop - 4);
    return places;
}

Scene layoutTimeline(const Frame& frame, QSizeF size, const TextMetrics& metrics)
{
    Scene scene;
    scene.size = size;
    scene.name = Words::tr("Timeline: now %1 of %2").arg(clockText(frame.now), clockText(frame.duration));
    scene.description = Words::tr("%1 marks").arg(frame.timeline.marks.size());
    SceneWriter writer(scene, metrics);
    writer.fill(QRectF(QPointF(0, 0), size), ColorRole::Panel);
    const TimelinePlaces places = placeTimeline(frame, size);
    layoutDensity(writer, frame, places);
    if (frame.names)
        layoutMarks(writer, frame, places);
    layoutAxis(writer, frame, places, size);
    layoutPlayhead(writer, frame, places, size);
    return scene;
}

} // namespace tideline::widgets
