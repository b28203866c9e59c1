// SPDX-License-Identifier: GPL-3.0-or-later
// The run over time in at most 1 024 points a line: counters add up, gauges keep the larger value.
#include "engine/lab/roll_ups.h"
#include "tests/engine/rule_tests.h"

#include <numeric>

using namespace tideline;

namespace {

std::size_t addLine(RollUps& rollUps, RollUps::Merge merge)
{
    return rollUps.addLine(ChartsFrame::Chart::Throughput, ChartsFrame::Line::Produced, kNone, kNone, merge);
}

} // namespace

class RollUpsTest : public QObject
{
    Q_OBJECT

private slots:
    void bucketsClose()
    {
        RollUps rollUps;
        const std::size_t counter = addLine(rollUps, RollUps::Merge::Add);
        const std::size_t gauge = addLine(rollUps, RollUps::Merge::Largest);
        QCOMPARE(rollUps.nextClose(), Micros{100'000});
        rollUps.count(counter, 3);
        rollUps.count(counter, 4);
        rollUps.gauge(gauge, 9);
        rollUps.gauge(gauge, 5);
        rollUps.closeBucket();
        QCOMPARE(rollUps.nextClose(), Micros{200'000});
        rollUps.closeBucket();
        QCOMPARE(rollUps.line(counter).points, (std::vector<std::int64_t>{7, 0}));
        QCOMPARE(rollUps.line(gauge).points, (std::vector<std::int64_t>{9, RollUps::kNothing}));
    }

    void aFullLineIsHalved()
    {
        RollUps rollUps;
        const std::size_t counter = addLine(rollUps, RollUps::Merge::Add);
        const std::size_t gauge = addLine(rollUps, RollUps::Merge::Largest);
        for (std::int64_t i = 0; i < 1023; ++i) {
            rollUps.count(counter, 1);
            rollUps.gauge(gauge, i);
            rollUps.closeBucket();
        }
        QCOMPARE(rollUps.line(counter).points.size(), std::size_t{1023});
        QCOMPARE(rollUps.nextClose(), Micros{102'400'000});
        rollUps.count(counter, 1);
        rollUps.gauge(gauge, 1023);
        rollUps.closeBucket();
        QCOMPARE(rollUps.bucket(), Micros{200'000});
        QCOMPARE(rollUps.nextClose(), Micros{102'600'000});
        QCOMPARE(rollUps.line(counter).points, std::vector<std::int64_t>(512, 2));
        QCOMPARE(rollUps.line(gauge).points.front(), std::int64_t{1});
        QCOMPARE(rollUps.line(gauge).points.back(), std::int64_t{1023});
    }

    // However long the run: the points stay few and nothing that was counted goes missing.
    void nothingIsLostInAnHour()
    {
        RollUps rollUps;
        const std::size_t counter = addLine(rollUps, RollUps::Merge::Add);
        std::int64_t counted = 0;
        for (Micros now = 0; now < 3600 * kMicrosPerSecond; now = rollUps.nextClose()) {
            rollUps.count(counter, now / kMicrosPerSecond);
            counted += now / kMicrosPerSecond;
            rollUps.closeBucket();
        }
        const std::vector<std::int64_t>& points = rollUps.line(counter).points;
        QVERIFY(points.size() < RollUps::kPoints);
        QVERIFY(points.size() >= RollUps::kPoints / 2);
        QCOMPARE(std::accumulate(points.begin(), points.end(), std::int64_t{0}), counted);
    }

    void aLateLineIsAsLongAsTheOthers()
    {
        RollUps rollUps;
        const std::size_t early = addLine(rollUps, RollUps::Merge::Add);
        for (int i = 0; i < 5; ++i)
            rollUps.closeBucket();
        const std::size_t late = addLine(rollUps, RollUps::Merge::Add);
        rollUps.count(late, 6);
        rollUps.closeBucket();
        QCOMPARE(rollUps.line(late).points.size(), rollUps.line(early).points.size());
        QCOMPARE(rollUps.line(late).points.back(), std::int64_t{6});
    }
};

TIDELINE_RULE_TEST(RollUpsTest)
#include "roll_ups_test.moc"
