// SPDX-License-Identifier: GPL-3.0-or-later
// Both themes: every role is there, text and shapes are seen, records can be told apart by colour-blind eyes.
#include "tests/support/gui_main.h"
#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/theme_colors.h"

#include <QFontInfo>
#include <QTest>

#include <array>
#include <cmath>

using namespace tideline::widgets;

namespace {

using R = ColorRole;

constexpr std::array kSurfaces = {R::Window, R::Panel, R::Card, R::CardRaised};
constexpr std::array kTexts = {R::Text,        R::TextMuted, R::TextFaint, R::TextLink,     R::TextLeader,
                               R::TextWarning, R::TextBad,   R::TextGood,  R::TextWatermark};
constexpr std::array kShapes = {R::Accent,  R::Focus,   R::Leader,    R::Warning,  R::Bad,
                                R::Good,    R::Neutral, R::Watermark, R::Playhead, R::Density,
                                R::BarFill, R::Key0,    R::Key1,      R::Key2,     R::Key3,
                                R::Key4,    R::Key5,    R::Key6,      R::Key7,     R::KeyNone};

// A colour as someone without working red (0) or green (1) cones sees it: Machado, Oliveira and Fernandes,
// 2009, severity 1.
std::array<double, 3> seenWithout(int cone, const QColor& color)
{
    static constexpr double kMatrix[2][3][3] = {
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
    const double rgb[3] = {color.redF(), color.greenF(), color.blueF()};
    std::array<double, 3> seen{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column)
            seen[row] += kMatrix[cone][row][column] * rgb[column];
    }
    return seen;
}

double distance(const std::array<double, 3>& a, const std::array<double, 3>& b)
{
    return std::sqrt(std::pow(a[0] - b[0], 2) + std::pow(a[1] - b[1], 2) + std::pow(a[2] - b[2], 2));
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
    static void eachTheme()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    static const Theme& theme()
    {
        return *static_cast<const bool*>(QTest::qData("dark", qMetaTypeId<bool>())) ? Theme::dark()
                                                                                    : Theme::light();
    }

private slots:
    void everyRoleHasItsRowAndName()
    {
        for (int i = 0; i < kColorRoles; ++i) {
            QCOMPARE(kRoleColors[static_cast<std::size_t>(i)].role, static_cast<ColorRole>(i));
            QVERIFY(roleName(static_cast<ColorRole>(i)));
            QVERIFY(i == 0 || qAlpha(kRoleColors[static_cast<std::size_t>(i)].dark) == 255);
            QVERIFY(i == 0 || qAlpha(kRoleColors[static_cast<std::size_t>(i)].light) == 255);
        }
        QCOMPARE(roleName(ColorRole::BlockMark), "BlockMark");
    }

    void textIsReadable_data() { eachTheme(); }
    void textIsReadable()
    {
        for (const R surface : kSurfaces) {
            for (const R text : kTexts) {
                const double ratio = contrast(theme().color(text), theme().color(surface));
                QVERIFY2(ratio >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(QLatin1String(roleName(text)), QLatin1String(roleName(surface)))
                                        .arg(ratio)));
            }
        }
        for (const auto& [text, ground] : {std::pair{R::TextOnAccent, R::Accent},
                                           {R::TextOnFill, R::LeaderFill},
                                           {R::TextOnFill, R::WarningFill},
                                           {R::TextOnFill, R::BadFill},
                                           {R::TextOnFill, R::GoodFill},
                                           {R::TextOnFill, R::InfoFill},
                                           {R::TextOnFill, R::NeutralFill},
                                           {R::TextOnFill, R::Track},
                                           {R::TextLeader, R::LeaderFill},
                                           {R::TextWarning, R::LeaderFill},
                                           {R::TextMuted, R::LeaderFill},
                                           {R::Text, R::Selected},
                                           {R::Text, R::Hover}}) {
            const double ratio = contrast(theme().color(text), theme().color(ground));
            QVERIFY2(ratio >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2: %3")
                                    .arg(QLatin1String(roleName(text)), QLatin1String(roleName(ground)))
                                    .arg(ratio)));
        }
    }

    void shapesAreSeen_data() { eachTheme(); }
    void shapesAreSeen()
    {
        for (const R surface : {R::Panel, R::Card}) {
            for (const R shape : kShapes) {
                const double ratio = contrast(theme().color(shape), theme().color(surface));
                QVERIFY2(ratio >= 3,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(QLatin1String(roleName(shape)), QLatin1String(roleName(surface)))
                                        .arg(ratio)));
            }
        }
    }

    void recordsCanBeToldApart_data() { eachTheme(); }
    void recordsCanBeToldApart()
    {
        for (int cone = 0; cone < 2; ++cone) {
            for (unsigned a = 0; a < 8; ++a) {
                for (unsigned b = a + 1; b < 8; ++b) {
                    const double apart = distance(seenWithout(cone, theme().color(keyRole(a))),
                                                  seenWithout(cone, theme().color(keyRole(b))));
                    QVERIFY2(apart > 0.08,
                             qPrintable(QStringLiteral("keys %1 and %2: %3").arg(a).arg(b).arg(apart)));
                }
            }
        }
    }

    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) <
                0.01); // the well-known grey that just fails
    }

    void bundledFontsAreUsed()
    {
        QVERIFY(loadFonts());
        QCOMPARE(QFontInfo(makeFont({FontKind::Ui, 12, FontWeight::Regular})).family(),
                 QStringLiteral("Inter"));
        QCOMPARE(QFontInfo(makeFont({FontKind::Mono, 12, FontWeight::Regular})).family(),
                 QStringLiteral("JetBrains Mono"));
        QCOMPARE(makeFont({FontKind::Ui, 12, FontWeight::Regular}).hintingPreference(),
                 QFont::PreferNoHinting);
    }

    void styleSheetKnowsAllItsColours_data() { eachTheme(); }
    void styleSheetKnowsAllItsColours()
    {
        const QString sheet = theme().styleSheet();
        QVERIFY(sheet.contains(theme().color(ColorRole::Card).name()));
        QString code = sheet;
        code.remove(QRegularExpression(QStringLiteral("/\\*.*?\\*/")));
        QVERIFY2(!code.contains(u'@'), qPrintable(code.mid(code.indexOf(u'@'), 40)));
    }

    void themesAreFoundByName()
    {
        QCOMPARE(Theme::byName(QStringLiteral("dark")), &Theme::dark());
        QCOMPARE(Theme::byName(QStringLiteral("light")), &Theme::light());
        QCOMPARE(Theme::byName(QStringLiteral("Dark")), nullptr);
    }
};

TIDELINE_GUI_TEST_MAIN(ThemeTest)
#include "theme_test.moc"
