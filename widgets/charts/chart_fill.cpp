// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_fill.h"

#include "widgets/charts/decimate.h"
#include "widgets/theme/data_time_text.h"

#include <QCategoryAxis>
#include <QCoreApplication>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QPen>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::ChartFill)
};

constexpr int kTickRoom = 80; // px a time label takes
constexpr std::size_t kNamesBelow = 3;
constexpr qreal kLow = 180; // px

Qt::PenStyle penStyle(Dash dash)
{
    switch (dash) {
    case Dash::Solid:
        return Qt::SolidLine;
    case Dash::Dashed:
        return Qt::DashLine;
    case Dash::Dotted:
        return Qt::DotLine;
    }
    return Qt::SolidLine;
}

// The legend's squares show no dash, so the name begins with one.
QString legendName(const ChartLine& line)
{
    switch (line.dash) {
    case Dash::Solid:
        return QStringLiteral("── ") + line.name;
    case Dash::Dashed:
        return QStringLiteral("╌╌ ") + line.name;
    case Dash::Dotted:
        return QStringLiteral("┄┄ ") + line.name;
    }
    return line.name;
}

QString titleHtml(const ChartData& data, const Theme& theme)
{
    QString note = data.unit;
    if (data.linesLeft > 0)
        note += Text::tr(" · %1 more lines are lower").arg(data.linesLeft);
    if (data.lines.empty())
        note = data.nothing;
    return QStringLiteral("<span style=\"color:%1\">%2</span>&nbsp;&nbsp;<span "
                          "style=\"color:%3;font-size:12px;font-weight:400\">%4</span>")
        .arg(theme.color(ColorRole::Text).name(), data.title.toHtmlEscaped(),
             theme.color(ColorRole::TextMuted).name(), note.toHtmlEscaped());
}

void dress(QChart& chart, const Theme& theme)
{
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.setBackgroundBrush(theme.color(ColorRole::Panel));
    chart.setBackgroundPen(QPen(theme.color(ColorRole::Border)));
    chart.setBackgroundRoundness(10);
    chart.layout()->setContentsMargins(0, 0, 0, 0); // its place has a gap around it
    chart.setMargins(QMargins(10, 6, 14, 6));
    chart.setTitleFont(makeFont({FontKind::Ui, 15, FontWeight::SemiBold}));
    chart.legend()->setFont(makeFont({FontKind::Ui, 12, FontWeight::Regular}));
    chart.legend()->setLabelColor(theme.color(ColorRole::TextMuted));
    chart.legend()->setMarkerShape(QLegend::MarkerShapeRectangle);
}

void removeAxes(QChart& chart)
{
    for (QAbstractAxis* old : chart.axes()) {
        chart.removeAxis(old);
        delete old;
    }
}

QCategoryAxis* freshAxis(QChart& chart, Qt::Orientation orientation, const Theme& theme)
{
    auto* axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setLabelsFont(makeFont({FontKind::Mono, 11, FontWeight::Regular}));
    axis->setLabelsColor(theme.color(ColorRole::TextFaint));
    axis->setGridLineColor(theme.color(ColorRole::Grid));
    axis->setLinePenColor(theme.color(ColorRole::Border));
    axis->setTruncateLabels(false);
    chart.addAxis(axis, orientation == Qt::Horizontal ? Qt::AlignBottom : Qt::AlignLeft);
    return axis;
}

void addAxes(QChart& chart, const ChartData& data, const Theme& theme, int columns)
{
    removeAxes(chart);
    QCategoryAxis* time = freshAxis(chart, Qt::Horizontal, theme);
    time->setStartValue(data.from);
    for (const TimeTick& tick :
         timeTicks(static_cast<Millis>(data.from * 1000), static_cast<Millis>(data.to * 1000),
                   std::max(1, columns / kTickRoom)))
        time->append(tick.label, static_cast<double>(tick.at) / 1000);
    time->setRange(data.from, data.to);
    QCategoryAxis* value = freshAxis(chart, Qt::Vertical, theme);
    value->setStartValue(0);
    for (int i = 0; i <= data.axis.steps; ++i)
        value->append(axisNumber(i * data.axis.step, data.axis.step), i * data.axis.step);
    value->setRange(0, data.axis.top);
    for (QAbstractSeries* series : chart.series()) {
        series->attachAxis(time);
        series->attachAxis(value);
    }
}

bool sameLines(const QChart& chart, const ChartData& data)
{
    const QList<QAbstractSeries*> series = chart.series();
    return std::equal(series.begin(), series.end(), data.lines.begin(), data.lines.end(),
                      [](const QAbstractSeries* shown, const ChartLine& line) {
                          return shown->name() == legendName(line);
                      });
}

void makeSeries(QChart& chart, const ChartData& data)
{
    chart.removeAllSeries();
    for (const ChartLine& line : data.lines) {
        auto* series = new QLineSeries;
        series->setName(legendName(line));
        chart.addSeries(series);
    }
}

} // namespace

void fillChart(QChart& chart, const ChartData& data, const Theme& theme, int columns)
{
    dress(chart, theme);
    chart.setTitle(titleHtml(data, theme));
    if (!sameLines(chart, data))
        makeSeries(chart, data);
    chart.legend()->setVisible(data.lines.size() > 1);
    // Many names side by side would be cut off, and below a low chart they would take its height.
    const bool beside = data.lines.size() > kNamesBelow || chart.size().height() < kLow;
    chart.legend()->setAlignment(beside ? Qt::AlignRight : Qt::AlignBottom);
    const QList<QAbstractSeries*> series = chart.series();
    for (std::size_t i = 0; i < data.lines.size(); ++i) {
        const ChartLine& line = data.lines[i];
        auto* shown = static_cast<QLineSeries*>(series[static_cast<qsizetype>(i)]);
        shown->setPen(QPen(theme.color(line.role), 2, penStyle(line.dash)));
        const std::vector<QPointF> points = decimate(line.points, std::max(2, columns));
        shown->replace(QList<QPointF>(points.begin(), points.end()));
    }
    for (QLegendMarker* marker : chart.legend()->markers())
        marker->setPen(Qt::NoPen);
    if (data.lines.empty())
        removeAxes(chart);
    else
        addAxes(chart, data, theme, columns);
}

} // namespace tideline::widgets
