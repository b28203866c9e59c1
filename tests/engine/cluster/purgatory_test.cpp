// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that wait at a broker: numbers are never used again, and one timer serves them all.
#include "engine/cluster/purgatory.h"
#include "tests/engine/effects_of.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

using Times = std::vector<Micros>;

namespace {

Pending fetchFrom(NodeIndex node)
{
    return PendingFetch{ReplyTo{node, 0, 1}, {}, {}};
}

NodeIndex askerOf(const Pending& pending)
{
    return std::get<PendingFetch>(pending).to.node;
}

Times timers(Effects& out)
{
    return tests::timersOf(out, TimerKind::Purgatory);
}

} // namespace

class PurgatoryTest : public QObject
{
    Q_OBJECT

private slots:
    void onlyAnEarlierDeadlineArmsATimer()
    {
        Purgatory purgatory;
        Effects out;
        purgatory.add(fetchFrom(1), 500, out);
        purgatory.add(fetchFrom(2), 700, out);
        QCOMPARE(timers(out), Times{500});
        purgatory.add(fetchFrom(3), 300, out);
        QCOMPARE(timers(out), (Times{500, 300}));
    }

    void theEarliestIsDueFirst()
    {
        Purgatory purgatory;
        Effects out;
        const auto late = purgatory.add(fetchFrom(1), 500, out);
        const auto early = purgatory.add(fetchFrom(2), 300, out);
        QCOMPARE(purgatory.due(299, out), std::int64_t{-1});
        QCOMPARE(purgatory.due(500, out), early);
        QCOMPARE(askerOf(purgatory.take(early)), 2);
        QCOMPARE(purgatory.due(500, out), late);
        QCOMPARE(askerOf(purgatory.take(late)), 1);
        QCOMPARE(purgatory.due(500, out), std::int64_t{-1});
    }

    // Answered before its deadline: the old timer finds nothing and arms itself for the next one.
    void staleTimerArmsTheNext()
    {
        Purgatory purgatory;
        Effects out;
        const auto answered = purgatory.add(fetchFrom(1), 300, out);
        purgatory.add(fetchFrom(2), 900, out);
        purgatory.take(answered);
        out.clear();
        QCOMPARE(purgatory.due(300, out), std::int64_t{-1});
        QCOMPARE(timers(out), Times{900});
    }

    // Two timers run once an earlier deadline has come up; only one of them may arm the next, or there would
    // be ever more.
    void aSupersededTimerIsSilent()
    {
        Purgatory purgatory;
        Effects out;
        purgatory.add(fetchFrom(1), 900, out);
        purgatory.take(purgatory.add(fetchFrom(2), 300, out));
        purgatory.add(fetchFrom(3), 1200, out);
        out.clear();
        QCOMPARE(purgatory.due(300, out), std::int64_t{-1});
        QCOMPARE(timers(out), Times{900});
        purgatory.take(purgatory.due(900, out)); // of the first timer for 900
        QCOMPARE(purgatory.due(900, out), std::int64_t{-1});
        QCOMPARE(timers(out), (Times{900, 1200}));
        QCOMPARE(purgatory.due(900, out), std::int64_t{-1}); // of the second
        QCOMPARE(timers(out), (Times{900, 1200}));
    }

    void withNothingLeftNoTimerIsArmed()
    {
        Purgatory purgatory;
        Effects out;
        purgatory.take(purgatory.add(fetchFrom(1), 300, out));
        out.clear();
        QCOMPARE(purgatory.due(300, out), std::int64_t{-1});
        QVERIFY(out.list().empty());
    }

    void equalDeadlinesAreDueInTheOrderOfAsking()
    {
        Purgatory purgatory;
        Effects out;
        const auto first = purgatory.add(fetchFrom(1), 300, out);
        const auto second = purgatory.add(fetchFrom(2), 300, out);
        QCOMPARE(purgatory.due(300, out), first);
        purgatory.take(first);
        QCOMPARE(purgatory.due(300, out), second);
    }

    // A partition may keep the number of what is long answered; it must never find somebody else's request.
    void numbersAreNeverUsedTwice()
    {
        Purgatory purgatory;
        Effects out;
        const auto first = purgatory.add(fetchFrom(1), 300, out);
        purgatory.take(first);
        QVERIFY(!purgatory.find(first));
        const auto second = purgatory.add(fetchFrom(2), 300, out);
        QVERIFY(second != first);
        purgatory.forgetAll();
        QVERIFY(!purgatory.find(second));
        QVERIFY(purgatory.add(fetchFrom(3), 300, out) > second);
    }

    void afterForgettingATimerIsArmedAgain()
    {
        Purgatory purgatory;
        Effects out;
        purgatory.add(fetchFrom(1), 300, out);
        purgatory.forgetAll();
        out.clear();
        purgatory.add(fetchFrom(2), 800, out);
        QCOMPARE(timers(out), Times{800});
    }
};

TIDELINE_RULE_TEST(PurgatoryTest)
#include "purgatory_test.moc"
