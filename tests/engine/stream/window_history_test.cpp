// SPDX-License-Identifier: GPL-3.0-or-later
// The history keeps windows ordered by start, whatever order they come in, and forgets the oldest.
#include "engine/stream/window_history.h"

#include "engine/base/random.h"

#include <QtTest>

#include <map>

using namespace tideline;

namespace {

WindowTotals totalsAt(Millis start, std::int64_t count = 1)
{
    WindowTotals totals;
    totals.window = {start, start + 10};
    totals.phase = WindowPhase::Cleaned;
    totals.aggregate.count = count;
    return totals;
}

std::vector<Millis> starts(const WindowHistory& history, Millis from = kMinMillis)
{
    std::vector<Millis> result;
    history.forEach(from, [&](const WindowTotals& totals) { result.push_back(totals.window.start); });
    return result;
}

} // namespace

class WindowHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void anyOrderComesOutSorted()
    {
        Random random(3, 1);
        WindowHistory history;
        std::map<Millis, std::int64_t> expected;
        for (int i = 0; i < 2000; ++i) {
            const Millis start = random.between(-700, 700) * 10;
            history.addDropped({start, start + 10});
            ++expected[start];
        }
        std::map<Millis, std::int64_t> found;
        std::vector<Millis> order;
        history.forEach(kMinMillis, [&](const WindowTotals& totals) {
            found[totals.window.start] = totals.dropped;
            order.push_back(totals.window.start);
        });
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(found, expected);
        QCOMPARE(history.size(), expected.size());
    }

    void walkingStartsWhereAsked()
    {
        WindowHistory history;
        for (Millis start = 0; start < 2000; start += 10)
            history.add(totalsAt(start));
        QCOMPARE(starts(history, 1975).front(), Millis(1980));
        QCOMPARE(starts(history, 1975).size(), std::size_t(2));
        QCOMPARE(starts(history, -5).size(), std::size_t(200));
        QVERIFY(starts(history, 1991).empty());
    }

    void theOldestAreForgotten()
    {
        WindowHistory history;
        const auto total = static_cast<Millis>(WindowHistory::kWindowsKept) + 1;
        for (Millis i = 0; i < total; ++i)
            history.add(totalsAt(i * 10));
        QVERIFY(history.size() <= WindowHistory::kWindowsKept);
        QCOMPARE(starts(history).back(), (total - 1) * 10);
        QVERIFY(starts(history).front() > history.forgottenUpTo());
        const WindowHistory before = history;
        history.addDropped({0, 10});
        QVERIFY(history == before);
    }

    void copiesAreIndependent()
    {
        WindowHistory history;
        history.add(totalsAt(0));
        const WindowHistory copy = history;
        history.addDropped({0, 10});
        QVERIFY(!(history == copy));
        std::int64_t dropped = -1;
        copy.forEach(0, [&](const WindowTotals& totals) { dropped = totals.dropped; });
        QCOMPARE(dropped, std::int64_t(0));
    }
};

QTEST_APPLESS_MAIN(WindowHistoryTest)
#include "window_history_test.moc"
