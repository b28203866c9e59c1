// SPDX-License-Identifier: GPL-3.0-or-later
// A view of a scene under mouse and keyboard, and what a screen reader finds in it.
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "widgets/cluster/cluster_view.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

Q_DECLARE_METATYPE(tideline::Selection)

namespace {

int firstOf(const Scene& scene, Selection::Kind kind)
{
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (scene.regions[i].selection.kind == kind)
            return static_cast<int>(i);
    }
    return -1;
}

QPoint middle(const SceneView& view, int region)
{
    return view.scene().regions[static_cast<std::size_t>(region)].rect.center().toPoint();
}

} // namespace

class SceneViewTest : public QObject
{
    Q_OBJECT
    ClusterView view_;

private slots:
    void init()
    {
        view_.resize(1280, 720);
        view_.setSelection({});
        view_.setFrame(std::make_shared<const Frame>(samples::cluster(6)));
        view_.setFocused(-1);
        view_.show();
        view_.activateWindow();
        view_.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&view_));
        view_.grab();
    }

    void movingTheMouseRebuildsNothing()
    {
        const int before = view_.rebuilds();
        int hovered = 0;
        for (int i = 0; i < 100; ++i) {
            QTest::mouseMove(&view_, {200 + 9 * i, 100 + 5 * i});
            view_.grab();
            hovered += view_.hovered() >= 0 ? 1 : 0;
        }
        QCOMPARE(view_.rebuilds(), before);
        QVERIFY(hovered > 50);
    }

    void aNewFrameRebuildsOnce()
    {
        const int before = view_.rebuilds();
        view_.setFrame(view_.frame());
        view_.grab();
        QCOMPARE(view_.rebuilds(), before);
        view_.setFrame(std::make_shared<const Frame>(samples::cluster(6, 1)));
        view_.grab();
        view_.grab();
        QCOMPARE(view_.rebuilds(), before + 1);
    }

    void anotherThemeRepaintsTheSameScene()
    {
        const QImage dark = view_.grab().toImage();
        const int before = view_.rebuilds();
        applyTheme(*qApp, Theme::light());
        const QImage light = view_.grab().toImage();
        applyTheme(*qApp, Theme::dark());
        QCOMPARE(view_.rebuilds(), before);
        QVERIFY(dark != light);
        QCOMPARE(light.pixelColor(5, 5), Theme::light().color(ColorRole::Window));
    }

    void aClickSelects()
    {
        QSignalSpy spy(&view_, &SceneView::selected);
        const int broker = firstOf(view_.scene(), Selection::Kind::Broker);
        const QRectF card = view_.scene().regions[static_cast<std::size_t>(broker)].rect;
        QTest::mouseClick(&view_, Qt::LeftButton, {}, (card.topLeft() + QPointF(40, 16)).toPoint());
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Selection>(),
                 (Selection{.kind = Selection::Kind::Broker, .index = 1}));
        const int record = firstOf(view_.scene(), Selection::Kind::Record);
        const Selection wanted = view_.scene().regions[static_cast<std::size_t>(record)].selection;
        QTest::mouseClick(&view_, Qt::LeftButton, {}, middle(view_, record));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Selection>(), wanted);
    }

    void theKeyboardReachesAndActivates()
    {
        QSignalSpy spy(&view_, &SceneView::selected);
        QTest::keyClick(&view_, Qt::Key_Down);
        QVERIFY(view_.focused() >= 0);
        const int first = view_.focused();
        QTest::keyClick(&view_, Qt::Key_Right);
        QVERIFY(view_.focused() != first);
        QTest::keyClick(&view_, Qt::Key_Return);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Selection>(),
                 view_.scene().regions[static_cast<std::size_t>(view_.focused())].selection);
        QTest::keyClick(&view_, Qt::Key_Escape);
        QCOMPARE(view_.focused(), -1);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.takeFirst().at(0).value<Selection>(), Selection{});
    }

    void theFocusRingIsSeen()
    {
        const QImage without = view_.grab().toImage();
        view_.setFocused(firstOf(view_.scene(), Selection::Kind::Partition));
        QVERIFY(view_.grab().toImage() != without);
    }

    void theFocusStaysOnTheSameThing()
    {
        const int row = firstOf(view_.scene(), Selection::Kind::Partition);
        view_.setFocused(row);
        const Selection before = view_.scene().regions[static_cast<std::size_t>(row)].selection;
        Frame next = samples::cluster(6, 1);
        next.cluster.producers.clear(); // moves every index
        view_.setFrame(std::make_shared<const Frame>(std::move(next)));
        const int after = (view_.scene(), view_.focused());
        QVERIFY(after >= 0);
        QCOMPARE(view_.scene().regions[static_cast<std::size_t>(after)].selection, before);
    }

    void tooltipsTellTheWholeStory()
    {
        const QString row = view_.tooltipAt(firstOf(view_.scene(), Selection::Kind::Partition));
        QVERIFY2(row.contains(QStringLiteral("log end offset 1620")), qPrintable(row));
        QVERIFY2(row.contains(QStringLiteral("billing: position 1614, committed 1611")), qPrintable(row));
        const QString record = view_.tooltipAt(firstOf(view_.scene(), Selection::Kind::Record));
        QVERIFY2(record.contains(QStringLiteral("orders-0 @ ")), qPrintable(record));
    }

    void aScreenReaderFindsTheSameThings()
    {
        QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&view_);
        QVERIFY(tree);
        QVERIFY(tree->text(QAccessible::Name).startsWith(QStringLiteral("Cluster at 00:01:23")));
        QCOMPARE(tree->childCount(), static_cast<int>(view_.scene().regions.size()));
        const int row = firstOf(view_.scene(), Selection::Kind::Partition);
        view_.setFocused(row);
        QAccessibleInterface* child = tree->child(row);
        QVERIFY(child && child->isValid());
        QCOMPARE(child->text(QAccessible::Name), view_.scene().regions[static_cast<std::size_t>(row)].name);
        QCOMPARE(child->role(), QAccessible::ListItem);
        QVERIFY(child->state().focused);
        QVERIFY(!child->state().selected);
        QCOMPARE(child->parent(), tree);
        QCOMPARE(tree->focusChild(), child);
        QCOMPARE(tree->indexOfChild(child), row);
        view_.setFrame(std::make_shared<const Frame>(samples::empty()));
        QCOMPARE(tree->childCount(), 0);
        QVERIFY(!child->isValid());
    }

    void zoomStaysInItsRange()
    {
        QSignalSpy spy(&view_, &SceneView::zoomChanged);
        QTest::keyClick(&view_, Qt::Key_Plus);
        QCOMPARE(spy.count(), 0); // this view has nothing more to show
        view_.setZooms(true);
        QTest::keyClick(&view_, Qt::Key_Minus);
        QCOMPARE(spy.count(), 0);
        QTest::keyClick(&view_, Qt::Key_Plus);
        QCOMPARE(spy.count(), 1);
        QVERIFY(view_.zoom() > 1);
        QTest::keyClick(&view_, Qt::Key_0);
        QCOMPARE(view_.zoom(), 1.0);
    }

    void withoutAFrameItSaysSo()
    {
        ClusterView fresh;
        fresh.resize(400, 300);
        QVERIFY(!fresh.scene().name.isEmpty());
        QVERIFY(!fresh.grab().isNull());
        QCOMPARE(fresh.scene().regions.size(), std::size_t(0));
    }
};

TIDELINE_GUI_TEST_MAIN(SceneViewTest)
#include "scene_view_test.moc"
