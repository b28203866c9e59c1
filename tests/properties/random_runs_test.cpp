// SPDX-License-Identifier: GPL-3.0-or-later
// Safety: whatever the faults, no invariant breaks and no two logs disagree below the high watermark.
// Healing: once faults stop, everything is in sync again and what was acknowledged by all replicas is
// delivered. One row a seed; a failing row is its own replay command.
#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "tests/properties/random_scenario.h"

#include <QTest>

#include <algorithm>

using namespace tideline;

class RandomRunsTest : public QObject
{
    Q_OBJECT

private slots:
    void safeAndHeals_data();
    void safeAndHeals();
};

void RandomRunsTest::safeAndHeals_data()
{
    QTest::addColumn<quint64>("seed");
    const int seeds = qEnvironmentVariableIntValue("TIDELINE_SEEDS") > 0
                          ? qEnvironmentVariableIntValue("TIDELINE_SEEDS")
                          : 50;
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::newRow(qPrintable(QStringLiteral("seed-%1").arg(seed))) << static_cast<quint64>(seed);
}

void RandomRunsTest::safeAndHeals()
{
    QFETCH(quint64, seed);
    const std::string replay = replayOf("test_random_runs", "safeAndHeals", seed);
    const Scenario scenario = randomScenario(seed);
    Engine engine(scenario);
    // Safety: full audits while the faults last.
    for (Micros time = 2 * kMicrosPerSecond; time <= kFaultsEnd; time += 2 * kMicrosPerSecond) {
        engine.advanceTo(time);
        const std::vector<std::string> wrong = engine.audit();
        QVERIFY2(wrong.empty(), wrong.empty() ? "" : (wrong.front() + "; " + replay).c_str());
        QVERIFY2(!engine.invariantBroken(), replay.c_str());
    }
    engine.advanceTo(scenario.duration);
    const std::vector<std::string> wrong = engine.audit();
    QVERIFY2(wrong.empty(), wrong.empty() ? "" : (wrong.front() + "; " + replay).c_str());
    QVERIFY2(!engine.invariantBroken(), replay.c_str());
    // Healing.
    const World& world = engine.world();
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        const PartitionRegistration& partition = world.metadata().partition(p);
        QVERIFY2(partition.leader != kNone, replay.c_str());
        QVERIFY2(partition.isr.size() == partition.replicas.size(),
                 (world.names->partitionName(p) + " is under-replicated; " + replay).c_str());
    }
    const LedgerNumbers numbers = engine.ledger(0);
    QVERIFY2(numbers.acknowledged + numbers.failed <= numbers.produced, replay.c_str());
    QVERIFY2(numbers.acknowledged > 0, replay.c_str());
    // Every record has come to its end, and the group has read everything.
    QCOMPARE(numbers.acknowledged + numbers.failed, numbers.produced);
    for (const PartitionIndex partition : world.groupPartitions(0))
        QVERIFY2(world.groupPosition(0, partition) == world.leaderReplica(partition)->highWatermark,
                 (world.names->partitionName(partition) + " is not read to its end; " + replay).c_str());
    // Acknowledged by all, processed before it is committed: nothing may be missing.
    const bool keepsAll =
        scenario.producers[0].acks == -1 && scenario.groups[0].commit != CommitOrder::BeforeProcessing;
    if (keepsAll)
        QVERIFY2(
            numbers.lost == 0,
            (std::to_string(numbers.lost) + " acknowledged records lost with acks=all; " + replay).c_str());
}

QTEST_GUILESS_MAIN(RandomRunsTest)
#include "random_runs_test.moc"
