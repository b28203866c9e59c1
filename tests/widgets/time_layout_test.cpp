// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/widgets/groups_time_checks.h"
#include "tests/widgets/time_sample.h"
#include "widgets/time/time_dots.h"
#include "widgets/time/time_layout.h"
#include "widgets/time/watermark_stairs.h"
#include "widgets/time/window_words.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

constexpr Millis kDay = 86'400'000;
constexpr Millis kJanuary3 = 1'199'318'400'000; // 2008-01-03 00:00 UTC

Scene layout(const Frame& frame, const QSizeF& size = {1280, 720}, const Selection& selection = {})
{
    return layoutTime(frame, {size}, selection, FixedMetrics());
}

TimeSampleOptions week()
{
    TimeSampleOptions options;
    options.start = kJanuary3;
    options.span = 7 * kDay;
    options.window = kDay / 4;
    options.outOfOrderness = kDay / 8;
    options.lateness = 0;
    options.early = true;
    return options;
}

} // namespace

class TimeLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void staysInsideAndReadable_data();
    void staysInsideAndReadable();
    void primitivesAreBoundedByPixels_data();
    void primitivesAreBoundedByPixels();
    void legendSaysTheExactTotals();
    void threeKindsOfLateHaveThreeSigns();
    void everyWindowReadsHalfOpen();
    void firedWindowsAreNotOpen();
    void barsAndLongSumsDoNotTouch();
    void aSumIsShownAsASumEverywhere();
    void aWindowIsFoundWhereItIs();
    void recordsBeforeTheirTimeLieBelowTheIdealLine();
    void weeksAreLabelledWithDates();
    void saysSoWhenThereIsNoPipeline();
    void survivesOddFrames_data();
    void survivesOddFrames();
    void zoomShowsAPart();
    void planeMapsThereAndBack();
    void storyNamesTheWatermarkThatTheRecordMet();
};

void TimeLayoutTest::staysInsideAndReadable_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<bool>("days");
    for (const bool days : {false, true}) {
        for (const QSizeF& size :
             {QSizeF(1280, 720), QSizeF(1600, 1000), QSizeF(2560, 1440), QSizeF(700, 500), QSizeF(420, 300)})
            QTest::addRow("%gx%g%s", size.width(), size.height(), days ? " days" : "") << size << days;
    }
}

void TimeLayoutTest::staysInsideAndReadable()
{
    QFETCH(QSizeF, size);
    QFETCH(bool, days);
    const Scene scene = layout(timeSample(days ? week() : TimeSampleOptions()), size);
    QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
    QCOMPARE(overlapping(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
    for (const HitRegion& region : scene.regions)
        QVERIFY(!region.name.isEmpty());
}

void TimeLayoutTest::primitivesAreBoundedByPixels_data()
{
    QTest::addColumn<int>("records");
    QTest::newRow("10") << 10;
    QTest::newRow("10 000") << 10'000;
    QTest::newRow("300 000") << 300'000;
}

void TimeLayoutTest::primitivesAreBoundedByPixels()
{
    QFETCH(int, records);
    TimeSampleOptions options;
    options.records = records;
    const Frame frame = timeSample(options);
    const Scene scene = layout(frame);
    // At most one mark of each of four signs a place of 6 x 6 px, and a constant for the rest.
    QVERIFY2(scene.shapes.size() < 4 * (1280 / 6) * (720 / 6) / 4,
             qPrintable(QString::number(scene.shapes.size())));
    const auto grids = std::count_if(scene.shapes.begin(), scene.shapes.end(), [](const Shape& shape) {
        return std::holds_alternative<CellGridShape>(shape);
    });
    QCOMPARE(grids, records > kMostDots ? 1 : 0);
    std::size_t corners = 0;
    for (const auto& line : watermarkStairs(*frame.time, timePlaneOf(frame, {{1280, 720}}, FixedMetrics())))
        corners += line.size();
    QVERIFY2(corners <= 2 * (1280 + 720), qPrintable(QString::number(corners)));
}

void TimeLayoutTest::legendSaysTheExactTotals()
{
    Frame frame = timeSample();
    frame.time->onTime = 376;
    frame.time->behindWatermark = 13;
    frame.time->afterFiring = 9;
    frame.time->dropped = 1'016;
    frame.time->dotEvery = 5;
    const Scene scene = layout(frame);
    QVERIFY(hasText(scene, QStringLiteral("on time 376")));
    QVERIFY(hasText(scene, QStringLiteral("behind the watermark 13")));
    QVERIFY(hasText(scene, QStringLiteral("after its window fired 9")));
    QVERIFY(hasText(scene, QStringLiteral("dropped 1\u2009016")) ||
            hasText(scene, QStringLiteral("dropped 1\u202f016")));
    QVERIFY(hasText(scene, QStringLiteral("1 of 5 records on time is drawn")));
}

void TimeLayoutTest::threeKindsOfLateHaveThreeSigns()
{
    const Frame frame = timeSample();
    const Scene scene = layout(frame);
    // One of each is in the legend; the sample has all three.
    QVERIFY(frame.time->behindWatermark > 0 && frame.time->afterFiring > 0 && frame.time->dropped > 0);
    QVERIFY(countMarkers(scene, MarkerShape::Diamond) > 1);
    QVERIFY(countMarkers(scene, MarkerShape::Triangle) > 1);
    QCOMPARE(countMarkers(scene, MarkerShape::Cross), static_cast<int>(frame.time->dropped) + 1);
}

void TimeLayoutTest::everyWindowReadsHalfOpen()
{
    const Scene scene = layout(timeSample());
    QVERIFY(hasText(scene, QStringLiteral("[0:00, 0:10)")));
    QVERIFY(hasText(scene, QStringLiteral("[1:10, 1:20)")));
    QVERIFY(!hasText(scene, QStringLiteral("0:80")));
}

void TimeLayoutTest::firedWindowsAreNotOpen()
{
    const Frame frame = timeSample();
    for (const TimeFrame::Window& window : frame.time->windows) {
        const QString state = answerOf(frame.time->spec, window).state;
        QCOMPARE(state == QStringLiteral("open"), window.state == WindowState::Open);
        if (window.dropped > 0)
            QVERIFY2(state.contains(QString::number(window.dropped)), qPrintable(state));
    }
}

void TimeLayoutTest::barsAndLongSumsDoNotTouch()
{
    Frame frame = timeSample(week());
    frame.time->spec.aggregate = AggregateKind::Sum;
    for (TimeFrame::Window& window : frame.time->windows) {
        window.sum = 123'456'789'01;
        window.truthSum = 123'456'999'01;
    }
    const FixedMetrics metrics;
    for (const QSizeF& size : {QSizeF(1280, 720), QSizeF(2560, 1440)}) {
        const Scene scene = layout(frame, size);
        QCOMPARE(overlapping(scene, metrics).join(QLatin1Char('\n')), QString());
        for (const Shape& bar : scene.shapes) {
            const auto* rect = std::get_if<RectShape>(&bar);
            if (!rect || rect->fill != ColorRole::Track)
                continue;
            for (const Shape& shape : scene.shapes) {
                if (const auto* text = std::get_if<TextShape>(&shape))
                    QVERIFY2(!inkOf(*text, metrics).intersects(rect->rect), qPrintable(text->text));
            }
        }
    }
}

// One pipeline speaks in one unit: what it sums, everywhere.
void TimeLayoutTest::aSumIsShownAsASumEverywhere()
{
    Frame frame = timeSample();
    frame.time->spec.aggregate = AggregateKind::Sum;
    for (TimeFrame::Window& window : frame.time->windows)
        window.firstSum = 1'234'50 + window.start;
    for (TimeFrame::ProcessingWindow& window : frame.time->processing) {
        window.sum = 5'000'00;
        window.truthSum = 5'100'25;
    }
    QStringList texts;
    for (const Shape& shape : layout(frame).shapes) {
        if (const auto* text = std::get_if<TextShape>(&shape))
            texts << text->text;
    }
    const TimeFrame::Window* fired = nullptr;
    for (const TimeFrame::Window& window : frame.time->windows)
        fired = window.firings > 0 ? &window : fired;
    QVERIFY(fired);
    QVERIFY(texts.contains(aggregateText(frame.time->spec, fired->firstSum)));
    QVERIFY(texts.contains(aggregateText(frame.time->spec, 5'000'00)));
    QVERIFY(texts.contains(QStringLiteral("−") + aggregateText(frame.time->spec, 100'25)));
}

void TimeLayoutTest::aWindowIsFoundWhereItIs()
{
    const Frame frame = timeSample();
    const Scene scene = layout(frame);
    Selection window;
    window.kind = Selection::Kind::Window;
    window.index = 0;
    window.start = 20'000;
    window.end = 30'000;
    int rows = 0;
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (scene.regions[i].selection != window)
            continue;
        ++rows;
        const int hit = regionAt(scene, scene.regions[i].rect.center());
        QCOMPARE(scene.regions[static_cast<std::size_t>(hit)].selection, window);
    }
    QCOMPARE(rows, 2); // its pane in the plane and its row in the panel
}

void TimeLayoutTest::recordsBeforeTheirTimeLieBelowTheIdealLine()
{
    Frame frame = timeSample({.records = 2});
    frame.time->dots = {{50'000, 20'000, TimeFrame::Fate::OnTime, 1, 0, 0}};
    frame.time->eventHigh = 50'000;
    const TimePlane plane = timePlaneOf(frame, {{1280, 720}}, FixedMetrics());
    const QPointF dot = plane.at(50'000, 20'000);
    QVERIFY(plane.holds(dot));
    QVERIFY(dot.y() > plane.at(50'000, 50'000).y());
    QVERIFY(recordStory(*frame.time, frame.time->dots[0], *frame.names)
                .contains(QStringLiteral("30 s before it happened")));
}

void TimeLayoutTest::weeksAreLabelledWithDates()
{
    const Scene scene = layout(timeSample(week()));
    QVERIFY(hasText(scene, QStringLiteral("Jan 4")));
    QVERIFY(hasText(scene, QStringLiteral("06:00")));
}

void TimeLayoutTest::saysSoWhenThereIsNoPipeline()
{
    const Scene none = layout(Frame());
    QVERIFY(hasText(none, QStringLiteral("no pipeline")));
    Frame frame;
    frame.time.emplace();
    QVERIFY(hasText(layout(frame), QStringLiteral("no pipeline")));
}

void TimeLayoutTest::survivesOddFrames_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<QString>("what");
    for (const char* what : {"empty", "one moment", "extreme times", "one window", "no size"})
        QTest::newRow(what) << (QByteArray(what) == "no size" ? QSizeF(0, 0) : QSizeF(1280, 720))
                            << QString::fromLatin1(what);
}

void TimeLayoutTest::survivesOddFrames()
{
    QFETCH(QSizeF, size);
    QFETCH(QString, what);
    Frame frame = timeSample({.records = 0, .span = 0});
    if (what == QStringLiteral("extreme times")) {
        frame.time->watermark = kMaxMillis;
        frame.time->steps = {{0, kMinMillis}, {0, kMaxMillis}};
        frame.time->eventLow = kMinMillis;
        frame.time->eventHigh = kMaxMillis;
        frame.time->onTime = 2;
        frame.time->dots = {{kMinMillis, 0, TimeFrame::Fate::Dropped, 0, 0, 0},
                            {kMaxMillis, 0, TimeFrame::Fate::OnTime, 0, 0, 0}};
        frame.time->windows = {{kMinMillis, kMaxMillis}};
    } else if (what == QStringLiteral("one window")) {
        frame.time->windows = {{0, 10'000, WindowState::Fired, 1, 0, 1, 0, 0, 0, 1, 0, 1}};
    } else if (what == QStringLiteral("one moment")) {
        frame = timeSample({.records = 1, .span = 0});
    }
    const Scene scene = layout(frame, size);
    QCOMPARE(scene.size, size);
    QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
    for (const Shape& shape : scene.shapes) {
        const QRectF box = boundsOf(shape);
        QVERIFY(std::isfinite(box.x()) && std::isfinite(box.y()) && std::isfinite(box.width()));
    }
}

void TimeLayoutTest::zoomShowsAPart()
{
    const Frame frame = timeSample();
    const TimePlane all = timePlaneOf(frame, {{1280, 720}}, FixedMetrics());
    const TimePlane part = timePlaneOf(frame, {{1280, 720}, 4, 1}, FixedMetrics());
    QCOMPARE(part.seen.to, all.seen.to);
    const Millis span = part.seen.to - part.seen.from;
    QVERIFY(std::abs(span * 4 - (all.seen.to - all.seen.from)) <= 4);
    const Scene scene = layoutTime(frame, {{1280, 720}, 16, 0.5}, {}, FixedMetrics());
    QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
}

void TimeLayoutTest::planeMapsThereAndBack()
{
    const TimePlane plane = timePlaneOf(timeSample(), {{1280, 720}}, FixedMetrics());
    for (const Millis time : {Millis{0}, Millis{12'345}, Millis{84'000}}) {
        QCOMPARE(plane.eventAt(plane.x(time)), time);
        QCOMPARE(plane.seenAt(plane.y(time)), time);
    }
}

void TimeLayoutTest::storyNamesTheWatermarkThatTheRecordMet()
{
    Frame frame = timeSample({.records = 2});
    frame.time->steps = {{10'000, 3'000}, {31'600, 25'400}, {40'000, 33'000}};
    const TimeFrame::Dot dot{13'100, 31'600, TimeFrame::Fate::Dropped, 0, 2, 77};
    QCOMPARE(watermarkWhen(*frame.time, 9'999), std::nullopt);
    QCOMPARE(watermarkWhen(*frame.time, 31'599), std::optional<Millis>(3'000));
    QCOMPARE(watermarkWhen(*frame.time, 31'600), std::optional<Millis>(25'400));
    const QString story = recordStory(*frame.time, dot, *frame.names);
    for (const char* part : {"@ 77", "0:13.1", "0:31.6", "18.5 s later", "0:25.4", "[0:10, 0:20)", "dropped"})
        QVERIFY2(story.contains(QLatin1String(part)), qPrintable(story));
}

TIDELINE_GUI_TEST_MAIN(TimeLayoutTest)
#include "time_layout_test.moc"
