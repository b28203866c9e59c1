// SPDX-License-Identifier: GPL-3.0-or-later
// fillChart: puts a chart's numbers into a QChart in the colours of a theme; the window and the figures use
// the same. GUI thread only.
#pragma once

#include "widgets/charts/chart_data.h"
#include "widgets/theme/theme.h"

#include <QChart>

namespace tideline::widgets {

// Never gives a line more points than `columns` (px of the plot). Lines that stay keep their series, so that
// only points are replaced.
void fillChart(QChart& chart, const ChartData& data, const Theme& theme, int columns);

} // namespace tideline::widgets
