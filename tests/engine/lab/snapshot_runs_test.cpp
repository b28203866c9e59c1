// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots of the metadata log: the shipped scenario shows what it promises, and a run with snapshots comes
// to the same metadata as one without.
#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"

#include <QtTest/QtTest>

#include <string>
#include <vector>

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

// Facts of one kind about this replica of the metadata log.
template <class F>
std::vector<Fact> factsAt(const Engine& engine, NodeIndex holder)
{
    std::vector<Fact> facts = factsOf<F>(engine);
    std::erase_if(facts, [=](const Fact& fact) { return std::get<F>(fact.body).holder != holder; });
    return facts;
}

// The node got a snapshot within two seconds of its start, and loaded it.
void checkFetched(const Engine& engine, NodeIndex holder, Micros started)
{
    const std::vector<Fact> asked = factsAt<SnapshotFetchStarted>(engine, holder);
    const std::vector<Fact> fetched = factsAt<SnapshotFetched>(engine, holder);
    QCOMPARE(asked.size(), std::size_t{1});
    QCOMPARE(fetched.size(), std::size_t{1});
    QVERIFY(asked[0].time >= started && fetched[0].time < started + 2 * kSecond);
    QVERIFY(fetched[0].time > asked[0].time);
    const Offset end = std::get<SnapshotFetched>(fetched[0].body).offset;
    const std::vector<Fact> loaded = factsAt<SnapshotLoaded>(engine, holder);
    QVERIFY(!loaded.empty());
    QVERIFY(loaded.back().time >= fetched[0].time && loaded.back().time < started + 2 * kSecond);
    QCOMPARE(std::get<SnapshotLoaded>(loaded.back().body).offset, end);
}

void checkAllKnowTheSame(const Engine& engine)
{
    const World& world = engine.world();
    for (const auto& controller : world.controllers)
        QVERIFY(controller->image() == world.metadata());
    for (const auto& broker : world.brokers)
        QVERIFY(broker->image() == world.metadata());
}

} // namespace

class SnapshotRunsTest : public QObject
{
    Q_OBJECT

private slots:
    void whoWasAwayGetsASnapshot()
    {
        const Engine engine = runToTheEnd(shipped("31-snapshots"));
        QVERIFY(!engine.invariantBroken());
        const Topology& topology = *engine.world().topology;
        const NodeIndex controller = topology.controllerNode(3);
        checkFetched(engine, controller, 75 * kSecond);
        checkFetched(engine, Topology::brokerNode(3), 85 * kSecond);
        checkAllKnowTheSame(engine);
        // Everybody else has made some, and starts the log at one.
        for (const NodeIndex node : {topology.controllerNode(1), topology.controllerNode(2), NodeIndex{0}}) {
            QVERIFY(factsAt<SnapshotCreated>(engine, node).size() >= 3);
            QVERIFY(!factsAt<MetadataLogStartMoved>(engine, node).empty());
            QVERIFY(factsAt<SnapshotFetchStarted>(engine, node).empty());
        }
        const auto& counts = engine.world().producers[0]->counts();
        QVERIFY(counts.acknowledged > 8'000);
        QCOMPARE(counts.failed, std::int64_t{0});
    }

    // It was away while nothing was deleted from the log.
    void aBrokerBeginsWithItsOwnSnapshot()
    {
        const Engine engine = runToTheEnd(shipped("31-snapshots"));
        QVERIFY(factsAt<SnapshotFetchStarted>(engine, Topology::brokerNode(2)).empty());
        const std::vector<Fact> loaded = factsAt<SnapshotLoaded>(engine, Topology::brokerNode(2));
        QCOMPARE(loaded.size(), std::size_t{1});
        QVERIFY(loaded[0].time >= 115 * kSecond && loaded[0].time < 117 * kSecond);
        QVERIFY(engine.world().metadata().alive(2));
    }

    // "Why?" leads from the fetched snapshot to the start of the controller.
    void theCauseIsTheStart()
    {
        const Engine engine = runToTheEnd(shipped("31-snapshots"));
        const NodeIndex controller = engine.world().topology->controllerNode(3);
        const auto& journal = engine.journal();
        FactNumber cause = factsAt<SnapshotFetched>(engine, controller)[0].cause;
        bool started = false;
        for (std::size_t i = journal.size(); i > 0 && cause != 0 && !started; --i) {
            if (journal[i - 1].number != cause)
                continue;
            started = std::holds_alternative<ControllerStarted>(journal[i - 1].body);
            cause = journal[i - 1].cause;
        }
        QVERIFY(started);
    }

    // What is known does not depend on snapshots.
    void theMetadataIsTheSameWithoutSnapshots()
    {
        Scenario without = shipped("31-snapshots");
        without.cluster.metadataSnapshotBytes = ClusterConfig{}.metadataSnapshotBytes;
        const Engine whole = runToTheEnd(without);
        const Engine cut = runToTheEnd(shipped("31-snapshots"));
        for (const auto& controller : whole.world().controllers)
            QVERIFY(controller->quorum().log().snapshots().empty());
        for (PartitionIndex p = 0; p < whole.world().partitionEnd(); ++p) {
            const PartitionRegistration& one = whole.world().metadata().partition(p);
            const PartitionRegistration& other = cut.world().metadata().partition(p);
            QVERIFY(one.replicas == other.replicas);
            QCOMPARE(one.isr.size(), other.isr.size());
        }
    }

    // By time: with the first records after the interval.
    void snapshotsAreMadeByTime()
    {
        Scenario scenario;
        scenario.duration = 100 * kSecond;
        scenario.cluster.metadataSnapshotInterval = 30 * kSecond;
        scenario.topics = {TopicSpec{"t", 1, 3, 1}};
        scenario.script = {{20 * kSecond, CreateTopic{"a", 1, 1, {}, {}}},
                           {50 * kSecond, CreateTopic{"b", 1, 1, {}, {}}},
                           {60 * kSecond, CreateTopic{"c", 1, 1, {}, {}}}};
        const Engine engine = runToTheEnd(scenario);
        const std::vector<Fact> made =
            factsAt<SnapshotCreated>(engine, engine.world().topology->controllerNode(1));
        QCOMPARE(made.size(), std::size_t{1});
        QVERIFY(made[0].time >= 50 * kSecond && made[0].time < 51 * kSecond);
    }
};

QTEST_APPLESS_MAIN(SnapshotRunsTest)
#include "snapshot_runs_test.moc"
