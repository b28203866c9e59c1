// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimate.h"
#include "widgets/charts/spread_labels.h"
#include "widgets/charts/value_axis.h"
#include "widgets/groups/groups_parts.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::LagPanel)
};

constexpr qreal kLabelHeight = 17;
constexpr int kDashes = 3;

struct LagChart
{
    QRectF area;
    Micros from = 0;
    Micros to = 1;
    ValueAxis axis;

    QPointF at(Micros time, double records) const
    {
        const double across =
            static_cast<double>(time - from) / static_cast<double>(std::max<Micros>(1, to - from));
        return {area.left() + across * area.width(), area.bottom() - records / axis.top * area.height()};
    }
};

LagChart chartOf(const GroupsFrame& groups, const QRectF& area)
{
    LagChart chart;
    chart.area = area;
    chart.from = kNever;
    chart.to = 0;
    std::int64_t highest = 0;
    for (const GroupsFrame::LagSeries& series : groups.lag) {
        for (const auto& [time, records] : series.points) {
            chart.from = std::min(chart.from, time);
            chart.to = std::max(chart.to, time);
            highest = std::max(highest, records);
        }
    }
    chart.from = std::min(chart.from, chart.to);
    chart.axis = valueAxis(std::max(static_cast<double>(highest), kLeastLag),
                           std::max(1, static_cast<int>(area.height() / 50)), true);
    return chart;
}

void addAxes(ScenePen& pen, const LagChart& chart)
{
    for (int i = 0; i <= chart.axis.steps; ++i) {
        const double value = i * chart.axis.step;
        const qreal y = chart.at(chart.from, value).y();
        pen.line({chart.area.left(), y}, {chart.area.right(), y}, ColorRole::Grid);
        pen.text({chart.area.left() - 50, y - 9, 42, 18}, axisNumber(value, chart.axis.step),
                 ColorRole::TextFaint, kMonoSmallFont, Qt::AlignRight | Qt::AlignVCenter);
    }
    const QRectF below(chart.area.left(), chart.area.bottom() + 6, chart.area.width(), 16);
    pen.text(below, shortTimeText(chart.from), ColorRole::TextFaint, kMonoSmallFont);
    pen.text(below, shortTimeText(chart.to), ColorRole::TextFaint, kMonoSmallFont,
             Qt::AlignRight | Qt::AlignVCenter);
}

// Colours start again after eight lines; the dash tells those apart that share one.
Dash dashOf(std::size_t index)
{
    return static_cast<Dash>(index / 8 % kDashes);
}

void addLine(ScenePen& pen, const LagChart& chart, const GroupsFrame::LagSeries& series, std::size_t index)
{
    std::vector<QPointF> points;
    points.reserve(series.points.size());
    for (const auto& [time, records] : series.points)
        points.push_back(chart.at(time, static_cast<double>(records)));
    pen.polyline(decimate(points, std::max(2, static_cast<int>(chart.area.width()))),
                 seriesRole(static_cast<unsigned>(index)), index == 0 ? 2.25 : 1.5, dashOf(index));
}

void addLabels(ScenePen& pen, const Frame& frame, const LagChart& chart, qreal right)
{
    const std::vector<GroupsFrame::LagSeries>& lag = frame.groups->lag;
    const auto fitting = static_cast<std::size_t>(std::max(0.0, chart.area.height() / kLabelHeight));
    const std::size_t labelled = std::min(fitting, lag.size());
    std::vector<qreal> wanted;
    for (std::size_t i = 0; i < labelled; ++i)
        wanted.push_back(lag[i].points.empty()
                             ? chart.area.bottom()
                             : chart.at(0, static_cast<double>(lag[i].points.back().second)).y());
    const std::vector<qreal> places =
        spreadLabels(wanted, kLabelHeight, chart.area.top(), chart.area.bottom() + kLabelHeight / 2);
    for (std::size_t i = 0; i < labelled; ++i) {
        const QRectF place(chart.area.right() + 10, places[i] - kLabelHeight / 2,
                           right - chart.area.right() - 10, kLabelHeight);
        const QString name = partitionText(lag[i].partition, *frame.names);
        const QString count = countText(lag[i].points.empty() ? 0 : lag[i].points.back().second);
        pen.line({place.left(), places[i]}, {place.left() + 14, places[i]},
                 seriesRole(static_cast<unsigned>(i)), 2.25, dashOf(i));
        const QRectF words = place.adjusted(20, 0, 0, 0);
        const qreal used =
            pen.text(words, count, ColorRole::TextMuted, kMonoSmallFont, Qt::AlignRight | Qt::AlignVCenter);
        pen.text(words.adjusted(0, 0, -used - 6, 0), name, ColorRole::Text, kMonoSmallFont);
        Selection partition;
        partition.kind = Selection::Kind::Partition;
        partition.index = lag[i].partition;
        pen.region(place, Text::tr("%1: %2 records behind").arg(name, count), partition);
    }
}

} // namespace

void addLag(ScenePen& pen, const Frame& frame, const QRectF& rect)
{
    const GroupsFrame& groups = *frame.groups;
    const QRectF room =
        pen.panel(rect, Text::tr("Lag, in records behind"), Text::tr("per partition, worst first"));
    const bool empty = std::all_of(groups.lag.begin(), groups.lag.end(),
                                   [](const auto& series) { return series.points.empty(); });
    if (empty)
        return void(pen.text({room.left(), room.top(), room.width(), 20}, Text::tr("Nothing to read yet."),
                             ColorRole::TextMuted, kBodyFont));
    const QRectF area(room.left() + 34, room.top() + 8, room.width() - 34 - 136, room.height() - 34);
    if (area.width() < 40 || area.height() < 30)
        return;
    const LagChart chart = chartOf(groups, area);
    addAxes(pen, chart);
    // The worst last, so that it lies above the others.
    for (std::size_t i = groups.lag.size(); i-- > 0;)
        addLine(pen, chart, groups.lag[i], i);
    addLabels(pen, frame, chart, room.right());
}

} // namespace tideline::widgets
