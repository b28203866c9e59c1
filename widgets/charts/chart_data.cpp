// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_data.h"

#include "widgets/theme/name_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::ChartData)
};

constexpr int kAxisSteps = 4;

void addTitle(ChartData& data)
{
    using Chart = ChartsFrame::Chart;
    switch (data.chart) {
    case Chart::Throughput:
        data.title = Text::tr("Throughput");
        data.unit = Text::tr("records/s");
        data.nothing = Text::tr("No record has been produced yet.");
        return;
    case Chart::Lag:
        data.title = Text::tr("Lag per partition");
        data.unit = Text::tr("records behind");
        data.nothing = Text::tr("No group reads anything.");
        return;
    case Chart::Latency:
        data.title = Text::tr("End-to-end latency");
        data.unit = Text::tr("ms");
        data.nothing = Text::tr("No record has been delivered yet.");
        return;
    case Chart::UnderReplicated:
        data.title = Text::tr("Under-replicated partitions");
        data.unit = Text::tr("partitions");
        data.nothing = Text::tr("There is no partition yet.");
        return;
    case Chart::WatermarkLag:
        data.title = Text::tr("Watermark lag");
        data.unit = Text::tr("s behind processing time"); // or a longer unit, see useLongerUnit()
        data.nothing = Text::tr("No pipeline has a watermark.");
        return;
    }
}

// With a single group its name says nothing that the scenario does not.
QString lineName(const ChartsFrame::Series& series, const Directory& names)
{
    using Line = ChartsFrame::Line;
    const bool several = names.groups.size() > 1;
    switch (series.line) {
    case Line::Produced:
        return Text::tr("produced");
    case Line::Delivered:
        return Text::tr("delivered to %1").arg(groupText(series.index, names));
    case Line::PartitionLag: {
        const QString partition = partitionText(series.index, names);
        return several ? QStringLiteral("%1 · %2").arg(partition, groupText(series.group, names)) : partition;
    }
    case Line::LatencyMedian:
        return several ? Text::tr("%1 p50").arg(groupText(series.index, names)) : QStringLiteral("p50");
    case Line::Latency99:
        return several ? Text::tr("%1 p99").arg(groupText(series.index, names)) : QStringLiteral("p99");
    case Line::UnderReplicated:
        return Text::tr("under-replicated");
    case Line::Offline:
        return Text::tr("offline");
    case Line::PipelineLag:
        return pipelineText(series.index, names);
    case Line::QueueDelivered:
        return Text::tr("delivered by queue %1").arg(queueText(series.index, names));
    case Line::QueueWaiting:
        return Text::tr("waiting in queue %1").arg(queueText(series.index, names));
    }
    return {};
}

// Frames give milliseconds; watermarks lag by seconds to days.
double unitOf(ChartsFrame::Chart chart)
{
    return chart == ChartsFrame::Chart::WatermarkLag ? 1000 : 1;
}

// Seconds become minutes, hours or days once the highest value is two of them.
void useLongerUnit(ChartData& data)
{
    double highest = 0;
    for (const ChartLine& line : data.lines) {
        for (const QPointF& point : line.points)
            highest = std::max(highest, point.y());
    }
    double seconds = 1;
    if (highest >= 2 * 86'400) {
        seconds = 86'400;
        data.unit = Text::tr("days behind processing time");
    } else if (highest >= 2 * 3'600) {
        seconds = 3'600;
        data.unit = Text::tr("h behind processing time");
    } else if (highest >= 2 * 60) {
        seconds = 60;
        data.unit = Text::tr("min behind processing time");
    }
    for (ChartLine& line : data.lines) {
        for (QPointF& point : line.points)
            point.ry() /= seconds;
    }
}

std::vector<QPointF> pointsOf(const ChartsFrame::Series& series)
{
    std::vector<QPointF> points;
    points.reserve(series.points.size());
    for (const auto& [time, value] : series.points) {
        if (std::isfinite(value))
            points.emplace_back(static_cast<double>(time) / kMicrosPerSecond, value / unitOf(series.chart));
    }
    return points;
}

// A rate is the mean of as many buckets as a second holds, at least of its own: one of a tenth of a second
// would show batches and polls. Before the run began nothing came.
void averageOverASecond(std::vector<QPointF>& points, Micros bucket)
{
    const auto buckets = static_cast<std::size_t>(bucket > 0 ? kMicrosPerSecond / bucket : 0);
    if (buckets < 2)
        return;
    std::vector<double> last(buckets); // of the last second, in a ring
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        sum += points[i].y() - std::exchange(last[i % buckets], points[i].y());
        points[i].setY(std::max(0.0, sum / static_cast<double>(buckets)));
    }
}

// All charts show the same time, so that one can be read against another.
void addTime(ChartData& data, const ChartsFrame& frame)
{
    bool any = false;
    for (const ChartsFrame::Series& series : frame.series) {
        if (series.points.empty())
            continue;
        const double from = static_cast<double>(series.points.front().first) / kMicrosPerSecond;
        const double to = static_cast<double>(series.points.back().first) / kMicrosPerSecond;
        data.from = any ? std::min(data.from, from) : from;
        data.to = any ? std::max(data.to, to) : to;
        any = true;
    }
    // A single moment has no width; a second around it has.
    if (data.to <= data.from)
        data.to = data.from + 1;
}

void addValues(ChartData& data, bool whole, double least)
{
    double highest = least;
    for (const ChartLine& line : data.lines) {
        for (const QPointF& point : line.points)
            highest = std::max(highest, point.y());
    }
    data.axis = valueAxis(highest, kAxisSteps, whole);
}

} // namespace

ChartData chartData(const ChartsFrame& frame, ChartsFrame::Chart chart, const Directory& names)
{
    ChartData data;
    data.chart = chart;
    addTitle(data);
    for (const ChartsFrame::Series& series : frame.series) {
        std::vector<QPointF> points = series.chart == chart ? pointsOf(series) : std::vector<QPointF>();
        if (chart == ChartsFrame::Chart::Throughput)
            averageOverASecond(points, frame.bucket);
        if (!points.empty())
            data.lines.push_back({lineName(series, names), ColorRole::Key0, Dash::Solid, std::move(points)});
    }
    if (data.lines.size() > kMostLines) {
        std::stable_sort(data.lines.begin(), data.lines.end(), [](const ChartLine& a, const ChartLine& b) {
            return a.points.back().y() > b.points.back().y();
        });
        data.linesLeft = static_cast<int>(data.lines.size()) - kMostLines;
        data.lines.resize(kMostLines);
    }
    for (std::size_t i = 0; i < data.lines.size(); ++i) {
        data.lines[i].role = seriesRole(static_cast<unsigned>(i));
        data.lines[i].dash = static_cast<Dash>(i % 3);
    }
    if (!data.lines.empty())
        data.nothing.clear();
    if (chart == ChartsFrame::Chart::WatermarkLag)
        useLongerUnit(data);
    const bool whole = chart == ChartsFrame::Chart::UnderReplicated || chart == ChartsFrame::Chart::Lag;
    addTime(data, frame);
    addValues(data, whole, chart == ChartsFrame::Chart::Lag ? kLeastLag : 0);
    return data;
}

QString chartSummary(const ChartData& data)
{
    if (data.lines.empty())
        return data.title + QStringLiteral(": ") + data.nothing;
    QStringList lines;
    for (const ChartLine& line : data.lines) {
        const auto highest =
            std::max_element(line.points.begin(), line.points.end(),
                             [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        lines << Text::tr("%1 now %2, highest %3")
                     .arg(line.name, QString::number(line.points.back().y(), 'g', 4),
                          QString::number(highest->y(), 'g', 4));
    }
    return Text::tr("%1 in %2: %3").arg(data.title, data.unit, lines.join(QStringLiteral("; ")));
}

} // namespace tideline::widgets
