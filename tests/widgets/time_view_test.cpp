// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/widgets/groups_sample.h"
#include "tests/widgets/time_sample.h"
#include "widgets/groups/groups_view.h"
#include "widgets/time/time_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

int regionOfKind(const Scene& scene, Selection::Kind kind)
{
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (scene.regions[i].selection.kind == kind)
            return static_cast<int>(i);
    }
    return -1;
}

Selection lastSelection(QSignalSpy& spy)
{
    return spy.last().first().value<Selection>();
}

} // namespace

class TimeViewTest : public QObject
{
    Q_OBJECT
private slots:
    void aClickedDotSelectsItsRecord()
    {
        TimeView view;
        view.resize(1280, 720);
        const Frame frame = timeSample();
        view.setFrame(std::make_shared<const Frame>(frame));
        QSignalSpy selected(&view, &SceneView::selected);
        // The last record region: dropped ones are painted on top.
        const Scene& scene = view.scene();
        int dot = -1;
        for (std::size_t i = 0; i < scene.regions.size(); ++i) {
            if (scene.regions[i].selection.kind == Selection::Kind::Record)
                dot = static_cast<int>(i);
        }
        QVERIFY(dot >= 0);
        const HitRegion region = scene.regions[static_cast<std::size_t>(dot)];
        QTest::mouseClick(&view, Qt::LeftButton, {}, region.rect.center().toPoint());
        QCOMPARE(selected.count(), 1);
        QCOMPARE(lastSelection(selected), region.selection);
        QVERIFY(view.tooltipAt(dot).contains(QStringLiteral("@ %1").arg(region.selection.offset)));
    }

    void theWheelZoomsAndTheMiddleStaysInside()
    {
        TimeView view;
        view.resize(1280, 720);
        view.setFrame(std::make_shared<const Frame>(timeSample()));
        QSignalSpy zoomed(&view, &SceneView::zoomChanged);
        QSignalSpy moved(&view, &TimeView::centreChanged);
        QWheelEvent wheel({600, 300}, view.mapToGlobal(QPointF(600, 300)), {}, {0, 480}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
        QCOMPARE(zoomed.count(), 1);
        QVERIFY(view.zoom() > 2);
        view.setCentre(1);
        QCOMPARE(view.centre(), 1 - 0.5 / view.zoom());
        QCOMPARE(moved.count(), 1);
        view.setZoom(1);
        QCOMPARE(view.centre(), 0.5);
    }

    void pageKeysMoveAlongTheRun()
    {
        TimeView view;
        view.resize(1280, 720);
        view.setFrame(std::make_shared<const Frame>(timeSample()));
        view.setZoom(4);
        const double before = view.centre();
        QTest::keyClick(&view, Qt::Key_PageUp);
        QVERIFY(view.centre() > before);
        QTest::keyClick(&view, Qt::Key_PageDown);
        QVERIFY(std::abs(view.centre() - before) < 1e-9);
    }

    void movingTheMouseRebuildsNothing()
    {
        TimeView view;
        view.resize(1280, 720);
        view.setFrame(std::make_shared<const Frame>(timeSample()));
        view.scene();
        const int rebuilds = view.rebuilds();
        for (int x = 0; x < 100; ++x)
            QTest::mouseMove(&view, QPoint(100 + x * 5, 300));
        view.scene();
        QCOMPARE(view.rebuilds(), rebuilds);
    }

    void aClickedMemberIsSelected()
    {
        GroupsView view;
        view.resize(1280, 720);
        view.setFrame(std::make_shared<const Frame>(groupsSample()));
        QSignalSpy selected(&view, &SceneView::selected);
        const int member = regionOfKind(view.scene(), Selection::Kind::Member);
        QVERIFY(member >= 0);
        const QRectF rect = view.scene().regions[static_cast<std::size_t>(member)].rect;
        QTest::mouseClick(&view, Qt::LeftButton, {}, rect.topLeft().toPoint() + QPoint(20, 20));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(lastSelection(selected).kind, Selection::Kind::Member);
    }
};

TIDELINE_GUI_TEST_MAIN(TimeViewTest)
#include "time_view_test.moc"
