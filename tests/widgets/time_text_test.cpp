// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "widgets/theme/data_time_text.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

class TimeTextTest : public QObject
{
    Q_OBJECT
private slots:
    void timesReadAsPeopleSayThem()
    {
        QCOMPARE(dataTimeText(80'000), QStringLiteral("1:20"));
        QCOMPARE(dataTimeText(80'500), QStringLiteral("1:20.5"));
        QCOMPARE(dataTimeText(3'723'000), QStringLiteral("1:02:03"));
        QCOMPARE(dataTimeText(-5'000), QStringLiteral("−0:05"));
        QCOMPARE(dataTimeText(1'199'340'000'000), QStringLiteral("Jan 3 06:00"));
        QCOMPARE(dataTimeText(1'199'340'010'000), QStringLiteral("Jan 3 06:00:10"));
        QCOMPARE(dataTimeText(kMaxMillis), QStringLiteral("∞"));
        QCOMPARE(dataTimeText(kMinMillis), QStringLiteral("−∞"));
    }

    void windowsAreHalfOpenAndSayTheDayOnce()
    {
        QCOMPARE(dataWindowText(80'000, 90'000), QStringLiteral("[1:20, 1:30)"));
        QCOMPARE(dataWindowText(1'199'340'000'000, 1'199'343'600'000),
                 QStringLiteral("[Jan 3 06:00, 07:00)"));
        QCOMPARE(dataWindowText(1'199'318'400'000, 1'199'404'800'000), QStringLiteral("[Jan 3, Jan 4)"));
    }

    void spansHaveTheirUnit()
    {
        QCOMPARE(spanText(0), QStringLiteral("0 ms"));
        QCOMPARE(spanText(200), QStringLiteral("200 ms"));
        QCOMPARE(spanText(6'000), QStringLiteral("6 s"));
        QCOMPARE(spanText(1'500), QStringLiteral("1.5 s"));
        QCOMPARE(spanText(5'400'000), QStringLiteral("1 h 30 min"));
        QCOMPARE(spanText(2 * 86'400'000), QStringLiteral("2 d"));
        QCOMPARE(spanText(-200), QStringLiteral("−200 ms"));
    }

    void ticksAreRoundAndNotTooMany_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        QTest::addColumn<qint64>("step");
        QTest::newRow("a minute and a half") << qint64(0) << qint64(90'000) << qint64(10'000);
        QTest::newRow("a week") << qint64(1'199'318'400'000) << qint64(1'199'923'200'000)
                                << qint64(86'400'000);
        QTest::newRow("ten milliseconds") << qint64(3) << qint64(13) << qint64(1);
        QTest::newRow("before zero") << qint64(-4'000) << qint64(5'000) << qint64(1'000);
    }

    void ticksAreRoundAndNotTooMany()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        QFETCH(qint64, step);
        const std::vector<TimeTick> ticks = timeTicks(from, to, 10);
        QVERIFY(ticks.size() >= 2 && ticks.size() <= 11);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(ticks[i].at >= from && ticks[i].at <= to);
            QCOMPARE(floorMod(ticks[i].at, step), Millis(0));
            if (i > 0)
                QCOMPARE(ticks[i].at - ticks[i - 1].at, Millis(step));
        }
    }

    void oddRangesHaveNoOrFewTicks()
    {
        QVERIFY(timeTicks(10, 5, 10).empty());
        QCOMPARE(timeTicks(7, 7, 10).size(), std::size_t(1));
        QVERIFY(timeTicks(kMinMillis, kMaxMillis, 10).size() <= 11);
        QVERIFY(timeTicks(0, 100, 0).empty());
    }

    void theDayIsSaidWhenItChanges()
    {
        const std::vector<TimeTick> ticks =
            timeTicks(1'199'318'400'000, 1'199'318'400'000 + 2 * 86'400'000, 8);
        QCOMPARE(ticks[0].label, QStringLiteral("Jan 3 00:00"));
        QCOMPARE(ticks[1].label, QStringLiteral("06:00"));
        QCOMPARE(ticks[4].label, QStringLiteral("Jan 4 00:00"));
    }
};

TIDELINE_GUI_TEST_MAIN(TimeTextTest)
#include "time_text_test.moc"
