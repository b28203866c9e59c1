// SPDX-License-Identifier: GPL-3.0-or-later
// How often each record was seen, as ranges: against counting one by one.
#include "engine/base/random.h"
#include "engine/lab/record_ranges.h"
#include "tests/engine/rule_tests.h"

#include <map>

using namespace tideline;

namespace {

QString textOf(const RecordRanges& ranges)
{
    QStringList texts;
    for (const RecordRanges::Range& range : ranges.ranges())
        texts << QString("%1-%2x%3").arg(range.first).arg(range.end).arg(range.times);
    return texts.join(' ');
}

// Adds and says which parts were seen how often before.
QString add(RecordRanges& ranges, RecordNumber first, RecordNumber end)
{
    QStringList parts;
    ranges.add(first, end, [&](RecordNumber from, RecordNumber to, std::int64_t before) {
        parts << QString("%1-%2:%3").arg(from).arg(to).arg(before);
    });
    return parts.join(' ');
}

QString gaps(const RecordRanges& ranges, RecordNumber first, RecordNumber end)
{
    QStringList parts;
    ranges.forEachGap(
        first, end, [&](RecordNumber from, RecordNumber to) { parts << QString("%1-%2").arg(from).arg(to); });
    return parts.join(' ');
}

} // namespace

class RecordRangesTest : public QObject
{
    Q_OBJECT

private slots:
    void inOrderIsOneRange()
    {
        RecordRanges ranges;
        QCOMPARE(add(ranges, 0, 5), "0-5:0");
        QCOMPARE(add(ranges, 5, 9), "5-9:0");
        QCOMPARE(textOf(ranges), "0-9x1");
        QCOMPARE(add(ranges, 20, 22), "20-22:0");
        QCOMPARE(textOf(ranges), "0-9x1 20-22x1");
        QCOMPARE(add(ranges, 9, 9), "");
    }

    void overlaps_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("parts");
        QTest::addColumn<QString>("ranges");
        QTest::newRow("inside") << 12 << 15 << "12-15:1"
                                << "10-12x1 12-15x2 15-20x1 30-40x1";
        QTest::newRow("all of one") << 10 << 20 << "10-20:1"
                                    << "10-20x2 30-40x1";
        QTest::newRow("before") << 0 << 5 << "0-5:0"
                                << "0-5x1 10-20x1 30-40x1";
        QTest::newRow("up to one") << 5 << 10 << "5-10:0"
                                   << "5-20x1 30-40x1";
        QTest::newRow("over its beginning") << 5 << 12 << "5-10:0 10-12:1"
                                            << "5-10x1 10-12x2 12-20x1 30-40x1";
        QTest::newRow("the gap") << 20 << 30 << "20-30:0"
                                 << "10-40x1";
        QTest::newRow("over both") << 15 << 35 << "15-20:1 20-30:0 30-35:1"
                                   << "10-15x1 15-20x2 20-30x1 30-35x2 35-40x1";
        QTest::newRow("over the end") << 35 << 45 << "35-40:1 40-45:0"
                                      << "10-20x1 30-35x1 35-40x2 40-45x1";
    }

    void overlaps()
    {
        QFETCH(int, first);
        QFETCH(int, end);
        RecordRanges ranges;
        add(ranges, 10, 20);
        add(ranges, 30, 40);
        QTEST(add(ranges, first, end), "parts");
        QTEST(textOf(ranges), "ranges");
    }

    void gaps_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("gaps");
        QTest::newRow("nothing missing") << 12 << 20 << "";
        QTest::newRow("all of it") << 22 << 28 << "22-28";
        QTest::newRow("around") << 0 << 50 << "0-10 20-30 40-50";
        QTest::newRow("between") << 15 << 35 << "20-30";
        QTest::newRow("behind") << 45 << 50 << "45-50";
        QTest::newRow("nothing asked") << 25 << 25 << "";
    }

    void gaps()
    {
        QFETCH(int, first);
        QFETCH(int, end);
        RecordRanges ranges;
        add(ranges, 10, 20);
        add(ranges, 30, 40);
        QTEST(::gaps(ranges, first, end), "gaps");
    }

    void agreesWithCountingOneByOne()
    {
        Random random(11, 0);
        RecordRanges ranges;
        std::map<RecordNumber, std::int64_t> counted;
        for (int turn = 0; turn < 500; ++turn) {
            const auto first = static_cast<RecordNumber>(random.below(100));
            const auto end = first + static_cast<RecordNumber>(random.below(12));
            RecordNumber next = first;
            ranges.add(first, end, [&](RecordNumber from, RecordNumber to, std::int64_t before) {
                QCOMPARE(from, next); // in order and without holes
                for (next = from; next < to; ++next)
                    QCOMPARE(before, counted[next]++);
            });
            QCOMPARE(next, end);
        }
        RecordNumber last = -1;
        std::int64_t times = 0;
        for (const RecordRanges::Range& range : ranges.ranges()) {
            QVERIFY(range.first > last || (range.first == last && range.times != times));
            for (RecordNumber k = range.first; k < range.end; ++k)
                QCOMPARE(range.times, counted[k]);
            last = range.end;
            times = range.times;
        }
    }
};

TIDELINE_RULE_TEST(RecordRangesTest)
#include "record_ranges_test.moc"
