// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of readers, followers and coordinators when logs lose their beginning or their middle, and
// what may be done to a disk.
#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace tideline;
using namespace tideline::tests;

namespace {

// Three brokers and a topic of one partition, whose segments of 5000 bytes last for ten seconds.
Scenario expiring()
{
    Scenario scenario;
    scenario.duration = 120 * kMicrosPerSecond;
    scenario.cluster.logRetentionCheckInterval = 2 * kMicrosPerSecond;
    TopicSpec topic{"t", 1, 3, 1};
    topic.assignment = {{1, 2, 3}};
    topic.log.segmentBytes = 5'000;
    topic.log.retentionMs = 10'000;
    scenario.topics = {topic};
    ProducerSpec producer;
    producer.name = "p";
    producer.topic = "t";
    producer.generator.emplace();
    producer.generator->recordsPerSecond = 40;
    scenario.producers = {producer};
    return scenario;
}

} // namespace

class StorageActsTest : public QObject
{
    Q_OBJECT

private slots:
    // It was away for longer than records last: it drops what it has and begins where the leader does. It is
    // back between two retention checks.
    void aFollowerBehindTheLogStartBeginsAnew()
    {
        Scenario scenario = expiring();
        scenario.script = {{20 * kMicrosPerSecond, KillBroker{3}}, {81 * kMicrosPerSecond, StartBroker{3}}};
        const Engine engine =
            ranTo(scenario, 100 * kMicrosPerSecond); // its own retention check is still to come
        isSound(engine);
        const auto cuts = bodiesOf<LogTruncated>(engine);
        QCOMPARE(cuts.size(), std::size_t{1});
        QCOMPARE(cuts[0].broker, 3);
        QVERIFY(cuts[0].to > cuts[0].from + 1'000);
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{3});
        QCOMPARE(engine.world().brokers[2]->replica(0)->log.startOffset(),
                 engine.world().leaderReplica(0)->log.startOffset());
    }

    // A pipeline that was cut off goes on where the log begins now.
    void aPipelineGoesOnAtTheLogStart()
    {
        Scenario scenario = expiring();
        PipelineSpec pipeline;
        pipeline.name = "sums";
        pipeline.from = "t";
        scenario.pipelines = {pipeline};
        for (const char* broker : {"broker 1", "broker 2", "broker 3"}) {
            scenario.script.push_back({20 * kMicrosPerSecond, CutLink{"sums", broker}});
            scenario.script.push_back({71 * kMicrosPerSecond, HealLink{"sums", broker}});
        }
        std::stable_sort(scenario.script.begin(), scenario.script.end(),
                         [](const TimedCommand& a, const TimedCommand& b) { return a.at < b.at; });
        const Engine engine = ranTo(scenario, scenario.duration);
        isSound(engine);
        const auto resets = bodiesOf<OffsetResetTo>(engine);
        QCOMPARE(resets.size(), std::size_t{1});
        QVERIFY(resets[0].from < 1'000 && resets[0].to > resets[0].from);
        QVERIFY(engine.world().pipelines[0]->fetching().positions().at(0).offset > 4'500);
    }

    // auto.offset.reset=latest leaps over what is still there, of its own will.
    void aResetToTheEndLosesNothing()
    {
        Scenario scenario = expiring();
        GroupSpec group;
        group.name = "g";
        group.topics = {"t"};
        group.offsetReset = OffsetReset::Latest;
        scenario.groups = {group};
        scenario.script = {{20 * kMicrosPerSecond, PauseConsumer{"g-1"}},
                           {60 * kMicrosPerSecond, ResumeConsumer{"g-1"}}};
        const Engine engine = ranTo(scenario, scenario.duration);
        isSound(engine);
        const LedgerNumbers numbers = engine.ledger(0);
        QCOMPARE(numbers.lost, std::int64_t{0});
        QVERIFY(numbers.expired > 800);
        QVERIFY(numbers.before > 400);
        QCOMPARE(numbers.once + numbers.before + numbers.expired + numbers.pending, numbers.acknowledged);
    }

    // What a coordinator wrote again and again is compacted, and the next one still knows where the group is.
    void committedOffsetsSurviveCompaction()
    {
        Scenario scenario = expiring();
        scenario.cluster.offsetsTopicNumPartitions = 1;
        scenario.cluster.offsetsTopicSegmentBytes = 500;
        scenario.cluster.logCleanerBackoff = 2 * kMicrosPerSecond;
        GroupSpec group;
        group.name = "g";
        group.topics = {"t"};
        group.offsetReset = OffsetReset::Earliest;
        group.autoCommitInterval = kMicrosPerSecond;
        scenario.groups = {group};
        Engine engine = ranTo(scenario, 40 * kMicrosPerSecond);
        const PartitionIndex offsets = engine.world().topology->offsetsPartition(0);
        const BrokerId coordinator = engine.world().metadata().partition(offsets).leader;
        const ReplicaLog& log = engine.world().leaderReplica(offsets)->log;
        QVERIFY(log.cleanedTo() > 20);
        QVERIFY(log.records() < log.endOffset() / 2);
        const Offset committed = engine.world().groupCommitted(0, 0);
        QVERIFY(committed > 1'000);
        QVERIFY(!engine.apply(KillBroker{coordinator}));
        engine.advanceTo(60 * kMicrosPerSecond);
        QVERIFY(engine.world().metadata().partition(offsets).leader != coordinator);
        QVERIFY(engine.world().groupCommitted(0, 0) >= committed);
        isSound(engine);
    }

    void aRunningTopicTakesAnotherRetention()
    {
        Scenario scenario = expiring();
        scenario.topics[0].log.retentionMs = -1;
        Engine engine = ranTo(scenario, 50 * kMicrosPerSecond);
        QCOMPARE(engine.world().leaderReplica(0)->log.startOffset(), Offset{0});
        QVERIFY(engine.apply(AlterTopicConfig{"t", "retention.ms", "soon"}));
        QVERIFY(!engine.apply(AlterTopicConfig{"t", "retention.ms", "10000"}));
        engine.advanceTo(60 * kMicrosPerSecond);
        QVERIFY(engine.world().leaderReplica(0)->log.startOffset() > 1'000);
    }

    void recordsAreDeletedUpToTheHighWatermark()
    {
        Engine engine = ranTo(expiring(), 20 * kMicrosPerSecond);
        const auto tooFar = engine.apply(DeleteRecords{"t", 0, 1'000'000});
        QVERIFY(tooFar && tooFar->sentence.find("OFFSET_OUT_OF_RANGE") != std::string::npos);
        QVERIFY(engine.apply(DeleteRecords{"t", 7, 0}));
        QVERIFY(!engine.apply(DeleteRecords{"t", 0, 300}));
        engine.advanceTo(21 * kMicrosPerSecond);
        for (const Cow<Broker>& broker : engine.world().brokers) // followers learn of it by fetching
            QCOMPARE(broker->replica(0)->log.startOffset(), Offset{300});
        Scenario compacted = expiring();
        compacted.topics[0].log.deletes = false;
        compacted.topics[0].log.compacts = true;
        Engine other = ranTo(compacted, 20 * kMicrosPerSecond);
        const auto refused = other.apply(DeleteRecords{"t", 0, -1});
        QVERIFY(refused && refused->sentence.find("POLICY_VIOLATION") != std::string::npos);
    }

    // A broker does not run without its disk, and a disk is repaired when there is something to repair.
    void whatMayBeDoneToADisk()
    {
        Engine engine = ranTo(expiring(), 20 * kMicrosPerSecond);
        QVERIFY(engine.apply(RepairDisk{1}));
        QVERIFY(engine.apply(FillDisk{4}));
        QVERIFY(engine.apply(SlowDisk{1, -1}));
        QVERIFY(!engine.apply(FailDisk{1}));
        engine.advanceTo(21 * kMicrosPerSecond);
        QVERIFY(!engine.world().node(0).alive);
        QCOMPARE(engine.world().brokers[0]->replicaCount(), std::size_t{0});
        QVERIFY(engine.apply(FillDisk{1}));
        QVERIFY(engine.apply(PowerLoss{1}));
        const auto refused = engine.apply(StartBroker{1});
        QVERIFY(refused && refused->sentence.find("KAFKA_STORAGE_ERROR") != std::string::npos);
        QVERIFY(!engine.apply(RepairDisk{1}));
        engine.advanceTo(22 * kMicrosPerSecond);
        QVERIFY(!engine.apply(StartBroker{1}));
    }

    // Compaction cannot tell what a record without a key replaces: INVALID_RECORD, and nothing is appended.
    void aCompactedTopicWantsKeys()
    {
        Scenario scenario = expiring();
        scenario.topics[0].log.compacts = true;
        scenario.producers[0].generator->keys = 0;
        const Engine engine = ranTo(scenario, 20 * kMicrosPerSecond);
        const auto refused = bodiesOf<ProduceRefused>(engine);
        QVERIFY(!refused.empty());
        QVERIFY(refused[0].error == ErrorCode::InvalidRecord && !refused[0].willRetry);
        QCOMPARE(engine.world().leaderReplica(0)->leo(), Offset{0});
    }
};

QTEST_APPLESS_MAIN(StorageActsTest)
#include "storage_acts_test.moc"
