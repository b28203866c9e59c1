// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/widgets/charts_sample.h"
#include "widgets/charts/chart_data.h"
#include "widgets/charts/chart_fill.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_table_model.h"
#include "widgets/charts/charts_figure.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/charts_places.h"
#include "widgets/charts/decimate.h"
#include "widgets/charts/spread_labels.h"
#include "widgets/charts/value_axis.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QChart>
#include <QLegend>
#include <QLineSeries>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>
#include <limits>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

class ChartsTest : public QObject
{
    Q_OBJECT
private slots:
    void decimationKeepsPeaksAndEnds();
    void decimationOfFewOrOddPoints();
    void labelsNeverOverlap();
    void axesAreRound_data();
    void axesAreRound();
    void oneChartAFrameAndFiveASecond();
    void theChartThatWaitedLongestComesFirst();
    void ratesAreOfASecond();
    void chartsShowTheSameTime();
    void linesAreTheWorstEight();
    void everyLineHasTwoCues();
    void noChartGetsMorePointsThanColumns();
    void tableShowsTheNumbers();
    void aLowChartHasItsNamesBesideIt();
    void placesDoNotOverlap();
    void aNarrowViewWithoutWatermarksHasLargerCharts();
    void pageDrawsOneChartAtATime();
    void pageShowsTables();
    void figureIsTheSameTwiceAndSaysWhenEmpty();
};

void ChartsTest::decimationKeepsPeaksAndEnds()
{
    std::vector<QPointF> points;
    for (int i = 0; i < 1'000'000; ++i)
        points.emplace_back(i, i % 100);
    points[456'789].setY(1e6);
    points[777'777].setY(-5);
    const std::vector<QPointF> kept = decimate(points, 800);
    QVERIFY(kept.size() <= 800);
    QVERIFY(kept.size() > 700);
    QCOMPARE(kept.front(), points.front());
    QCOMPARE(kept.back(), points.back());
    QVERIFY(std::find(kept.begin(), kept.end(), points[456'789]) != kept.end());
    QVERIFY(std::find(kept.begin(), kept.end(), points[777'777]) != kept.end());
    QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                           [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); }));
}

void ChartsTest::decimationOfFewOrOddPoints()
{
    const std::vector<QPointF> few{{0, 1}, {1, 5}, {2, 3}};
    QCOMPARE(decimate(few, 10), few);
    QCOMPARE(decimate(few, 2), (std::vector<QPointF>{{0, 1}, {2, 3}}));
    QVERIFY(decimate(few, 0).empty());
    QVERIFY(decimate({}, 100).empty());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(decimate({{0, nan}, {1, 2}}, 100), (std::vector<QPointF>{{1, 2}}));
    // All at one moment: no width to divide, but no crash and the bound holds.
    QVERIFY(decimate(std::vector<QPointF>(1000, QPointF(7, 7)), 10).size() <= 10);
}

void ChartsTest::labelsNeverOverlap()
{
    const std::vector<qreal> places = spreadLabels({50, 52, 51, 195, 199, 198, 10}, 17, 0, 200);
    std::vector<qreal> sorted = places;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 1; i < sorted.size(); ++i)
        QVERIFY(sorted[i] - sorted[i - 1] >= 17 - 1e-9);
    QVERIFY(sorted.front() >= 8.5 && sorted.back() <= 191.5);
    QVERIFY(places[0] < places[2] && places[2] < places[1]); // the order of their lines
    QVERIFY(spreadLabels({}, 17, 0, 200).empty());
}

void ChartsTest::axesAreRound_data()
{
    QTest::addColumn<double>("highest");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<double>("top");
    QTest::newRow("nothing") << 0.0 << true << 1.0;
    QTest::newRow("small") << 0.37 << false << 0.4;
    QTest::newRow("whole") << 3.0 << true << 3.0;
    QTest::newRow("hundreds") << 430.0 << true << 600.0;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << false << 1.0;
}

void ChartsTest::axesAreRound()
{
    QFETCH(double, highest);
    QFETCH(bool, whole);
    QFETCH(double, top);
    const ValueAxis axis = valueAxis(highest, 4, whole);
    QCOMPARE(axis.top, top);
    QVERIFY(axis.steps >= 1 && axis.steps <= 4);
    QVERIFY(!whole || axis.step >= 1);
    QCOMPARE(axisNumber(12'000, 2'000), QStringLiteral("12 k"));
    QCOMPARE(axisNumber(0.25, 0.05), QStringLiteral("0.25"));
}

void ChartsTest::oneChartAFrameAndFiveASecond()
{
    ChartScheduler scheduler(5);
    std::array<int, 5> drawn{};
    std::array<Micros, 5> last;
    last.fill(-1'000'000);
    // Ten seconds of frames at 60 Hz, each with new numbers.
    for (int frame = 0; frame < 600; ++frame) {
        const Micros now = frame * 16'667;
        scheduler.markAll();
        if (const std::optional<int> chart = scheduler.next(now)) {
            const auto i = static_cast<std::size_t>(*chart);
            QVERIFY(now - last[i] >= 200'000);
            last[i] = now;
            ++drawn[i];
        }
    }
    for (const int count : drawn)
        QVERIFY2(count >= 40 && count <= 50, qPrintable(QString::number(count)));
}

void ChartsTest::theChartThatWaitedLongestComesFirst()
{
    ChartScheduler scheduler(3);
    QCOMPARE(scheduler.next(0), std::nullopt); // nothing is stale
    scheduler.markAll();
    QCOMPARE(scheduler.next(0), std::optional<int>(0));
    QCOMPARE(scheduler.next(16'000), std::optional<int>(1));
    QVERIFY(scheduler.waiting());
    scheduler.markAll();
    QCOMPARE(scheduler.next(210'000), std::optional<int>(2));
    QCOMPARE(scheduler.next(210'000), std::optional<int>(0));
    QCOMPARE(scheduler.next(210'000), std::nullopt); // chart 1 was drawn 194 ms ago
    QCOMPARE(scheduler.next(216'000), std::optional<int>(1));
    QVERIFY(!scheduler.waiting());
    QCOMPARE(ChartScheduler(0).next(0), std::nullopt);
}

// A burst in one bucket of a tenth of a second counts in the ten points that follow, and then no more.
void ChartsTest::ratesAreOfASecond()
{
    ChartsFrame frame;
    frame.bucket = 100'000;
    ChartsFrame::Series produced;
    for (int i = 0; i < 30; ++i)
        produced.points.emplace_back((i + 1) * frame.bucket, i == 5 ? 6'400.0 : 0.0);
    frame.series.push_back(produced);
    const Directory nobody;
    const auto rates = [&] {
        return chartData(frame, ChartsFrame::Chart::Throughput, nobody).lines.front().points;
    };
    std::vector<QPointF> points = rates();
    for (std::size_t i = 0; i < points.size(); ++i)
        QCOMPARE(points[i].y(), i >= 5 && i < 15 ? 640.0 : 0.0);
    // A bucket of a second and more is its own mean.
    frame.bucket = 1'600'000;
    points = rates();
    QCOMPARE(points[5].y(), 6'400.0);
    QCOMPARE(points[6].y(), 0.0);
}

void ChartsTest::chartsShowTheSameTime()
{
    Frame frame = chartsSample(60, 2);
    ChartsFrame charts = *frame.charts;
    for (ChartsFrame::Series& series : charts.series) {
        if (series.chart == ChartsFrame::Chart::Latency)
            series.points.erase(series.points.begin(), series.points.begin() + 20); // nothing was read before
    }
    const ChartData lag = chartData(charts, ChartsFrame::Chart::Lag, *frame.names);
    const ChartData latency = chartData(charts, ChartsFrame::Chart::Latency, *frame.names);
    QVERIFY(latency.lines.front().points.front().x() > lag.lines.front().points.front().x());
    QCOMPARE(latency.from, lag.from);
    QCOMPARE(latency.to, lag.to);
}

void ChartsTest::linesAreTheWorstEight()
{
    const Frame frame = chartsSample(60, 20);
    const ChartData data = chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names);
    QCOMPARE(data.lines.size(), std::size_t(8));
    QCOMPARE(data.linesLeft, 12);
    QCOMPARE(data.lines.front().name, QStringLiteral("orders-19"));
    for (std::size_t i = 1; i < data.lines.size(); ++i)
        QVERIFY(data.lines[i - 1].points.back().y() >= data.lines[i].points.back().y());
    QVERIFY(data.axis.top >= data.lines.front().points.back().y());
    auto names = std::make_shared<Directory>(*frame.names);
    names->groups.push_back("audit");
    QCOMPARE(chartData(*frame.charts, ChartsFrame::Chart::Lag, *names).lines.front().name,
             QStringLiteral("orders-19 · billing"));
    // Milliseconds in the frame, seconds in the chart.
    QCOMPARE(
        chartData(*frame.charts, ChartsFrame::Chart::WatermarkLag, *names).lines.front().points.front().y(),
        6.0);
    // A watermark that lags by half a day is told in hours.
    ChartsFrame slow = *frame.charts;
    for (ChartsFrame::Series& series : slow.series) {
        if (series.chart == ChartsFrame::Chart::WatermarkLag)
            series.points.back().second = 12 * 3'600'000.0;
    }
    const ChartData hours = chartData(slow, ChartsFrame::Chart::WatermarkLag, *names);
    QCOMPARE(hours.unit, QStringLiteral("h behind processing time"));
    QCOMPARE(hours.lines.front().points.back().y(), 12.0);
    QVERIFY(hours.axis.top >= 12 && hours.axis.top < 25);
    const ChartData none = chartData({}, ChartsFrame::Chart::WatermarkLag, *frame.names);
    QVERIFY(none.lines.empty());
    QCOMPARE(none.nothing, QStringLiteral("No pipeline has a watermark."));
    QVERIFY(chartSummary(none).contains(none.nothing));
}

void ChartsTest::everyLineHasTwoCues()
{
    const Frame frame = chartsSample(60, 20);
    for (const ChartsFrame::Chart chart : kCharts) {
        const ChartData data = chartData(*frame.charts, chart, *frame.names);
        for (std::size_t i = 1; i < data.lines.size(); ++i) {
            QVERIFY(data.lines[i].role != data.lines[i - 1].role);
            QVERIFY(data.lines[i].dash != data.lines[i - 1].dash);
            QVERIFY(data.lines[i].name != data.lines[i - 1].name);
        }
    }
}

void ChartsTest::noChartGetsMorePointsThanColumns()
{
    const Frame frame = chartsSample(50'000, 3);
    QChart chart;
    fillChart(chart, chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names), Theme::dark(), 400);
    QCOMPARE(chart.series().size(), 3);
    QCOMPARE(chart.animationOptions(), QChart::AnimationOptions(QChart::NoAnimation));
    const QAbstractSeries* first = chart.series().first();
    for (const QAbstractSeries* series : chart.series())
        QVERIFY(static_cast<const QLineSeries*>(series)->count() <= 400);
    // The next frame replaces points and keeps the series.
    fillChart(chart, chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names), Theme::light(), 300);
    QCOMPARE(chart.series().first(), first);
    QCOMPARE(chart.axes(Qt::Horizontal).size(), 1);
    fillChart(chart, chartData({}, ChartsFrame::Chart::Lag, *frame.names), Theme::light(), 300);
    QVERIFY(chart.series().isEmpty());
}

void ChartsTest::aLowChartHasItsNamesBesideIt()
{
    const Frame frame = chartsSample(60, 2);
    QChart chart;
    const auto namesAt = [&](qreal height) {
        chart.resize(400, height);
        fillChart(chart, chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names), Theme::dark(), 300);
        return chart.legend()->alignment();
    };
    QCOMPARE(namesAt(300), Qt::Alignment(Qt::AlignBottom));
    QCOMPARE(namesAt(120), Qt::Alignment(Qt::AlignRight));
}

void ChartsTest::tableShowsTheNumbers()
{
    ChartTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Frame frame = chartsSample(10, 2);
    model.setData(chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names));
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("orders-0 (records behind)"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("00:00:01.000"));
    QCOMPARE(model.index(9, 2).data().toString(), QStringLiteral("19"));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const Frame more = chartsSample(14, 2);
    model.setData(chartData(*more.charts, ChartsFrame::Chart::Lag, *more.names));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(model.rowCount(), 14);
    model.setData(chartData(*frame.charts, ChartsFrame::Chart::Lag, *frame.names));
    QCOMPARE(model.rowCount(), 10);
    model.setData(chartData(*frame.charts, ChartsFrame::Chart::Throughput, *frame.names));
    QCOMPARE(reset.count(), 1);
}

void ChartsTest::placesDoNotOverlap()
{
    for (const QSizeF& size : {QSizeF(1280, 720), QSizeF(600, 900), QSizeF(600, 150), QSizeF(0, 0)}) {
        for (const bool watermarks : {true, false}) {
            const std::array<QRectF, 5> places = chartPlaces(size, watermarks);
            for (std::size_t i = 0; i < places.size(); ++i) {
                QVERIFY(size.isEmpty() || QRectF(QPointF(0, 0), size).contains(places[i]));
                for (std::size_t j = i + 1; j < places.size(); ++j)
                    QVERIFY(!places[i].intersects(places[j]));
            }
        }
    }
}

// Nothing to show takes no room from what there is.
void ChartsTest::aNarrowViewWithoutWatermarksHasLargerCharts()
{
    const QSizeF narrow(700, 400);
    const std::array<QRectF, 5> with = chartPlaces(narrow, true);
    const std::array<QRectF, 5> without = chartPlaces(narrow, false);
    QVERIFY(without.front().height() > 1.2 * with.front().height());
    QVERIFY(without.back().height() < with.back().height());
    QCOMPARE(without.back().bottom(), with.back().bottom());
    QCOMPARE(chartPlaces({1280, 720}, false), chartPlaces({1280, 720}, true));
}

void ChartsTest::pageDrawsOneChartAtATime()
{
    ChartsPage page;
    page.resize(1280, 720);
    page.setFrame(std::make_shared<const Frame>(chartsSample(60, 3)));
    const int before = page.refreshes();
    for (int chart = 1; chart <= 5; ++chart) {
        QVERIFY(page.refresh(Micros{1'000'000} + chart * 16'000));
        QCOMPARE(page.refreshes(), before + chart);
    }
    QVERIFY(!page.refresh(1'100'000)); // everything is drawn
}

void ChartsTest::pageShowsTables()
{
    ChartsPage page;
    page.resize(1280, 720);
    page.setFrame(std::make_shared<const Frame>(chartsSample(60, 3)));
    page.tableAction()->trigger();
    for (int chart = 1; chart <= 5; ++chart)
        page.refresh(chart * 1'000'000);
    const QList<QTableView*> tables = page.findChildren<QTableView*>();
    QCOMPARE(tables.size(), 5);
    int filled = 0;
    for (const QTableView* table : tables)
        filled += table->model()->rowCount() == 60 ? 1 : 0;
    QCOMPARE(filled, 5);
}

void ChartsTest::figureIsTheSameTwiceAndSaysWhenEmpty()
{
    const Frame frame = chartsSample(200, 3);
    const QImage first = chartsFigure(frame, {900, 600}, Theme::dark());
    QCOMPARE(chartsFigure(frame, {900, 600}, Theme::dark()), first);
    QVERIFY(chartsFigure(frame, {900, 600}, Theme::light()) != first);
    const QImage empty = chartsFigure(Frame(), {900, 600}, Theme::dark());
    QVERIFY(empty != first);
    QImage blank(empty.size(), empty.format());
    blank.fill(Theme::dark().color(ColorRole::Window));
    QVERIFY(empty != blank); // it says so in words
}

TIDELINE_GUI_TEST_MAIN(ChartsTest)
#include "charts_test.moc"
