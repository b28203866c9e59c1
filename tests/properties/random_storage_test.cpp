// SPDX-License-Identifier: GPL-3.0-or-later
// Logs that roll, expire, are compacted and lose what was not on a disk, under random faults of network and
// disks: no invariant breaks, replicas hold the same records, and once faults stop everything is in sync
// again. One row a seed; a failing row is its own replay command.
#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "tests/properties/random_scenario.h"

#include <QTest>

#include <algorithm>

using namespace tideline;

namespace {

void addLogRules(Scenario& scenario, Random& draws)
{
    const auto between = [&draws](std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(draws.below(static_cast<std::uint64_t>(high - low)));
    };
    LogConfig& log = scenario.topics[0].log;
    log.segmentBytes = between(20'000, 60'000); // a batch of 16384 bytes fits
    log.compacts = draws.below(2) == 0;
    log.deletes = !log.compacts || draws.below(2) == 0;
    log.retentionMs = between(5'000, 40'000);
    log.retentionBytes = draws.below(2) == 0 ? -1 : between(10'000, 100'000);
    log.segmentMs = between(1'000, 20'000);
    log.minDirtyMillionths = static_cast<std::int32_t>(between(0, 600'000));
    log.minCompactionLag = draws.below(2) == 0 ? 0 : between(1'000, 10'000);
    if (draws.below(3) == 0)
        log.flushMessages = between(1, 200);
    scenario.cluster.logRetentionCheckInterval = between(1, 8) * kMicrosPerSecond;
    scenario.cluster.logCleanerBackoff = between(1, 8) * kMicrosPerSecond;
    scenario.cluster.offsetsTopicSegmentBytes = static_cast<std::int32_t>(between(500, 3'000));
    GeneratorSpec& generator = *scenario.producers[0].generator;
    generator.keys = std::max(generator.keys, 1); // compaction wants keys
}

void addDiskFaults(Scenario& scenario, Random& draws)
{
    const auto brokers = static_cast<std::uint64_t>(scenario.cluster.brokers);
    for (std::uint64_t i = 1 + draws.below(4); i > 0; --i) {
        const Micros at = draws.between(8 * kMicrosPerSecond, 20 * kMicrosPerSecond);
        const Micros end = at + draws.between(kMicrosPerSecond, kFaultsEnd - at);
        const auto broker = static_cast<BrokerId>(1 + draws.below(brokers));
        std::vector<TimedCommand>& script = scenario.script;
        switch (draws.below(5)) {
        case 0:
            script.push_back({at, PowerLoss{broker}});
            break;
        case 1:
            script.push_back({at, SlowDisk{broker, draws.between(1'000, 3 * kMicrosPerSecond)}});
            break;
        case 2:
            script.push_back({at, FillDisk{broker}});
            break;
        case 3:
            script.push_back({at, FailDisk{broker}});
            break;
        default:
            script.push_back({at, DeleteRecords{"topic", 0, kDeleteToHighWatermark}});
            break;
        }
        script.push_back({end, SlowDisk{broker, 0}});
        script.push_back({end, RepairDisk{broker}});
        script.push_back({end + 1'000, StartBroker{broker}});
    }
    for (BrokerId broker = 1; broker <= scenario.cluster.brokers; ++broker) {
        scenario.script.push_back({kFaultsEnd, RepairDisk{broker}});
        scenario.script.push_back({kFaultsEnd, SlowDisk{broker, 0}});
        scenario.script.push_back({kFaultsEnd + 1'000, StartBroker{broker}});
        // A clean stop that began before may last until the sessions of others are over.
        scenario.script.push_back({kFaultsEnd + 20 * kMicrosPerSecond, StartBroker{broker}});
    }
    std::stable_sort(scenario.script.begin(), scenario.script.end(),
                     [](const TimedCommand& a, const TimedCommand& b) { return a.at < b.at; });
}

Scenario stored(std::uint64_t seed)
{
    Scenario scenario = randomScenario(seed);
    Random draws(seed, 8);
    addLogRules(scenario, draws);
    addDiskFaults(scenario, draws);
    return scenario;
}

} // namespace

class RandomStorageTest : public QObject
{
    Q_OBJECT

private slots:
    void safeAndHeals_data()
    {
        QTest::addColumn<quint64>("seed");
        const int asked = qEnvironmentVariableIntValue("TIDELINE_SEEDS");
        const auto add = [](int seed) {
            QTest::newRow(qPrintable(QStringLiteral("seed-%1").arg(seed))) << static_cast<quint64>(seed);
        };
        const int seeds = asked > 0 ? asked : 40;
        for (int seed = 1; seed <= seeds; ++seed)
            add(seed);
        // A leader whose disk was lost begins at 0 while its follower's log begins later; and brokers that
        // come back with a log whose leader had compacted it. And a clean stop that outlasts the faults.
        for (const int seed : {451, 468, 1258, 1663}) {
            if (seed > seeds)
                add(seed);
        }
    }

    void safeAndHeals()
    {
        QFETCH(quint64, seed);
        const std::string replay = replayOf("test_random_storage", "safeAndHeals", seed);
        const Scenario scenario = stored(seed);
        Engine engine(scenario);
        for (Micros time = 2 * kMicrosPerSecond; time <= scenario.duration; time += 2 * kMicrosPerSecond) {
            engine.advanceTo(time);
            const std::vector<std::string> wrong = engine.audit();
            QVERIFY2(wrong.empty(), wrong.empty() ? "" : (wrong.front() + "; " + replay).c_str());
            QVERIFY2(!engine.invariantBroken(), replay.c_str());
        }
        const World& world = engine.world();
        for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
            const PartitionRegistration& partition = world.metadata().partition(p);
            QVERIFY2(partition.leader != kNone, replay.c_str());
            QVERIFY2(partition.isr.size() == partition.replicas.size(),
                     (world.names->partitionName(p) + " is under-replicated; " + replay).c_str());
        }
        for (const PartitionIndex partition : world.groupPartitions(0))
            QVERIFY2(world.groupPosition(0, partition) == world.leaderReplica(partition)->highWatermark,
                     (world.names->partitionName(partition) + " is not read to its end; " + replay).c_str());
    }
};

QTEST_GUILESS_MAIN(RandomStorageTest)
#include "random_storage_test.moc"
