// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charts_figure.h"

#include "widgets/charts/chart_fill.h"
#include "widgets/charts/charts_places.h"
#include "widgets/charts/scene_pen.h"
#include "widgets/scene/scene_painter.h"

#include <QChart>
#include <QCoreApplication>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::ChartsFigure)
};

constexpr int kAxisRoom = 80; // px beside the plot

} // namespace

void paintChart(QPainter& painter, const Frame& frame, ChartsFrame::Chart chart, const QRectF& rect,
                const Theme& theme)
{
    if (!frame.charts || !frame.names || rect.width() < 1 || rect.height() < 1)
        return;
    QGraphicsScene scene;
    auto* item = new QChart;
    scene.addItem(item);
    item->resize(rect.size());
    fillChart(*item, chartData(*frame.charts, chart, *frame.names), theme,
              static_cast<int>(rect.width()) - kAxisRoom);
    // Title, axes and legend find their places in layouts that would wait for an event loop.
    item->layout()->invalidate();
    item->layout()->activate();
    scene.setSceneRect(QRectF(QPointF(0, 0), rect.size()));
    scene.render(&painter, rect, scene.sceneRect(), Qt::IgnoreAspectRatio);
}

void paintCharts(QPainter& painter, const Frame& frame, const QSizeF& size, const Theme& theme)
{
    if (!frame.charts || frame.charts->series.empty()) {
        ScenePainter().paint(painter,
                             emptyScene(size, Text::tr("Charts"), Text::tr("Nothing has been measured yet."),
                                        Text::tr("Let the run go on for a second."), FontMetrics()),
                             theme);
        return;
    }
    painter.fillRect(QRectF(QPointF(0, 0), size), theme.color(ColorRole::Window));
    const std::array<QRectF, 5> places = chartPlaces(size, !frame.names->pipelines.empty());
    for (std::size_t i = 0; i < kCharts.size(); ++i)
        paintChart(painter, frame, kCharts[i], places[i], theme);
}

QImage chartsFigure(const Frame& frame, const QSize& size, const Theme& theme, qreal scale)
{
    const qreal bounded = std::clamp(scale, 1.0, 4.0);
    QImage image((QSizeF(size) * bounded).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(bounded);
    image.fill(theme.color(ColorRole::Window));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCharts(painter, frame, QSizeF(size), theme);
    return image;
}

} // namespace tideline::widgets
