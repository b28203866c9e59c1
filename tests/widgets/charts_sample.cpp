// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/charts_sample.h"

#include <algorithm>
#include <functional>

namespace tideline::test {

namespace {

using Chart = ChartsFrame::Chart;
using Line = ChartsFrame::Line;

void add(ChartsFrame& charts, int points, Chart chart, Line line, std::int32_t index,
         const std::function<double(int)>& value)
{
    ChartsFrame::Series series;
    series.chart = chart;
    series.line = line;
    series.index = index;
    series.group = line == Line::PartitionLag ? 0 : kNone;
    for (int i = 0; i < points; ++i)
        series.points.emplace_back((i + 1) * kMicrosPerSecond, value(i));
    charts.series.push_back(std::move(series));
}

} // namespace

Frame chartsSample(int points, int partitions)
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->addTopic("orders", partitions);
    names->groups = {"billing"};
    names->pipelines = {"revenue"};
    frame.names = names;
    frame.version = 1;
    ChartsFrame charts;
    charts.bucket = kMicrosPerSecond;
    const auto hill = [points](int i) { return std::max(0, points / 6 - std::abs(i - points / 2)); };
    add(charts, points, Chart::Throughput, Line::Produced, kNone, [](int i) { return 200.0 + i * 37 % 23; });
    add(charts, points, Chart::Throughput, Line::Delivered, 0,
        [&](int i) { return 190.0 + i * 31 % 29 - hill(i); });
    for (int p = 0; p < partitions; ++p)
        add(charts, points, Chart::Lag, Line::PartitionLag, p,
            [=](int i) { return p * 10.0 + i % 10 + hill(i); });
    add(charts, points, Chart::Latency, Line::LatencyMedian, 0,
        [&](int i) { return 12.5 + i % 7 + hill(i); });
    add(charts, points, Chart::Latency, Line::Latency99, 0,
        [&](int i) { return 40.0 + i * 13 % 17 + 3.0 * hill(i); });
    add(charts, points, Chart::UnderReplicated, Line::UnderReplicated, kNone,
        [&](int i) { return hill(i) > 2 ? 4.0 : 0.0; });
    add(charts, points, Chart::UnderReplicated, Line::Offline, kNone, [](int) { return 0.0; });
    add(charts, points, Chart::WatermarkLag, Line::PipelineLag, 0,
        [](int i) { return 6'000.0 + i * 97 % 800; });
    frame.charts = std::move(charts);
    return frame;
}

} // namespace tideline::test
