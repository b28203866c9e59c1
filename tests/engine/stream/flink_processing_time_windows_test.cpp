// SPDX-License-Identifier: GPL-3.0-or-later
// Windows by the clock: nothing late, one firing each, when the clock reaches the end.
#include "engine/stream/flink/processing_time_windows.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

class FlinkProcessingTimeWindowsTest : public QObject
{
    Q_OBJECT

private slots:
    void firesAtTheEnd()
    {
        ProcessingTimeWindows windows(WindowSpec::tumbling(10));
        std::vector<WindowTotals> fired;
        windows.add(3, Aggregate{1, 5}, fired);
        windows.add(9, Aggregate{1, 6}, fired);
        windows.advanceProcessingTime(9, fired);
        QVERIFY(fired.empty());
        windows.advanceProcessingTime(10, fired);
        QCOMPARE(fired.size(), std::size_t(1));
        QVERIFY((fired[0].window == TimeWindow{0, 10}));
        QVERIFY((fired[0].aggregate == Aggregate{2, 11}));
    }

    void addingMovesTheClock()
    {
        ProcessingTimeWindows windows(WindowSpec::tumbling(10));
        std::vector<WindowTotals> fired;
        windows.add(3, Aggregate{1, 1}, fired);
        windows.add(25, Aggregate{1, 1}, fired);
        QCOMPARE(fired.size(), std::size_t(1));
        windows.add(2, Aggregate{1, 1}, fired); // the clock does not go back
        QCOMPARE(windows.processingTime(), Millis(25));
        std::vector<std::int64_t> counts;
        windows.forEachWindow(kMinMillis,
                              [&](const WindowTotals& totals) { counts.push_back(totals.aggregate.count); });
        QCOMPARE(counts, (std::vector<std::int64_t>{1, 2}));
    }

    void slidingFiresByAscendingEnd()
    {
        ProcessingTimeWindows windows(WindowSpec::sliding(10, 4));
        std::vector<WindowTotals> fired;
        windows.add(9, Aggregate{1, 1}, fired);
        windows.advanceProcessingTime(100, fired);
        std::vector<Millis> ends;
        for (const WindowTotals& totals : fired)
            ends.push_back(totals.window.end);
        QCOMPARE(ends, (std::vector<Millis>{10, 14, 18}));
    }
};

QTEST_APPLESS_MAIN(FlinkProcessingTimeWindowsTest)
#include "flink_processing_time_windows_test.moc"
