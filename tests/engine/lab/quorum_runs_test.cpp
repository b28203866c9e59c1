// SPDX-License-Identifier: GPL-3.0-or-later
// Controllers that die, stand still and come back: the shipped scenarios show what they promise, and the
// metadata goes on where it ended.
#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"

#include <QtTest/QtTest>

#include <string>
#include <vector>

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

Scenario threeControllers(bool combined)
{
    Scenario scenario;
    scenario.duration = 100 * kSecond;
    scenario.cluster.controllers = 3;
    scenario.cluster.combinedRoles = combined;
    scenario.topics = {TopicSpec{"t", 3, 3, 1}};
    return scenario;
}

std::int32_t activeAt(Engine& engine, Micros time)
{
    engine.advanceTo(time);
    const Controller* active = engine.world().activeController();
    return active ? active->number() : 0;
}

} // namespace

class QuorumRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // Nobody waits for more than a fetch time-out and an election or two; records flow all the time.
    void anotherControllerGoesOn()
    {
        const Engine engine = runToTheEnd(shipped("23-controllers"));
        QVERIFY(!engine.invariantBroken());
        const std::vector<Micros> elected = timesOf<ControllerElected>(engine);
        QCOMPARE(elected.size(), std::size_t{3});
        QVERIFY(elected[1] > 20 * kSecond && elected[1] < 30 * kSecond);
        QVERIFY(elected[2] > 65 * kSecond && elected[2] < 75 * kSecond);
        QCOMPARE(timesOf<ControllerResigned>(engine), std::vector<Micros>{75 * kSecond}); // who was paused
        QCOMPARE(timesOf<BrokerFenced>(engine).size(), std::size_t{1});
        QCOMPARE(timesOf<SendFailed>(engine).size(), std::size_t{0});
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        for (PartitionIndex p = 0; p < 3; ++p)
            QCOMPARE(engine.world().metadata().partition(p).isr.size(), std::size_t{3});
    }

    void withoutAMajorityNothingIsDecided()
    {
        const Engine engine = runToTheEnd(shipped("24-majority-lost"));
        QVERIFY(!engine.invariantBroken());
        const std::vector<Micros> elected = timesOf<ControllerElected>(engine);
        QCOMPARE(elected.size(), std::size_t{2});
        QVERIFY(elected[1] > 45 * kSecond); // once two of three are there
        const std::vector<Micros> resigned = timesOf<ControllerResigned>(engine);
        QCOMPARE(resigned.size(), std::size_t{1});
        QVERIFY(resigned[0] > 20 * kSecond && resigned[0] < 30 * kSecond);
        for (const Micros fenced : timesOf<BrokerFenced>(engine))
            QVERIFY(fenced >= elected[1] + 9 * kSecond);
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
    }

    // Whoever is active is killed, again and again: what was committed stays, and all know the same at the
    // end.
    void committedMetadataOutlivesItsControllers_data()
    {
        QTest::addColumn<bool>("combined");
        QTest::newRow("processes of their own") << false;
        QTest::newRow("broker and controller in one") << true;
    }

    void committedMetadataOutlivesItsControllers()
    {
        QFETCH(bool, combined);
        Engine engine(threeControllers(combined));
        Offset committed = 0;
        for (int round = 0; round < 3; ++round) {
            const std::int32_t active = activeAt(engine, engine.now() + 10 * kSecond);
            QVERIFY(active != 0);
            QVERIFY(!engine.apply(KillController{active}));
            const std::int32_t next = activeAt(engine, engine.now() + 10 * kSecond);
            QVERIFY(next != 0 && next != active);
            QVERIFY(engine.world().metadata().offset >= committed);
            committed = engine.world().metadata().offset;
            QVERIFY(!engine.apply(StartController{active}));
        }
        engine.advanceTo(engine.scenario().duration);
        QVERIFY(!engine.invariantBroken());
        for (const auto& controller : engine.world().controllers)
            QVERIFY(controller->image() == engine.world().metadata());
        for (const auto& broker : engine.world().brokers)
            QVERIFY(broker->image() == engine.world().metadata());
    }

    // A connection that is closed is noticed at once: nobody waits for the time-out of its fetch from the
    // dead one, 2 s, before it looks for the next.
    void brokersFindTheNextControllerSoon()
    {
        Engine engine(threeControllers(false));
        const std::int32_t active = activeAt(engine, 10 * kSecond);
        QVERIFY(!engine.apply(KillController{active}));
        while (activeAt(engine, engine.now() + 10'000) == 0)
            QVERIFY(engine.now() < 30 * kSecond);
        engine.advanceTo(engine.now() + 200'000);
        const NodeIndex next =
            engine.world().topology->controllerNode(engine.world().activeController()->number());
        for (const auto& broker : engine.world().brokers)
            QCOMPARE(broker->observer().quorum().leader(), Topology::replicaId(next));
    }

    // A leader that has lost its majority gives up, and is told so with the next epoch; until then it answers
    // whatever needs no writing.
    void whoGaveUpStaysActiveUntilTheNextEpoch()
    {
        Engine engine(threeControllers(false));
        const std::int32_t active = activeAt(engine, 10 * kSecond);
        for (std::int32_t other = 1; other <= 3; ++other) {
            if (other != active)
                QVERIFY(!engine.apply(KillController{other}));
        }
        const Controller& controller = *engine.world().controllers[static_cast<std::size_t>(active - 1)];
        while (controller.quorum().quorum().role() == RaftRole::Leader)
            engine.advanceTo(engine.now() + 1'000);
        QVERIFY(controller.quorum().quorum().role() == RaftRole::Resigned);
        QVERIFY(controller.active());
        QVERIFY(engine.apply(AlterTopicConfig{"t", "min.insync.replicas", "1"})); // it cannot
        while (controller.quorum().quorum().role() == RaftRole::Resigned)
            engine.advanceTo(engine.now() + 1'000);
        QVERIFY(!controller.active());
        QCOMPARE(timesOf<ControllerResigned>(engine).size(), std::size_t{1});
    }

    // A controller that is asked to stop hands over first: there is no time-out to wait for.
    void aCleanStopHandsOver()
    {
        Engine engine(threeControllers(false));
        const std::int32_t active = activeAt(engine, 10 * kSecond);
        QVERIFY(!engine.apply(StopController{active}));
        const std::int32_t next = activeAt(engine, 11 * kSecond + kSecond / 2);
        QVERIFY(next != 0 && next != active);
        QCOMPARE(timesOf<ControllerStopped>(engine).size(), std::size_t{1});
    }

    // Both halves of a process die and stand still together.
    void aCombinedProcessIsOne()
    {
        Engine engine(threeControllers(true));
        engine.advanceTo(10 * kSecond);
        QVERIFY(!engine.apply(PauseBroker{2}));
        engine.advanceTo(11 * kSecond);
        QVERIFY(engine.world().node(engine.world().topology->controllerNode(2)).paused);
        QVERIFY(engine.apply(PauseController{2})); // it is
        QVERIFY(!engine.apply(KillController{2}));
        engine.advanceTo(12 * kSecond);
        QVERIFY(!engine.world().node(Topology::brokerNode(2)).alive);
        QVERIFY(!engine.world().node(engine.world().topology->controllerNode(2)).alive);
    }
};

QTEST_APPLESS_MAIN(QuorumRunsTest)
#include "quorum_runs_test.moc"
