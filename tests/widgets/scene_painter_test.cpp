// SPDX-License-Identifier: GPL-3.0-or-later
// What is painted faster than by Qt's paths looks the same.
#include "tests/support/gui_main.h"
#include "widgets/scene/hidden_parts.h"
#include "widgets/scene/scene_painter.h"
#include "widgets/scene/scene_writer.h"

#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace tideline;
using namespace tideline::widgets;

namespace {

QImage blank(QSize size, qreal ratio, QColor color)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(color);
    return image;
}

// The largest difference of a channel of any pixel, 0 to 255.
int difference(const QImage& a, const QImage& b)
{
    int worst = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QColor left = a.pixelColor(x, y);
            const QColor right = b.pixelColor(x, y);
            worst = std::max({worst, std::abs(left.red() - right.red()),
                              std::abs(left.green() - right.green()), std::abs(left.blue() - right.blue())});
        }
    }
    return worst;
}

// A ground with a card, rows in it, a dashed box across two of them, text and a marker; last what has sharp
// edges.
Scene cardWithRows()
{
    Scene scene;
    scene.size = {640, 400};
    const FixedMetrics metrics;
    SceneWriter writer(scene, metrics);
    writer.fill(QRectF(QPointF(0, 0), scene.size), ColorRole::Window);
    writer.box({20, 20, 600, 360}, ColorRole::Panel, ColorRole::Border, 10);
    for (int row = 0; row < 3; ++row) {
        writer.box({40.0, 40.0 + 110 * row, 560, 100}, ColorRole::Card, ColorRole::Accent, 6);
        writer.text({60.0, 50.0 + 110 * row, 200, 20}, QStringLiteral("row"),
                    {ColorRole::Text, {FontKind::Ui, 12, FontWeight::Regular}});
    }
    writer.box({100, 100, 400, 120}, ColorRole::CardRaised, ColorRole::Bad, 7, Dash::Dashed);
    writer.marker({200, 200}, MarkerShape::Circle, ColorRole::Accent, 9);
    writer.line({20, 20}, {600, 390}, ColorRole::Border);
    writer.fill({301, 61, 201, 301}, ColorRole::Track);
    writer.marker({350, 250}, MarkerShape::Diamond, ColorRole::Accent, 9);
    writer.fill({331, 91, 141, 241}, ColorRole::LeaderFill);
    return scene;
}

} // namespace

class ScenePainterTest : public QObject
{
    Q_OBJECT
private slots:
    void boxesOfPiecesLookAsOnePath_data()
    {
        QTest::addColumn<QRectF>("rect");
        QTest::addColumn<double>("radius");
        QTest::addColumn<double>("border"); // px; 0: none
        QTest::addRow("small") << QRectF(5, 6, 20, 20) << 2.0 << 0.0;
        QTest::addRow("cell") << QRectF(5, 6, 34, 34) << 2.0 << 0.0;
        QTest::addRow("card") << QRectF(5, 6, 290, 120) << 10.0 << 1.0;
        QTest::addRow("card in trouble") << QRectF(5, 6, 290, 120) << 10.0 << 1.5;
        QTest::addRow("pill") << QRectF(5, 6, 62, 19) << 9.5 << 0.0;
        QTest::addRow("pill with a border") << QRectF(5, 6, 200, 19) << 9.5 << 1.0;
        QTest::addRow("low box with a thick border") << QRectF(5, 6, 200, 22) << 10.0 << 2.0;
    }
    void boxesOfPiecesLookAsOnePath()
    {
        QFETCH(QRectF, rect);
        QFETCH(double, radius);
        QFETCH(double, border);
        const Theme& theme = Theme::dark();
        const RectShape box{.rect = rect,
                            .fill = ColorRole::Card,
                            .border = border > 0 ? ColorRole::Accent : ColorRole::None,
                            .radius = radius,
                            .borderWidth = border > 0 ? border : 1};
        for (const qreal ratio : {1.0, 2.0}) {
            QImage pieces = blank({300, 140}, ratio, theme.color(ColorRole::Window));
            QImage path = pieces.copy();
            QPainter first(&pieces);
            QVERIFY(RoundedRects().paint(first, box, {}, theme));
            first.end();
            QVERIFY(pieces != path);
            QPainter second(&path);
            paintRoundedRect(second, box, theme);
            second.end();
            const int worst = difference(pieces, path);
            QVERIFY2(worst <= 2,
                     qPrintable(QStringLiteral("differs by %1 at ratio %2").arg(worst).arg(ratio)));
        }
    }

    void whatLaterBoxesHide()
    {
        Scene scene;
        const FixedMetrics metrics;
        SceneWriter writer(scene, metrics);
        writer.fill({0, 0, 400, 400}, ColorRole::Window);                        // 0
        writer.box({10, 10, 300, 300}, ColorRole::Panel, ColorRole::Border, 10); // 1
        writer.box({20, 20, 200, 100}, ColorRole::Card, ColorRole::Border, 6);   // 2, in it
        writer.box({20, 200, 100, 50}, ColorRole::Card, ColorRole::Border, 6);   // 3, small
        writer.box({20, 260, 380, 100}, ColorRole::None, ColorRole::Border, 6);  // 4, a border alone
        writer.fill({250, 250, 150, 150}, ColorRole::Track);                     // 5, half beside it
        writer.box({2, -900, 10, 3000}, ColorRole::Card, ColorRole::Border, 6);  // 6, nothing but corners
        const HiddenParts hidden(scene);
        const QRect inPanel(QPoint(22, 22), QPoint(297, 297)); // 10 for the corner, 1 for the border, 1
        const QRect inCard(QPoint(28, 28), QPoint(211, 111));
        const QRect inFill(QPoint(252, 252), QPoint(397, 397));
        QCOMPARE(hidden.of(0), QRegion(inPanel)); // not what reaches into what is hidden already
        QCOMPARE(hidden.of(1), QRegion(inCard) + (inFill & QRect(10, 10, 300, 300)));
        for (const std::size_t place : {2, 3, 4, 5, 6, 7})
            QVERIFY(hidden.of(place).isEmpty());
        QVERIFY(HiddenParts().of(0).isEmpty());
    }

    // On a ground of another colour than the scene's own: a pixel that were left out would show it.
    void whatIsHiddenIsLeftOutUnseen()
    {
        const Scene scene = cardWithRows();
        for (const qreal ratio : {1.0, 1.15, 1.25, 1.5, 1.7, 2.0}) {
            QImage atOnce = blank({640, 400}, ratio, Qt::magenta);
            QImage oneByOne = blank({640, 400}, ratio, Qt::green);
            ScenePainter scenePainter;
            QPainter first(&atOnce);
            scenePainter.paint(first, scene, Theme::dark());
            first.end();
            QPainter second(&oneByOne);
            for (const Shape& shape : scene.shapes) {
                Scene single;
                single.shapes = {shape};
                scenePainter.paint(second, single, Theme::dark());
            }
            second.end();
            QVERIFY2(atOnce == oneByOne, qPrintable(QStringLiteral("at ratio %1").arg(ratio)));
        }
    }

    void rectanglesLieAboveEarlierOnes()
    {
        const Theme& theme = Theme::light();
        QImage image = blank({20, 20}, 1, Qt::black);
        Scene scene;
        scene.shapes = {
            RectsShape{{{QRect(0, 0, 20, 20), ColorRole::Track}, {QRect(5, 5, 10, 2), ColorRole::Leader}}}};
        QPainter painter(&image);
        ScenePainter().paint(painter, scene, theme);
        painter.end();
        QCOMPARE(image.pixelColor(4, 5), theme.color(ColorRole::Track));
        QCOMPARE(image.pixelColor(5, 5), theme.color(ColorRole::Leader));
        QCOMPARE(image.pixelColor(14, 6), theme.color(ColorRole::Leader));
        QCOMPARE(image.pixelColor(14, 7), theme.color(ColorRole::Track));
    }

    // HiddenParts relies on it.
    void coloursAreOpaque()
    {
        for (const Theme* theme : {&Theme::dark(), &Theme::light()}) {
            for (int role = 1; role < kColorRoles; ++role)
                QCOMPARE(theme->color(static_cast<ColorRole>(role)).alpha(), 255);
        }
    }
};

TIDELINE_GUI_TEST_MAIN(ScenePainterTest)
#include "scene_painter_test.moc"
