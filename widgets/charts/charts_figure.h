// SPDX-License-Identifier: GPL-3.0-or-later
// The five charts as a picture, drawn by the same code as in the window. GUI thread only (Qt Charts has no
// other).
#pragma once

#include "engine/lab/frame.h"
#include "widgets/theme/theme.h"

#include <QImage>

class QPainter;

namespace tideline::widgets {

// On the rectangle (0, 0) .. size; says so when there is nothing to chart.
void paintCharts(QPainter& painter, const Frame& frame, const QSizeF& size, const Theme& theme);
// One of them alone.
void paintChart(QPainter& painter, const Frame& frame, ChartsFrame::Chart chart, const QRectF& rect,
                const Theme& theme);
// `scale`: device pixels a logical pixel, 1..4.
QImage chartsFigure(const Frame& frame, const QSize& size, const Theme& theme, qreal scale = 1);

} // namespace tideline::widgets
