// SPDX-License-Identifier: GPL-3.0-or-later
// ChartData: one chart of the Charts view in words and numbers, before anything draws it. Pure; any thread.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/charts/value_axis.h"
#include "widgets/scene/scene.h"

#include <QPointF>
#include <QString>

#include <array>
#include <vector>

namespace tideline::widgets {

inline constexpr std::array<ChartsFrame::Chart, 5> kCharts{
    ChartsFrame::Chart::Throughput, ChartsFrame::Chart::Lag, ChartsFrame::Chart::Latency,
    ChartsFrame::Chart::UnderReplicated, ChartsFrame::Chart::WatermarkLag};

struct ChartLine
{
    QString name;
    ColorRole role = ColorRole::Key0;
    Dash dash = Dash::Solid;     // the second cue: no two of the first eight lines share colour and dash
    std::vector<QPointF> points; // seconds of the run, value in the chart's unit; ascending
};

struct ChartData
{
    ChartsFrame::Chart chart = ChartsFrame::Chart::Throughput;
    QString title;
    QString unit;                 // "records/s"
    QString nothing;              // why there is no line; empty when there are some
    std::vector<ChartLine> lines; // at most kMostLines, those with the highest last value
    int linesLeft = 0;            // how many are not shown
    double from = 0, to = 1;      // seconds, to > from; the same for every chart of a frame
    ValueAxis axis;
};

inline constexpr int kMostLines = 8;

ChartData chartData(const ChartsFrame& frame, ChartsFrame::Chart chart, const Directory& names);
// One sentence for a screen reader: each line's last value and its highest.
QString chartSummary(const ChartData& data);

} // namespace tideline::widgets
