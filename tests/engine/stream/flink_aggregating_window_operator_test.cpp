// SPDX-License-Identifier: GPL-3.0-or-later
// The running pipeline's operator against the rule in full, and what only it has: fates, totals, panes in
// order.
#include "engine/base/hash.h"
#include "engine/base/random.h"
#include "engine/stream/flink/aggregating_window_operator.h"
#include "engine/stream/flink/window_operator.h"

#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace tideline;
using namespace tideline::flink;

namespace {

WindowOperatorConfig listConfigOf(const WindowSpec& spec)
{
    WindowOperatorConfig config;
    const bool sliding = spec.kind == WindowSpec::Kind::Sliding;
    config.assigner.kind = sliding ? WindowAssigner::Kind::Sliding : WindowAssigner::Kind::Tumbling;
    config.assigner.size = spec.size;
    config.assigner.slide = spec.slide;
    config.assigner.offset = spec.offset;
    config.allowedLateness = spec.allowedLateness;
    return config;
}

WindowSpec randomSpec(Random& random)
{
    const Millis size = random.between(1, 15);
    const Millis slide = random.between(1, 15);
    const Millis lateness = random.below(2) ? 0 : random.between(1, 30);
    if (random.below(2))
        return WindowSpec::tumbling(size, lateness, random.between(1 - size, size - 1));
    return WindowSpec::sliding(size, slide, lateness, random.between(1 - slide, slide - 1));
}

using PaneKey = std::tuple<Millis, Millis, KeyId, std::int64_t, std::int64_t, Millis>;

// The list operator's panes of one step, in the other's order.
std::vector<PaneKey> listPanes(const std::vector<WindowOutput>& outputs)
{
    std::vector<PaneKey> panes;
    for (const WindowOutput& output : outputs)
        if (const auto* result = std::get_if<WindowResult>(&output))
            panes.emplace_back(result->window.end, result->window.start, result->key,
                               static_cast<std::int64_t>(result->values.size()),
                               std::accumulate(result->values.begin(), result->values.end(), std::int64_t{0}),
                               result->watermark);
    std::sort(panes.begin(), panes.end());
    return panes;
}

std::vector<PaneKey> aggregatePanes(const Panes& fired)
{
    std::vector<PaneKey> panes;
    for (const Pane& pane : fired)
        panes.emplace_back(pane.window.end, pane.window.start, pane.key, pane.aggregate.count,
                           pane.aggregate.sum, pane.watermark);
    return panes;
}

std::uint64_t hashOf(const AggregatingWindowOperator& windows)
{
    Hasher hasher;
    hashValue(hasher, windows);
    return hasher.digest();
}

std::vector<WindowTotals> totalsOf(const AggregatingWindowOperator& windows)
{
    std::vector<WindowTotals> result;
    windows.forEachWindow(kMinMillis, [&](const WindowTotals& totals) { result.push_back(totals); });
    return result;
}

} // namespace

class FlinkAggregatingWindowOperatorTest : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithTheListOperator_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 0; seed < 300; ++seed)
            QTest::addRow("%llu", static_cast<unsigned long long>(seed)) << seed;
    }

    void agreesWithTheListOperator()
    {
        QFETCH(quint64, seed);
        Random random(seed, 1);
        const WindowSpec spec = randomSpec(random);
        QVERIFY(!checkWindowSpec(spec, "spec"));
        AggregatingWindowOperator windows(spec);
        WindowOperator list(listConfigOf(spec));
        Millis time = random.between(-100, 100);
        for (int step = 0; step < 300; ++step) {
            std::vector<WindowOutput> expected;
            Panes fired;
            if (random.below(4) != 0) {
                time += random.between(0, 3);
                const Millis timestamp = time - (random.below(3) ? 0 : random.between(0, 40));
                const KeyId key = static_cast<KeyId>(random.below(300));
                const std::int64_t value = random.between(-5, 5);
                list.processElement({key, timestamp, value}, expected);
                windows.add(key, timestamp, value, fired);
            } else if (const Millis watermark = time - random.between(0, 20); watermark > list.watermark()) {
                list.processWatermark(watermark, expected);
                windows.advanceWatermark(watermark, fired);
            }
            QCOMPARE(aggregatePanes(fired), listPanes(expected));
            QCOMPARE(static_cast<std::uint64_t>(windows.counters().numLateRecordsDropped),
                     list.numLateRecordsDropped());
            QVERIFY(windows.counters().balanced());
            const std::optional<Error> error = windows.audit();
            QVERIFY2(!error, error ? error->sentence.c_str() : "");
        }
    }

    void theThreeKindsOfLate()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10, 5));
        Panes fired;
        QCOMPARE(windows.add(0, 7, 1, fired), Fate::Counted);
        windows.advanceWatermark(7, fired);
        QCOMPARE(windows.add(0, 7, 1, fired), Fate::CountedLate); // t <= W, the window waits for 9
        windows.advanceWatermark(9, fired);
        QCOMPARE(fired.size(), std::size_t(1));
        QCOMPARE(windows.add(0, 3, 1, fired), Fate::CountedAfterFiring);
        QCOMPARE(windows.add(4, 3, 1, fired), Fate::CountedAfterFiring);
        QCOMPARE(windows.add(0, 3, 1, fired), Fate::CountedAfterFiring);
        windows.advanceWatermark(14, fired);
        QCOMPARE(windows.add(0, 3, 1, fired), Fate::Dropped);
        std::vector<std::uint32_t> firings;
        for (const Pane& pane : fired)
            firings.push_back(pane.firing);
        QCOMPARE(firings, (std::vector<std::uint32_t>{0, 1, 1, 2}));

        const std::vector<WindowTotals> totals = totalsOf(windows);
        QCOMPARE(totals.size(), std::size_t(1));
        QVERIFY((totals[0] == WindowTotals{{0, 10}, WindowPhase::Cleaned, {5, 5}, 2, 1, 3, 1, 9}));
        QCOMPARE(windows.counters().countedInTime(), std::int64_t(1));
    }

    void slidingIsPartlyDropped()
    {
        AggregatingWindowOperator windows(WindowSpec::sliding(10, 4));
        Panes fired;
        windows.add(0, 5, 1, fired);
        windows.advanceWatermark(9, fired);
        QCOMPARE(windows.add(0, 6, 1, fired), Fate::PartlyDropped); // [0,10) is gone, [4,14) is not
        QCOMPARE(windows.counters().numLateRecordsDropped, std::int64_t(0));
        windows.advanceWatermark(13, fired);
        QCOMPARE(windows.add(0, 7, 1, fired), Fate::Dropped);
    }

    void noWindowIsNotLate()
    {
        AggregatingWindowOperator windows(WindowSpec::sliding(3, 5));
        Panes fired;
        QCOMPARE(windows.add(0, 4, 1, fired), Fate::NoWindow);
        windows.advanceWatermark(10, fired);
        QCOMPARE(windows.add(0, 4, 1, fired), Fate::Dropped);
    }

    void panesComeByEndThenKey()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10));
        Panes fired;
        for (const KeyId key : {KeyId(700), KeyId(2), KeyId(30)})
            for (const Millis time : {Millis(25), Millis(5), Millis(15)})
                windows.add(key, time, 1, fired);
        windows.advanceWatermark(kMaxMillis, fired);
        std::vector<std::pair<Millis, KeyId>> order;
        for (const Pane& pane : fired)
            order.emplace_back(pane.window.end, pane.key);
        QCOMPARE(order.size(), std::size_t(9));
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(windows.liveWindows(), std::size_t(0));
        QCOMPARE(windows.counters().cleaned, std::int64_t(9));
    }

    void totalsListDroppedWindowsInOrder()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10));
        Panes fired;
        windows.add(0, 35, 1, fired);
        windows.advanceWatermark(29, fired);
        for (const Millis late : {Millis(25), Millis(5), Millis(26)})
            windows.add(0, late, 1, fired);
        std::vector<std::tuple<Millis, std::int64_t, std::int64_t>> found;
        for (const WindowTotals& totals : totalsOf(windows))
            found.emplace_back(totals.window.start, totals.aggregate.count, totals.dropped);
        QCOMPARE(found, (std::vector<std::tuple<Millis, std::int64_t, std::int64_t>>{
                            {0, 0, 1}, {20, 0, 2}, {30, 1, 0}}));
    }

    void maximalLatenessKeepsStateForEver()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10, kMaxMillis));
        Panes fired;
        windows.add(0, 1, 1, fired);
        windows.advanceWatermark(1000, fired);
        QCOMPARE(windows.add(0, 3, 1, fired), Fate::CountedAfterFiring);
        windows.advanceWatermark(kMaxMillis, fired);
        QCOMPARE(windows.liveWindows(), std::size_t(1));
        QCOMPARE(windows.add(0, 4, 1, fired), Fate::Dropped);
        QVERIFY(windows.counters().balanced());
    }

    void theWatermarkNeverGoesBack()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10));
        Panes fired;
        windows.advanceWatermark(20, fired);
        windows.advanceWatermark(10, fired);
        QCOMPARE(windows.watermark(), Millis(20));
    }

    void copiesAreIndependentAndHashed()
    {
        AggregatingWindowOperator windows(WindowSpec::tumbling(10, 5));
        Panes fired;
        windows.add(3, 5, 10, fired);
        AggregatingWindowOperator copy = windows;
        QVERIFY(copy == windows);
        QCOMPARE(hashOf(copy), hashOf(windows));
        copy.add(3, 6, 1, fired);
        QVERIFY(!(copy == windows));
        QVERIFY(hashOf(copy) != hashOf(windows));
        QCOMPARE(windows.aggregate(3, 0).count, std::int64_t(1));
        QCOMPARE(copy.aggregate(3, 0).count, std::int64_t(2));
        windows.add(3, 6, 1, fired);
        QVERIFY(copy == windows);
        QCOMPARE(hashOf(copy), hashOf(windows));
        windows.advanceWatermark(3, fired); // nothing fires, but W is state
        QVERIFY(hashOf(copy) != hashOf(windows));
    }
};

QTEST_APPLESS_MAIN(FlinkAggregatingWindowOperatorTest)
#include "flink_aggregating_window_operator_test.moc"
