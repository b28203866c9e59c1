// SPDX-License-Identifier: GPL-3.0-or-later
// Window assignment with the signs and ends where it usually goes wrong (golden scenarios G04, G06).
#include "engine/stream/window_arithmetic.h"

#include <QtTest>

using namespace tideline;

namespace {

std::vector<TimeWindow> sliding(Millis time, Millis size, Millis slide, Millis offset = 0)
{
    std::vector<TimeWindow> windows;
    forEachSlidingWindow(time, size, slide, offset,
                         [&](const TimeWindow& window) { windows.push_back(window); });
    return windows;
}

using Windows = std::vector<TimeWindow>;

} // namespace

class WindowArithmeticTest : public QObject
{
    Q_OBJECT

private slots:
    void tumblingFloorsNegativeTimes()
    {
        QVERIFY((tumblingWindow(-1, 10) == TimeWindow{-10, 0}));
        QVERIFY((tumblingWindow(-10, 10) == TimeWindow{-10, 0}));
        QVERIFY((tumblingWindow(-11, 10) == TimeWindow{-20, -10}));
        QVERIFY((tumblingWindow(0, 10) == TimeWindow{0, 10}));
    }

    void offsetMovesTheGrid()
    {
        QVERIFY((tumblingWindow(5, 10, 3) == TimeWindow{3, 13}));
        QVERIFY((tumblingWindow(2, 10, 3) == TimeWindow{-7, 3}));
        QVERIFY((tumblingWindow(-8, 10, 3) == TimeWindow{-17, -7}));
        QVERIFY((tumblingWindow(2, 10, -3) == TimeWindow{-3, 7}));
    }

    void slidingComesLatestFirst()
    {
        QVERIFY((sliding(0, 10, 4) == Windows{{0, 10}, {-4, 6}, {-8, 2}}));
        QVERIFY((sliding(9, 10, 4) == Windows{{8, 18}, {4, 14}, {0, 10}}));
        QVERIFY((sliding(11, 10, 4) == Windows{{8, 18}, {4, 14}}));
    }

    void slideBeyondSizeLeavesGaps()
    {
        QVERIFY(sliding(4, 3, 5).empty());
        QVERIFY((sliding(0, 3, 5) == Windows{{0, 3}}));
        QVERIFY((sliding(-5, 3, 5) == Windows{{-5, -2}}));
    }

    void endsOfTimeSaturate()
    {
        const TimeWindow last = tumblingWindow(kMaxMillis, 10);
        QCOMPARE(last.end, kMaxMillis);
        QVERIFY(last.start > kMaxMillis - 10);
        const TimeWindow first = tumblingWindow(kMinMillis, 10, 9);
        QCOMPARE(first.start, kMinMillis);
        QVERIFY(sliding(kMinMillis + 1, 10, 4, -3).size() <= 3);
        QCOMPARE(windowStart(kMaxMillis - 3, -5, 10), kMaxMillis - 12); // ...804 on the grid of ...5
    }

    void onlyTheGlobalWindowLastsToTheEnd()
    {
        QCOMPARE(TimeWindow::global().maxTimestamp(), kMaxMillis);
        QCOMPARE((TimeWindow{0, 10}.maxTimestamp()), Millis(9));
        QVERIFY(!(TimeWindow{0, kMaxMillis}.isGlobal()));
    }

    void cleanupTimeSaturates()
    {
        QCOMPARE(cleanupTime({0, 10}, 5), Millis(14));
        QCOMPARE(cleanupTime({0, 10}, kMaxMillis), kMaxMillis);
    }
};

QTEST_APPLESS_MAIN(WindowArithmeticTest)
#include "window_arithmetic_test.moc"
