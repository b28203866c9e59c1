// SPDX-License-Identifier: GPL-3.0-or-later
// Whole views against pictures that somebody has looked at.
#include "tests/support/gui_main.h"
#include "tests/support/picture_compare.h"
#include "tests/widgets/charts_sample.h"
#include "tests/widgets/groups_sample.h"
#include "tests/widgets/time_sample.h"
#include "widgets/charts/charts_figure.h"
#include "widgets/groups/groups_layout.h"
#include "widgets/scene/scene_to_image.h"
#include "widgets/time/time_layout.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

class GroupsTimeChartsPicturesTest : public QObject
{
    Q_OBJECT
private slots:
    void groupsDark()
    {
        const Scene scene = layoutGroups(groupsSample(), {1280, 720}, FontMetrics());
        QCOMPARE(checkPicture(sceneToImage(scene, Theme::dark()), QStringLiteral("groups-dark")), QString());
    }

    void timeDark()
    {
        const Scene scene = layoutTime(timeSample(), {{1280, 720}}, {}, FontMetrics());
        QCOMPARE(checkPicture(sceneToImage(scene, Theme::dark()), QStringLiteral("time-dark")), QString());
    }

    // A week of a recorded log, with records that are seen before they happen by their own clock.
    void timeLight()
    {
        TimeSampleOptions week;
        week.start = 1'199'318'400'000; // 2008-01-03
        week.span = 7 * 86'400'000LL;
        week.window = 6 * 3'600'000;
        week.outOfOrderness = 14 * 3'600'000;
        week.lateness = 3'600'000;
        week.early = true;
        const Scene scene = layoutTime(timeSample(week), {{1280, 720}}, {}, FontMetrics());
        QCOMPARE(checkPicture(sceneToImage(scene, Theme::light()), QStringLiteral("time-light")), QString());
    }

    void chartsDark()
    {
        const QImage image = chartsFigure(chartsSample(200, 6), {1280, 720}, Theme::dark());
        QCOMPARE(checkPicture(image, QStringLiteral("charts-dark")), QString());
    }
};

TIDELINE_GUI_TEST_MAIN(GroupsTimeChartsPicturesTest)
#include "groups_time_charts_pictures_test.moc"
