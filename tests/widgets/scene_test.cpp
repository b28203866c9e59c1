// SPDX-License-Identifier: GPL-3.0-or-later
// Scenes as values: text that is elided, what is hit, where arrows lead, how cells become pixels.
#include "tests/support/gui_main.h"
#include "widgets/scene/cell_image.h"
#include "widgets/scene/scene_writer.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

namespace {

constexpr FontSpec kTen{FontKind::Ui, 10, FontWeight::Regular}; // 6 px a character in FixedMetrics

Scene threeByThree()
{
    Scene scene;
    scene.size = {300, 300};
    const FixedMetrics metrics;
    SceneWriter writer(scene, metrics);
    for (int i = 0; i < 9; ++i)
        writer.region(QRectF(i % 3 * 100 + 10, i / 3 * 100 + 10, 80, 80),
                      {.kind = Selection::Kind::Partition, .index = i}, QString::number(i));
    return scene;
}

} // namespace

class SceneTest : public QObject
{
    Q_OBJECT
private slots:
    void elidesToTheWidth_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("expected");
        const int right = Qt::ElideRight;
        QTest::newRow("fits") << QStringLiteral("abc") << 18.0 << right << QStringLiteral("abc");
        QTest::newRow("cut") << QStringLiteral("abcdef") << 24.0 << right << QStringLiteral("abc…");
        QTest::newRow("left") << QStringLiteral("abcdef") << 24.0 << int(Qt::ElideLeft)
                              << QStringLiteral("…def");
        QTest::newRow("middle") << QStringLiteral("abcdef") << 24.0 << int(Qt::ElideMiddle)
                                << QStringLiteral("ab…f");
        QTest::newRow("ellipsis only") << QStringLiteral("abcdef") << 6.0 << right << QStringLiteral("…");
        QTest::newRow("nothing") << QStringLiteral("abcdef") << 5.0 << right << QString();
    }
    void elidesToTheWidth()
    {
        QFETCH(QString, text);
        QFETCH(double, width);
        QFETCH(int, mode);
        QFETCH(QString, expected);
        QCOMPARE(FixedMetrics().elided(text, kTen, width, Qt::TextElideMode(mode)), expected);
    }

    void pairOfTextsSharesTheLine()
    {
        Scene scene;
        const FixedMetrics metrics;
        SceneWriter writer(scene, metrics);
        const TextStyle style{ColorRole::Text, kTen};
        writer.textPair(QRectF(0, 0, 100, 10), QStringLiteral("a long name of a thing"), style,
                        QStringLiteral("right"), style);
        QCOMPARE(scene.shapes.size(), std::size_t(2));
        const auto& right = std::get<TextShape>(scene.shapes[0]);
        const auto& left = std::get<TextShape>(scene.shapes[1]);
        QCOMPARE(right.text, QStringLiteral("right"));
        QCOMPARE(right.rect.left(), 70.0);
        QVERIFY(left.text.endsWith(QChar(0x2026)));
        QVERIFY(left.rect.right() < right.rect.left());
    }

    void laterRegionsLieAbove()
    {
        Scene scene = threeByThree();
        scene.regions.push_back(
            {QRectF(0, 0, 50, 50), {}, QStringLiteral("above"), {}, RegionRole::Item, true, 0});
        QCOMPARE(regionAt(scene, {20, 20}), 9);
        QCOMPARE(regionAt(scene, {60, 60}), 0);
        QCOMPARE(regionAt(scene, {95, 95}), -1);
        QCOMPARE(regionOf(scene, {.kind = Selection::Kind::Partition, .index = 4}), 4);
        QCOMPARE(regionOf(scene, {}), -1);
    }

    void arrowsWalkTheGrid()
    {
        Scene scene = threeByThree();
        QCOMPARE(regionBeside(scene, -1, Direction::Down), 0);
        QCOMPARE(regionBeside(scene, 0, Direction::Right), 1);
        QCOMPARE(regionBeside(scene, 1, Direction::Down), 4);
        QCOMPARE(regionBeside(scene, 4, Direction::Left), 3);
        QCOMPARE(regionBeside(scene, 4, Direction::Up), 1);
        QCOMPARE(regionBeside(scene, 2, Direction::Right), 2);
        scene.regions[1].focusable = false;
        QCOMPARE(regionBeside(scene, 0, Direction::Right), 2);
    }

    void cellsBecomePixels()
    {
        CellGridShape grid;
        grid.cell = {6, 6};
        grid.gap = 1;
        grid.columns = 2;
        grid.rows = 1;
        grid.roles = {ColorRole::Lag0, ColorRole::BlockOffline};
        grid.patterns = {Pattern::Plain, Pattern::Cross};
        const Theme& theme = Theme::dark();
        const QImage image = cellImage(grid, theme);
        QCOMPARE(image.size(), QSize(12, 6));
        QCOMPARE(image.pixelColor(2, 2), theme.color(ColorRole::Lag0));
        QCOMPARE(image.pixelColor(8, 1), theme.color(ColorRole::BlockOffline));
        QCOMPARE(image.pixelColor(6, 0), theme.color(ColorRole::BlockMark)); // a corner of the cross
        QCOMPARE(image.pixelColor(8, 2), theme.color(ColorRole::BlockMark)); // its middle
        QCOMPARE(qAlpha(image.pixel(5, 3)), 0);                              // the gap
        QCOMPARE(qAlpha(image.pixel(3, 5)), 0);
    }

    void dumpNamesEveryKindOfShape()
    {
        Scene scene;
        scene.size = {10, 10};
        scene.name = QStringLiteral("all");
        scene.shapes = {
            RectShape{.rect = {0, 0, 1.1, 2}, .fill = ColorRole::Card},
            PolylineShape{.points = {{0, 0}, {3, 4}}},
            CurveShape{{0, 0}, {1, 1}, {2, 2}, {3, 3}},
            PolygonShape{.points = {{0, 0}, {1, 0}, {0, 1}}, .fill = ColorRole::Good},
            TextShape{.rect = {0, 0, 5, 5}, .text = QStringLiteral("hi"), .font = {}},
            MarkerShapeAt{.centre = {5, 5}},
            CellGridShape{.origin = {},
                          .cell = {2, 2},
                          .columns = 2,
                          .rows = 1,
                          .roles = {ColorRole::Lag0, ColorRole::Lag0},
                          .patterns = {}},
            ColumnsShape{.rect = {0, 0, 2, 2}, .values = {{0.0f, 0.5f}}},
            RectsShape{{{QRect(1, 2, 3, 4), ColorRole::Leader}, {QRect(5, 6, 7, 8), ColorRole::Text}}}};
        QCOMPARE(dumpScene(scene), QStringLiteral("scene 10x10 \"all\"\n"
                                                  "rect 0,0 1x2 fill=Card border=None\n"
                                                  "line Border solid width=1 0,0 3,4\n"
                                                  "curve Border solid 0,0 1,1 2,2 3,3\n"
                                                  "polygon fill=Good border=None 0,0 1,0 0,1\n"
                                                  "text 0,0 5x5 Text ui 12 \"hi\"\n"
                                                  "marker 5,5 circle 8 Neutral\n"
                                                  "cells 0,0 2x1 of 2x2 Lag0*2\n"
                                                  "columns 0,0 2x2 Density step=1 0.00..0.50\n"
                                                  "rects 1,2 3x4 Leader 5,6 7x8 Text\n"));
    }
};

TIDELINE_GUI_TEST_MAIN(SceneTest)
#include "scene_test.moc"
