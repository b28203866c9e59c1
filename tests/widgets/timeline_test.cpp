// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline: where times lie, labels that do not touch, and what mouse and keyboard ask for.
#include "tests/support/golden_text.h"
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "tests/support/scene_checks.h"
#include "widgets/timeline/mark_labels.h"
#include "widgets/timeline/timeline_layout.h"
#include "widgets/timeline/timeline_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

Q_DECLARE_METATYPE(tideline::Selection)

namespace {

// `count` marks, all within the first tenth of the run.
Frame crowded(int count)
{
    Frame frame = samples::cluster(3);
    frame.timeline.marks.clear();
    for (int i = 0; i < count; ++i)
        frame.timeline.marks.push_back({i + 1, Micros(i) * 13'500'000 / count, BrokerKilled{1 + i % 3}});
    return frame;
}

} // namespace

class TimelineTest : public QObject
{
    Q_OBJECT
private slots:
    void timesRoundTrip()
    {
        const TimelinePlaces places = placeTimeline(samples::cluster(3), {1200, 108});
        for (const Micros time : {Micros(0), Micros(1'000'000), Micros(67'500'000), Micros(135'000'000)})
            QVERIFY(std::abs(places.timeAt(places.xOf(time)) - time) <= 1);
        QCOMPARE(places.timeAt(-50), Micros(0));
        QCOMPARE(places.timeAt(5'000), Micros(135'000'000));
        QCOMPARE(places.xOf(kNever), places.right);
        QCOMPARE(placeTimeline(Frame{}, {100, 50}).timeAt(60), Micros(0)); // a run without duration
    }

    void nothingTouchesAndNothingIsCutOff_data()
    {
        QTest::addColumn<int>("marks");
        QTest::addColumn<QSizeF>("size");
        for (const int marks : {-1, 0, 5, 60, 500}) {
            for (const QSizeF size : {QSizeF(320, 72), QSizeF(1280, 108), QSizeF(2560, 140)})
                QTest::addRow("%d marks at %dx%d", marks, int(size.width()), int(size.height()))
                    << marks << size;
        }
    }
    void nothingTouchesAndNothingIsCutOff()
    {
        QFETCH(int, marks);
        QFETCH(QSizeF, size);
        const FixedMetrics metrics;
        const Frame frame = marks < 0 ? samples::cluster(3) : crowded(marks);
        const Scene scene = layoutTimeline(frame, size, metrics);
        QCOMPARE(overlapOfTexts(scene, metrics), QString());
        QCOMPARE(outsideOfView(scene), QString());
        for (std::size_t i = 0; i < scene.regions.size(); ++i) {
            if (scene.regions[i].selection.kind == Selection::Kind::Fact)
                QCOMPARE(regionAt(scene, scene.regions[i].rect.center()), int(i));
        }
    }

    // Stems hang from the columns: a label may not lie on the stem of a mark below it.
    void noLabelLiesOnAStem()
    {
        const Frame frame = samples::cluster(3);
        const FixedMetrics metrics;
        const TimelinePlaces places = placeTimeline(frame, {700, 108});
        const std::vector<MarkLabel> labels = placeMarkLabels(frame, places, metrics);
        QCOMPARE(labels.size(), frame.timeline.marks.size());
        for (const MarkLabel& label : labels) {
            const qreal left = places.xOf(frame.timeline.marks[label.mark].time) + 9;
            for (const MarkLabel& other : labels) {
                const qreal stem = places.xOf(frame.timeline.marks[other.mark].time);
                QVERIFY(other.y <= label.y || stem <= left - 9 || stem >= left + label.width);
            }
        }
    }

    void columnsAreBoundedByPixels()
    {
        Frame frame = samples::cluster(3);
        frame.timeline.density.assign(1'000'000, 5);
        frame.timeline.bucket = 135;
        const Scene scene = layoutTimeline(frame, {1200, 108}, FixedMetrics());
        for (const Shape& shape : scene.shapes) {
            if (const auto* columns = std::get_if<ColumnsShape>(&shape))
                QVERIFY(columns->values.size() <= 1200);
        }
    }

    void elapsedAndRemainingLookDifferent()
    {
        Frame frame = samples::cluster(3);
        frame.timeline.density.assign(135, 5); // known to the end: somebody went back
        const Scene scene = layoutTimeline(frame, {1200, 108}, FixedMetrics());
        const TimelinePlaces places = placeTimeline(frame, {1200, 108});
        int checked = 0;
        for (const Shape& shape : scene.shapes) {
            const auto* columns = std::get_if<ColumnsShape>(&shape);
            if (!columns)
                continue;
            for (std::size_t i = 0; i < columns->values.size(); ++i) {
                const bool past = places.left + 2 * qreal(i) <= places.xOf(frame.now);
                QCOMPARE(columns->values[i].second > 0, (columns->role == ColorRole::Density) == past);
                ++checked;
            }
        }
        QVERIFY(checked > 1000);
    }

    void clickAndDragAskForATime()
    {
        TimelineView view;
        view.resize(1200, 108);
        view.setFrame(std::make_shared<const Frame>(samples::cluster(3)));
        view.show();
        QSignalSpy spy(&view, &TimelineView::seekRequested);
        const TimelinePlaces places = placeTimeline(*view.frame(), view.size());
        QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(600, 30));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Micros>(), places.timeAt(600));
        QTest::mouseMove(&view, QPoint(700, 30));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Micros>(), places.timeAt(700));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(700, 30));
        QTest::mouseMove(&view, QPoint(800, 30));
        QCOMPARE(spy.count(), 0);
    }

    void aMarkIsSelectedNotSought()
    {
        TimelineView view;
        view.resize(1200, 108);
        view.setFrame(std::make_shared<const Frame>(samples::cluster(3)));
        view.show();
        QSignalSpy seek(&view, &TimelineView::seekRequested);
        QSignalSpy select(&view, &SceneView::selected);
        const int mark = regionOf(view.scene(), {.kind = Selection::Kind::Fact, .fact = 103});
        QVERIFY(mark >= 0);
        QTest::mouseClick(&view, Qt::LeftButton, {},
                          view.scene().regions[std::size_t(mark)].rect.center().toPoint());
        QCOMPARE(seek.count(), 0);
        QCOMPARE(select.count(), 1);
        QCOMPARE(select.takeFirst().at(0).value<Selection>().fact, FactNumber(103));
    }

    void leftAndRightGoFromMarkToMark()
    {
        TimelineView view;
        view.resize(1200, 108);
        view.setFrame(std::make_shared<const Frame>(samples::cluster(3)));
        view.show();
        const auto fact = [&] { return view.scene().regions[std::size_t(view.focused())].selection.fact; };
        QTest::keyClick(&view, Qt::Key_Left); // from now: the last one before it
        QVERIFY(view.focused() >= 0);
        QCOMPARE(fact(), FactNumber(106));
        for (FactNumber expected = 105; expected >= 100; --expected) {
            QTest::keyClick(&view, Qt::Key_Left);
            QCOMPARE(fact(), expected);
        }
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(fact(), FactNumber(100));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(fact(), FactNumber(101));
    }

    void golden()
    {
        const Scene scene = layoutTimeline(samples::cluster(3), {400, 100}, FixedMetrics());
        QCOMPARE(checkGolden(dumpScene(scene), QStringLiteral("tests/widgets/golden/timeline.txt")),
                 QString());
    }
};

TIDELINE_GUI_TEST_MAIN(TimelineTest)
#include "timeline_test.moc"
