// SPDX-License-Identifier: GPL-3.0-or-later
// Brokers that are killed, started and paused within their session, in whole runs.
#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

// The sum of the high watermarks of the topic's two partitions.
Offset committed(const Engine& engine)
{
    Offset sum = 0;
    for (PartitionIndex partition = 0; partition < 2; ++partition) {
        const Replica* leader = engine.world().leaderReplica(partition);
        sum += leader ? leader->highWatermark : 0;
    }
    return sum;
}

} // namespace

class BrokerRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // A broker that leads nothing of it is started anew one second after it was killed. As long as its
    // session lasts it cannot register, but it fetches, so that acks=all waits for no time-out.
    void aQuickRestartHoldsNobodyUp()
    {
        Scenario scenario = smallScenario();
        scenario.topics[0].assignment = {{1, 2, 3}, {2, 1, 3}};
        Engine engine = ranTo(scenario, 15 * kSecond);
        QVERIFY(!engine.apply(KillBroker{3}));
        engine.advanceTo(16 * kSecond);
        const Offset before = committed(engine);
        QVERIFY(!engine.apply(StartBroker{3}));
        engine.advanceTo(19 * kSecond);
        QCOMPARE(engine.world().brokers[2]->brokerEpoch(), std::int64_t{-1});
        QVERIFY(committed(engine) > before + 100); // at 100 records a second
        QVERIFY(timesOf<BrokerFenced>(engine).empty());
        engine.advanceTo(scenario.duration);
        QCOMPARE(timesOf<BrokerFenced>(engine).size(), std::size_t{1});
        QVERIFY(engine.world().metadata().alive(3));
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        isSound(engine);
    }

    // Its clock has gone on: the heartbeat that was due meanwhile is sent at once.
    void aPausedBrokerIsBackAtOnce()
    {
        Engine engine = ranTo(smallScenario(), 15 * kSecond);
        QVERIFY(!engine.apply(PauseBroker{3}));
        engine.advanceTo(30 * kSecond);
        QCOMPARE(timesOf<BrokerFenced>(engine).size(), std::size_t{1});
        const std::size_t before = timesOf<BrokerUnfenced>(engine).size();
        QVERIFY(!engine.apply(ResumeBroker{3}));
        engine.advanceTo(30 * kSecond + 100'000);
        QCOMPARE(timesOf<BrokerUnfenced>(engine).size(), before + 1);
    }

    // A session that is over is found within an eighth of it.
    void sessionsAreLookedAtEightTimes()
    {
        Engine engine = ranTo(smallScenario(), 15 * kSecond);
        QVERIFY(!engine.apply(KillBroker{3}));
        engine.advanceTo(30 * kSecond);
        const std::vector<Micros> fenced = timesOf<BrokerFenced>(engine);
        QCOMPARE(fenced.size(), std::size_t{1});
        // The last heartbeat was at most 2 s and a round trip before the kill.
        QVERIFY(fenced[0] > 15 * kSecond + 9 * kSecond - 2'100'000);
        QVERIFY(fenced[0] < 15 * kSecond + 9 * kSecond * 9 / 8 + 100'000);
    }
};

TIDELINE_RULE_TEST(BrokerRunsTest)
#include "broker_runs_test.moc"
