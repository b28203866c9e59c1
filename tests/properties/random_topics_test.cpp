// SPDX-License-Identifier: GPL-3.0-or-later
// Random faults while the topic grows, is deleted and is made again, and while brokers are restarted one
// after the other: nothing breaks, and every record comes to its end.
#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "tests/properties/random_scenario.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <string>

using namespace tideline;

namespace {

// Beside the faults of the seed. Deleting is last: what is there at the end is the new topic.
void addTopicChanges(Scenario& scenario, std::uint64_t seed)
{
    Random draws(seed, 8);
    const auto at = [&] { return draws.between(8 * kMicrosPerSecond, kFaultsEnd); };
    const std::int32_t partitions = scenario.topics[0].partitions;
    if (draws.below(2) == 0)
        scenario.script.push_back({at(), CreatePartitions{"topic", partitions + 2, {}}});
    if (draws.below(3) == 0)
        scenario.script.push_back({at(), RollingRestart{{1, 2}}});
    if (draws.below(2) == 0) {
        const Micros deleted = at();
        const auto again = static_cast<std::int32_t>(1 + draws.below(6));
        scenario.script.push_back({deleted, DeleteTopic{"topic"}});
        scenario.script.push_back(
            {deleted + draws.between(1, 10 * kMicrosPerSecond),
             CreateTopic{"topic", again, scenario.topics[0].replicationFactor, {}, {}}});
        // Without a controller, or too few brokers, the first try may be in vain.
        scenario.script.push_back(
            {kFaultsEnd + 20 * kMicrosPerSecond,
             CreateTopic{"topic", again, scenario.topics[0].replicationFactor, {}, {}}});
    }
    std::stable_sort(scenario.script.begin(), scenario.script.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
}

} // namespace

class RandomTopicsTest : public QObject
{
    Q_OBJECT

private slots:
    void safeAndDone_data()
    {
        QTest::addColumn<quint64>("seed");
        const int seeds = qEnvironmentVariableIntValue("TIDELINE_SEEDS") > 0
                              ? qEnvironmentVariableIntValue("TIDELINE_SEEDS")
                              : 30;
        for (int seed = 1; seed <= seeds; ++seed)
            QTest::newRow(qPrintable(QStringLiteral("seed-%1").arg(seed))) << static_cast<quint64>(seed);
    }

    void safeAndDone()
    {
        QFETCH(quint64, seed);
        const std::string replay = replayOf("test_random_topics", "safeAndDone", seed);
        Scenario scenario = randomScenario(seed);
        scenario.duration = 240 * kMicrosPerSecond; // delivery.timeout.ms after the faults
        addTopicChanges(scenario, seed);
        Engine engine(scenario);
        for (Micros time = 2 * kMicrosPerSecond; time <= scenario.duration; time += 6 * kMicrosPerSecond) {
            engine.advanceTo(time);
            const std::vector<std::string> wrong = engine.audit();
            QVERIFY2(wrong.empty(), wrong.empty() ? "" : (wrong.front() + "; " + replay).c_str());
            QVERIFY2(!engine.invariantBroken(), replay.c_str());
        }
        engine.advanceTo(scenario.duration);
        const LedgerNumbers numbers = engine.ledger(0);
        QCOMPARE(numbers.acknowledged + numbers.failed, numbers.produced);
        QVERIFY(numbers.deleted >= 0);
        const World& world = engine.world();
        for (const PartitionIndex partition : world.groupPartitions(0))
            QVERIFY(world.metadata().partition(partition).leader != kNone);
        for (const Cow<Broker>& broker : world.brokers) {
            for (std::size_t i = 0; i < broker->replicaCount(); ++i) // nobody keeps what was deleted
                QVERIFY(world.metadata()
                            .partition(broker->replicaAt(i).partition)
                            .replicas.contains(broker->id()));
        }
    }
};

QTEST_GUILESS_MAIN(RandomTopicsTest)
#include "random_topics_test.moc"
