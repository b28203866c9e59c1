// SPDX-License-Identifier: GPL-3.0-or-later
// When a broker speaks to the active controller: one request at a time, one time for the next.
#include "engine/cluster/lifecycle_schedule.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

using State = LifecycleSchedule::State;

constexpr Micros kInterval = 2'000'000;
constexpr Micros kSession = 9'000'000;

// The request that is due is made, and the broker is told what comes of it after 7 ms.
struct Clock
{
    LifecycleSchedule schedule;
    Random draws{1, 0};
    Micros now = 0;
    LifecycleSchedule::Next next = schedule.start(0);

    void ask()
    {
        now = next.at;
        QVERIFY(schedule.begin(next.number, now));
        now += 7'000;
    }
    // The wait that follows, from the answer on.
    Micros registered()
    {
        ask();
        next = schedule.onRegistered(now);
        return next.at - now;
    }
    Micros answered(bool caughtUp, bool fenced)
    {
        ask();
        next = schedule.onHeartbeat({caughtUp, fenced}, kInterval, now);
        return next.at - now;
    }
    Micros failed()
    {
        ask();
        next = schedule.onFailure(kSession, draws, now);
        return next.at - now;
    }
    void run()
    {
        registered();
        answered(true, true);
        next = schedule.becomeReadyToUnfence(now);
        answered(true, false);
    }
    // It runs, and is to stop while an answer is missing.
    void stopWhileAsking()
    {
        run();
        ask();
        next = schedule.beginControlledShutdown(now);
        QVERIFY(!schedule.begin(next.number, now));
    }
};

} // namespace

class LifecycleScheduleTest : public QObject
{
    Q_OBJECT

private slots:
    void fromStartToRunning()
    {
        Clock clock;
        QCOMPARE(clock.next.at, Micros{0});
        QCOMPARE(clock.registered(), Micros{0});
        QCOMPARE(clock.answered(false, true), Micros{10'000});
        QVERIFY(!clock.schedule.caughtUp());
        QCOMPARE(clock.answered(true, true), Micros{10'000});
        QVERIFY(clock.schedule.state() == State::Recovery);
        clock.next = clock.schedule.becomeReadyToUnfence(clock.now);
        QCOMPARE(clock.next.at, clock.now);
        QCOMPARE(clock.answered(true, true), kInterval); // still fenced
        QVERIFY(clock.schedule.state() == State::Recovery);
        QCOMPARE(clock.answered(true, false), kInterval);
        QVERIFY(clock.schedule.state() == State::Running);
        QCOMPARE(clock.answered(true, true), kInterval); // fenced later: it runs on
        QVERIFY(clock.schedule.state() == State::Running);
    }

    // 100 ms, doubled up to the session, each within two hundredths, in whole milliseconds.
    void failuresBackOff()
    {
        Clock clock;
        Micros expected = 100'000;
        for (int i = 0; i < 12; ++i) {
            const Micros wait = clock.failed();
            QVERIFY(wait >= expected / 1000 * 980 && wait < expected / 1000 * 1020);
            QVERIFY(wait <= kSession);
            QCOMPARE(wait % 1'000, Micros{0});
            expected = std::min(2 * expected, kSession);
        }
        clock.registered(); // forgets them
        QVERIFY(clock.failed() < 102'000);
    }

    void aShortSessionBoundsTheBackOff()
    {
        Clock clock;
        clock.ask();
        clock.next = clock.schedule.onFailure(40'000, clock.draws, clock.now);
        QCOMPARE(clock.next.at - clock.now, Micros{40'000});
    }

    // The time that was set first no longer counts.
    void aLaterTimeReplacesTheOneBefore()
    {
        Clock clock;
        clock.run();
        const LifecycleSchedule::Next replaced = clock.next;
        clock.next = clock.schedule.beginControlledShutdown(clock.now);
        QVERIFY(!clock.schedule.begin(replaced.number, replaced.at));
        QVERIFY(clock.schedule.begin(clock.next.number, clock.next.at));
    }

    void aControlledShutdownAsksSoonOnce()
    {
        Clock clock;
        clock.run();
        clock.next = clock.schedule.beginControlledShutdown(clock.now);
        QCOMPARE(clock.next.at, clock.now);
        QCOMPARE(clock.answered(true, false), Micros{50'000});
        QCOMPARE(clock.answered(true, false), kInterval);
    }

    // The shutdown begins while an answer is missing: what it asks for goes out with that.
    void whatComesDueMeanwhileIsMadeUpFor()
    {
        Clock clock;
        clock.stopWhileAsking();
        clock.next = clock.schedule.onHeartbeat({true, false}, kInterval, clock.now);
        QCOMPARE(clock.next.at, clock.now);
    }

    void notAfterAFailure()
    {
        Clock clock;
        clock.stopWhileAsking();
        clock.next = clock.schedule.onFailure(kSession, clock.draws, clock.now);
        QVERIFY(clock.next.at >= clock.now + 98'000);
    }
};

TIDELINE_RULE_TEST(LifecycleScheduleTest)
#include "lifecycle_schedule_test.moc"
