// SPDX-License-Identifier: GPL-3.0-or-later
// A partition that is written as a segment directory can be read again as one, and holds what the replica
// holds.
#include "engine/lab/export_log.h"

#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "engine/log/partition_reader.h"
#include "engine/log/record_batch.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// Two brokers; broker 2 leads from 5 s on, so that there are two leader epochs.
Engine afterAnElection()
{
    Scenario scenario;
    scenario.duration = 40 * kMicrosPerSecond;
    scenario.cluster.brokers = 2;
    TopicSpec topic;
    topic.name = "orders";
    topic.replicationFactor = 2;
    topic.assignment = {{1, 2}};
    scenario.topics = {topic};
    ProducerSpec producer;
    producer.name = "sensors";
    producer.topic = "orders";
    producer.generator.emplace();
    scenario.producers = {producer};
    scenario.script = {{5 * kMicrosPerSecond, StopBroker{1}}};
    Engine engine(scenario);
    engine.advanceTo(10 * kMicrosPerSecond);
    return engine;
}

} // namespace

class ExportLogTest : public QObject
{
    Q_OBJECT

private slots:
    void itIsReadAgain()
    {
        const Engine engine = afterAnElection();
        const Result<ExportedLog> log = exportLog(engine.world(), "orders-0", kNone);
        QVERIFY(log.ok());
        QCOMPARE(log.value().broker, 2);
        const PartitionContents read = readPartition(log.value().files);
        QVERIFY(read.faults.empty());
        QCOMPARE(read.segments.size(), std::size_t{1});
        const Replica& replica = *engine.world().brokers[1]->replica(0);
        Offset next = 0;
        for (const BatchPosition& batch : read.segments[0].scan.batches) {
            QCOMPARE(batch.header.baseOffset, next);
            next = batch.header.nextOffset();
        }
        QCOMPARE(next, replica.leo());
        QVERIFY(next > 100);
        QCOMPARE(read.epochs.size(), std::size_t{2});
    }

    // Segments as they are: each begins where the replica's does.
    void segmentsAreTheReplicas()
    {
        Scenario scenario;
        scenario.duration = 20 * kMicrosPerSecond;
        scenario.cluster.brokers = 1;
        scenario.topics = {TopicSpec{"orders", 1, 1, 1}};
        scenario.topics[0].log.segmentBytes = 10'000;
        ProducerSpec producer;
        producer.name = "sensors";
        producer.topic = "orders";
        producer.generator.emplace();
        scenario.producers = {producer};
        Engine engine(scenario);
        engine.advanceTo(scenario.duration);
        const Result<ExportedLog> exported = exportLog(engine.world(), "orders-0", kNone);
        QVERIFY(exported.ok());
        const PartitionContents read = readPartition(exported.value().files);
        QVERIFY(read.faults.empty());
        const ReplicaLog& log = engine.world().brokers[0]->replica(0)->log;
        QVERIFY(log.segmentCount() > 3);
        QCOMPARE(read.segments.size(), log.segmentCount());
        for (std::size_t i = 0; i < read.segments.size(); ++i) {
            QCOMPARE(read.segments[i].scan.batches.front().header.baseOffset, log.segment(i).baseOffset);
            QCOMPARE(read.segments[i].scan.batches.size(), static_cast<std::size_t>(log.segment(i).batches));
        }
    }

    void whatIsNotThereIsNamed()
    {
        const Engine engine = afterAnElection();
        QVERIFY(!exportLog(engine.world(), "orders-1", kNone).ok());
        QVERIFY(!exportLog(engine.world(), "orders-0", 3).ok());
        QVERIFY(exportLog(engine.world(), "orders-0", 1).ok()); // stopped, but it has its disk
    }
};

TIDELINE_RULE_TEST(ExportLogTest)
#include "export_log_test.moc"
