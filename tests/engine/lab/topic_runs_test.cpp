// SPDX-License-Identifier: GPL-3.0-or-later
// Topics that are created, grown and deleted while a run goes on; rolling restarts; throttled reassignments.
#include "engine/lab/observer.h"
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"
#include "tests/engine/lab/runs.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <string>

using namespace tideline;
using namespace tideline::tests;

namespace {

Scenario small()
{
    Scenario scenario = smallScenario();
    scenario.producers.front().metadataMaxAge = 5 * kMicrosPerSecond;
    return scenario;
}

// When which records were processed, by partition.
class Deliveries : public Observer
{
public:
    void onEffect(Micros, NodeIndex, const Effect& effect) override
    {
        if (const auto* delivered = std::get_if<RecordsDelivered>(&effect))
            all.push_back(*delivered);
    }
    std::vector<RecordsDelivered> all;
};

// How often a record was processed after a later one with the same key.
std::int64_t outOfOrder(const Scenario& scenario)
{
    Engine engine(scenario);
    Deliveries deliveries;
    engine.advanceTo(scenario.duration, &deliveries);
    std::map<std::string, Millis> newest;
    std::int64_t found = 0;
    for (const RecordsDelivered& part : deliveries.all) {
        const Replica& leader = *engine.world().leaderReplica(part.partition);
        const LogBatch& batch = leader.log.batch(leader.log.find(part.baseOffset));
        forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
            const Offset offset = batch.baseOffset + record.offset;
            if (offset < part.baseOffset || offset >= part.baseOffset + part.records)
                return;
            Millis& last = newest[std::string(record.key.value_or(Bytes()))];
            found += record.timestamp < last ? 1 : 0;
            last = std::max(last, record.timestamp);
        });
    }
    return found;
}

std::int64_t slowestOf(const Engine& engine, Micros from)
{
    const RollUps& rolls = engine.world().rollUps;
    const RollUps::Line& line = rolls.line(engine.world().latencyLines[0].second);
    std::int64_t slowest = 0;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        if (static_cast<Micros>(i) * rolls.bucket() >= from)
            slowest = std::max(slowest, line.points[i]);
    }
    return slowest;
}

} // namespace

class TopicRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // Keys move when a topic grows: their order holds only where nothing has moved.
    void aGrowingTopicBreaksTheOrderOfKeys()
    {
        Scenario scenario = shipped("25-topic-grows");
        QVERIFY(outOfOrder(scenario) > 0);
        std::erase_if(scenario.script, [](const TimedCommand& command) {
            return std::holds_alternative<CreatePartitions>(command.command);
        });
        QCOMPARE(outOfOrder(scenario), std::int64_t{0});
    }

    // The group finds the new partition with its next metadata, five minutes after the last.
    void aGroupReadsANewPartitionFromItsStart()
    {
        const Engine engine = runToTheEnd(shipped("25-topic-grows"));
        QVERIFY(!engine.invariantBroken());
        QVERIFY(engine.audit().empty());
        const std::vector<Fact> grown = factsOf<PartitionsCreated>(engine);
        QCOMPARE(grown.size(), std::size_t{1});
        QCOMPARE(std::get<PartitionsCreated>(grown[0].body).partitions, 3);
        const std::vector<PartitionIndex> partitions = engine.names()->partitionsOf("orders");
        QCOMPARE(partitions.size(), std::size_t{3});
        QCOMPARE(engine.names()->partitionName(partitions[2]), std::string("orders-2"));
        QVERIFY(engine.world().leaderReplica(partitions[2])->leo() > 100);
        const Fact last = factsOf<RebalanceStarted>(engine).back();
        QVERIFY(last.time > 300 * kMicrosPerSecond);
        QVERIFY(engine.world().groupCommitted(0, partitions[2]) > 0);
        const LedgerNumbers numbers = engine.ledger(0);
        QCOMPARE(numbers.lost, std::int64_t{0});
        QVERIFY(numbers.pending < 100); // of the last auto-commit and poll
    }

    void fresherMetadataFindsThemSooner()
    {
        Scenario scenario = small();
        scenario.groups[0].metadataMaxAge = 5 * kMicrosPerSecond;
        scenario.script = {{10'000'000, CreatePartitions{"orders", 4, {}}}};
        const Engine engine = runToTheEnd(scenario);
        const std::vector<PartitionIndex> partitions = engine.names()->partitionsOf("orders");
        QCOMPARE(partitions.size(), std::size_t{4});
        for (const PartitionIndex partition : partitions)
            QVERIFY(engine.world().groupCommitted(0, partition) > 0);
        QVERIFY(factsOf<RebalanceStarted>(engine).back().time < 16'000'000);
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
    }

    void aDeletedTopicTakesItsRecordsWithIt()
    {
        const Engine engine = runToTheEnd(shipped("26-topic-deleted"));
        QVERIFY(!engine.invariantBroken());
        QVERIFY(engine.audit().empty());
        QCOMPARE(factsOf<TopicDeleted>(engine).size(), std::size_t{1});
        QCOMPARE(factsOf<LogDeleted>(engine).size(), std::size_t{9}); // three replicas of three partitions
        // The producer asks again and again until delivery.timeout.ms.
        const std::vector<Fact> refused = factsOf<ProduceRefused>(engine);
        QVERIFY(!refused.empty());
        QCOMPARE(std::get<ProduceRefused>(refused[0].body).error, ErrorCode::UnknownTopicOrPartition);
        const std::vector<Fact> failed = factsOf<SendFailed>(engine);
        QVERIFY(!failed.empty());
        for (const Fact& fact : failed)
            QVERIFY(fact.time > 38 * kMicrosPerSecond && fact.time <= 41 * kMicrosPerSecond);
        const LedgerNumbers numbers = engine.ledger(0);
        QCOMPARE(numbers.lost, std::int64_t{0});
        QVERIFY(numbers.deleted > 0);
        // The new topic is another one: written, and read from its start.
        const PartitionIndex again = engine.names()->partitionsOf("orders")[0];
        QVERIFY(again > 2);
        QVERIFY(engine.world().leaderReplica(again)->leo() > 100);
        QVERIFY(engine.world().groupPosition(0, again) > 0);
        QCOMPARE(engine.world().groupCommitted(0, 0), kUnknownOffset);       // forgotten with the topic
        QCOMPARE(engine.names()->partitionName(0), std::string("orders-0")); // old facts keep their names
    }

    // What a broker missed while it was away it does when it is back.
    // A few replicas show more of their logs than many; those count that there are, not those of the start.
    void whatIsShownOfALogFollowsTheTopics()
    {
        Scenario scenario = small();
        scenario.script = {{10'000'000, CreateTopic{"large", 100, 3, {}, {}}},
                           {20'000'000, DeleteTopic{"large"}}};
        Engine engine(scenario);
        const auto cellsOfTheFirstRow = [&engine](Micros time) {
            engine.advanceTo(time);
            const Frame frame = engine.frame(ViewRequest{});
            return frame.cluster.brokers.front().rows.front().cells.size();
        };
        QCOMPARE(cellsOfTheFirstRow(9'000'000), std::size_t{120}); // 720 shared by six replicas
        QCOMPARE(cellsOfTheFirstRow(15'000'000), std::size_t{0});
        QCOMPARE(cellsOfTheFirstRow(25'000'000), std::size_t{120});
    }

    void aBrokerThatWasAwayDeletesWhatIsGone()
    {
        Scenario scenario = small();
        scenario.script = {
            {10'000'000, KillBroker{3}}, {20'000'000, DeleteTopic{"orders"}}, {30'000'000, StartBroker{3}}};
        const Engine engine = runToTheEnd(scenario);
        const std::vector<Fact> deleted = factsOf<LogDeleted>(engine);
        QCOMPARE(std::count_if(deleted.begin(), deleted.end(),
                               [](const Fact& fact) {
                                   return std::get<LogDeleted>(fact.body).broker == 3 &&
                                          fact.time > 30'000'000;
                               }),
                 std::ptrdiff_t{2});
        QVERIFY(!engine.world().brokers[2]->replica(0));
        QVERIFY(engine.audit().empty());
    }

    // A reassignment that has ended leaves nothing on the broker that gave the partition up.
    void aMovedReplicaIsDeleted()
    {
        const Engine engine = runToTheEnd(shipped("11-reassignment"));
        const std::vector<Fact> deleted = factsOf<LogDeleted>(engine);
        QCOMPARE(deleted.size(), std::size_t{1});
        QCOMPARE(std::get<LogDeleted>(deleted[0].body).broker, BrokerId{1});
        QVERIFY(!engine.world().brokers[0]->replica(0));
    }

    void refusalsHaveKafkasNames_data()
    {
        QTest::addColumn<int>("request");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("exists") << 0 << QByteArray("TOPIC_ALREADY_EXISTS");
        QTest::newRow("too many replicas") << 1 << QByteArray("INVALID_REPLICATION_FACTOR");
        QTest::newRow("fewer partitions") << 2 << QByteArray("INVALID_PARTITIONS");
        QTest::newRow("unknown") << 3 << QByteArray("UNKNOWN_TOPIC_OR_PARTITION");
        QTest::newRow("internal") << 4 << QByteArray("the groups keep their offsets there");
        QTest::newRow("a rate that is none") << 5 << QByteArray("INVALID_CONFIG");
        QTest::newRow("a restart of a broker that is not there") << 6 << QByteArray("no such broker");
    }

    void refusalsHaveKafkasNames()
    {
        QFETCH(int, request);
        QFETCH(QByteArray, words);
        const std::vector<Command> commands = {
            CreateTopic{"orders", 1, 1, {}, {}},
            CreateTopic{"clicks", 1, 4, {}, {}},
            CreatePartitions{"orders", 1, {}},
            DeleteTopic{"clicks"},
            DeleteTopic{"__consumer_offsets"},
            AlterBrokerConfig{kNone, "leader.replication.throttled.rate", "-1"},
            RollingRestart{{1, 9}}};
        Engine engine(small());
        engine.advanceTo(5 * kMicrosPerSecond);
        const std::uint64_t before = engine.hash();
        const auto error = engine.apply(commands[static_cast<std::size_t>(request)]);
        QVERIFY(error);
        QVERIFY2(error->sentence.find(words.toStdString()) != std::string::npos, error->sentence.c_str());
        QCOMPARE(engine.hash(), before);
    }

    // A script's request that is refused at its time is told, and changes nothing.
    void aScriptIsToldWhatWasRefused()
    {
        Scenario scenario = small();
        scenario.script = {{10'000'000, CreateTopic{"orders", 1, 1, {}, {}}}};
        const Engine engine = runToTheEnd(scenario);
        const std::vector<Fact> refused = factsOf<AdminRequestRefused>(engine);
        QCOMPARE(refused.size(), std::size_t{1});
        QCOMPARE(std::get<AdminRequestRefused>(refused[0].body).error, ErrorCode::TopicAlreadyExists);
    }

    // Copies of a run that has got a topic are the same run.
    void aCopyGoesOnTheSameWay()
    {
        Scenario scenario = small();
        scenario.script = {{8'000'000, CreatePartitions{"orders", 5, {}}},
                           {12'000'000, DeleteTopic{"orders"}},
                           {20'000'000, CreateTopic{"orders", 1, 2, {}, {{"min.insync.replicas", "2"}}}}};
        Engine whole(scenario);
        whole.advanceTo(10'000'000);
        Engine copy = whole;
        whole.advanceTo(scenario.duration);
        copy.advanceTo(15'000'000);
        copy.advanceTo(scenario.duration);
        QCOMPARE(copy.hash(), whole.hash());
        QVERIFY(whole.audit().empty());
        const PartitionIndex only = whole.names()->partitionsOf("orders")[0];
        QCOMPARE(whole.world().metadata().effectiveMinIsr(only), 2);
        QVERIFY(whole.world().leaderReplica(only)->leo() > 0);
    }

    // Who is down when it is cancelled stays down until somebody starts it; nobody else is stopped.
    void aRollingRestartCanBeCancelled()
    {
        Engine engine(shipped("10-rolling-restart"));
        engine.advanceTo(14 * kMicrosPerSecond);
        QVERIFY(engine.apply(CancelRollingRestart{})); // none is under way
        for (int i = 0; i < 500 && factsOf<BrokerStopping>(engine).empty(); ++i)
            engine.advanceTo(engine.now() + 10'000);
        QVERIFY(!engine.apply(CancelRollingRestart{}));
        engine.advanceTo(60 * kMicrosPerSecond);
        QCOMPARE(factsOf<RollingRestartCancelled>(engine).size(), std::size_t{1});
        QCOMPARE(factsOf<BrokerStopped>(engine).size(), std::size_t{1});
        QVERIFY(!engine.world().node(Topology::brokerNode(1)).alive);
        QVERIFY(engine.world().node(Topology::brokerNode(2)).alive);
        QVERIFY(factsOf<RollingRestartEnded>(engine).empty());
        QVERIFY(!engine.apply(StartBroker{1}));
        engine.advanceTo(65 * kMicrosPerSecond);
        QVERIFY(!engine.apply(RollingRestart{{2}})); // another one may begin
        engine.advanceTo(engine.scenario().duration);
        QCOMPARE(factsOf<RollingRestartEnded>(engine).size(), std::size_t{1});
    }

    // One after the other, never two at once, and the next only when all replicas are back.
    void aRollingRestartWaitsForReplicas()
    {
        const Engine engine = runToTheEnd(shipped("10-rolling-restart"));
        const std::vector<Fact> turns = factsOf<RollingRestartReached>(engine);
        const std::vector<Fact> stopped = factsOf<BrokerStopped>(engine);
        QCOMPARE(turns.size(), std::size_t{3});
        QCOMPARE(stopped.size(), std::size_t{3});
        QCOMPARE(factsOf<RollingRestartEnded>(engine).size(), std::size_t{1});
        for (std::size_t i = 1; i < turns.size(); ++i) {
            Engine then(engine.scenario());
            then.advanceTo(turns[i].time - 1);
            QVERIFY(turns[i].time > stopped[i - 1].time);
            for (PartitionIndex p = 0; p < 3; ++p)
                QVERIFY(then.world().metadata().partition(p).isr.size() >= 2);
            for (BrokerId id = 1; id <= 3; ++id)
                QVERIFY(then.world().node(Topology::brokerNode(id)).alive);
        }
    }

    // The default of all brokers holds for topics that say nothing themselves.
    void theClustersDefaultHoldsForItsTopics()
    {
        Scenario scenario = small();
        scenario.script = {{10'000'000, AlterBrokerConfig{kNone, "min.insync.replicas", "3"}},
                           {20'000'000, KillBroker{3}}};
        const Engine engine = runToTheEnd(scenario);
        QCOMPARE(engine.world().metadata().effectiveMinIsr(0), 3);
        const std::vector<Fact> refused = factsOf<ProduceRefused>(engine);
        QVERIFY(std::any_of(refused.begin(), refused.end(), [](const Fact& fact) {
            return std::get<ProduceRefused>(fact.body).error == ErrorCode::NotEnoughReplicas;
        }));
    }

    void aThrottleLeavesRoomForTheOthers()
    {
        const Engine flooded = runToTheEnd(shipped("27-reassignment-floods"));
        const Engine throttled = runToTheEnd(shipped("28-reassignment-throttled"));
        QCOMPARE(factsOf<ReassignmentEnded>(flooded).size(), std::size_t{4});
        QCOMPARE(factsOf<ReassignmentEnded>(throttled).size(), std::size_t{4});
        const Micros begin = 60 * kMicrosPerSecond;
        QVERIFY(slowestOf(flooded, begin) > 3 * slowestOf(throttled, begin));
        // At most the rate over the whole copy, but for the sample that goes beyond it.
        const Micros took = factsOf<ReassignmentEnded>(throttled).back().time - begin;
        std::int64_t copied = 0;
        for (PartitionIndex p = 2; p < 6; ++p)
            copied += throttled.world().brokers[3]->replica(p)->log.bytes();
        QVERIFY(copied / (took / kMicrosPerSecond) < 600'000);
    }
};

QTEST_APPLESS_MAIN(TopicRunsTest)
#include "topic_runs_test.moc"
