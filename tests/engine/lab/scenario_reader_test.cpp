// SPDX-License-Identifier: GPL-3.0-or-later
// What a scenario file says is what the Scenario has: every key once, and the defaults of what is left out.
#include "engine/lab/scenario_reader.h"

#include <QtTest/QtTest>

#include <QDir>

using namespace tideline;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

// Aborts the test with the sentences when there are any.
Scenario readGood(std::string_view json)
{
    ScenarioRead read = readScenario(json, {"", {kSource + "/resources/logs"}});
    if (auto* problems = std::get_if<ScenarioProblems>(&read))
        qFatal("%s", problems->sentences.front().c_str());
    return std::get<Scenario>(std::move(read));
}

constexpr std::string_view kTopics =
    R"("topics": [{"name": "orders", "partitions": 6, "replication-factor": 3},
                                                   {"name": "quakes"}])";

std::string withTopics(std::string_view rest)
{
    return "{\"tideline\": 1, " + std::string(kTopics) + ", " + std::string(rest) + "}";
}

} // namespace

class ScenarioReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void emptyScenario()
    {
        const Scenario scenario = readGood(R"({"tideline": 1})");
        QCOMPARE(scenario.seed, std::uint64_t{1});
        QCOMPARE(scenario.duration, Micros{60'000'000});
        QCOMPARE(scenario.cluster.brokers, 3);
        QVERIFY(scenario.topics.empty());
        QCOMPARE(scenario.text, std::string(R"({"tideline": 1})"));
    }

    void top()
    {
        const Scenario scenario = readGood(
            R"({"tideline": 1, "title": "Orders", "description": "Watch.", "seed": 18446744073709551615, "duration": "1.5 h"})");
        QCOMPARE(scenario.title, std::string("Orders"));
        QCOMPARE(scenario.description, std::string("Watch."));
        QCOMPARE(scenario.seed, std::uint64_t{18446744073709551615u});
        QCOMPARE(scenario.duration, Micros{5'400'000'000});
    }

    void cluster()
    {
        const ClusterConfig c = readGood(R"({"tideline": 1, "cluster": {"brokers": 5, "controllers": 1,
            "link": {"latency": "2500 us", "bandwidth": "100 Mbit/s"},
            "config": {"default.replication.factor": 2, "num.partitions": 4, "min.insync.replicas": 2,
                       "replica.lag.time.max.ms": 10000, "replica.fetch.wait.max.ms": 250, "replica.fetch.min.bytes": 2,
                       "replica.fetch.max.bytes": 3, "replica.fetch.response.max.bytes": 4, "replica.fetch.backoff.ms": 5,
                       "broker.heartbeat.interval.ms": 1000, "broker.session.timeout.ms": 6000,
                       "leader.imbalance.check.interval.seconds": 30, "auto.leader.rebalance.enable": false,
                       "group.initial.rebalance.delay.ms": 0, "offsets.topic.num.partitions": 7,
                       "offsets.topic.replication.factor": 4, "message.max.bytes": 2000}},
            "topics": [{"name": "t"}]})")
                                    .cluster;
        QCOMPARE(c.brokers, 5);
        QCOMPARE(c.linkLatency, Micros{2'500});
        QCOMPARE(c.linkBandwidth, std::int64_t{12'500'000});
        QCOMPARE(c.replicaLagTimeMax, Micros{10'000'000});
        QCOMPARE(c.replicaFetchWaitMax, Micros{250'000});
        QCOMPARE(c.replicaFetchMinBytes, 2);
        QCOMPARE(c.replicaFetchMaxBytes, 3);
        QCOMPARE(c.replicaFetchResponseMaxBytes, 4);
        QCOMPARE(c.replicaFetchBackoff, Micros{5'000});
        QCOMPARE(c.brokerHeartbeatInterval, Micros{1'000'000});
        QCOMPARE(c.brokerSessionTimeout, Micros{6'000'000});
        QCOMPARE(c.leaderImbalanceCheckInterval, Micros{30'000'000});
        QVERIFY(!c.autoLeaderRebalance);
        QCOMPARE(c.groupInitialRebalanceDelay, Micros{0});
        QCOMPARE(c.offsetsTopicNumPartitions, 7);
        QCOMPARE(c.offsetsTopicReplicationFactor, 4);
        QCOMPARE(c.messageMaxBytes, 2'000);
    }

    // num.partitions, default.replication.factor and min.insync.replicas of the cluster hold where a topic is
    // silent, wherever the cluster is written; the offsets topic has at most the brokers there are.
    void clusterDefaultsReachTopics()
    {
        const Scenario scenario =
            readGood(R"({"topics": [{"name": "a"}, {"name": "b", "partitions": 1, "replication-factor": 1,
            "config": {"min.insync.replicas": 1}}], "tideline": 1, "cluster": {"brokers": 2,
            "config": {"default.replication.factor": 2, "num.partitions": 4, "min.insync.replicas": 2}}})");
        QCOMPARE(scenario.topics[0].partitions, 4);
        QCOMPARE(scenario.topics[0].replicationFactor, 2);
        QCOMPARE(scenario.topics[0].minInsyncReplicas, 2);
        QCOMPARE(scenario.topics[1].partitions, 1);
        QCOMPARE(scenario.topics[1].replicationFactor, 1);
        QCOMPARE(scenario.topics[1].minInsyncReplicas, 1);
        QCOMPARE(scenario.cluster.offsetsTopicReplicationFactor, 2);
    }

    void producerConfig()
    {
        const ProducerSpec p =
            readGood(withTopics(R"("producers": [{"name": "sensors", "topic": "orders", "config": {
            "acks": "1", "batch.size": 1, "linger.ms": 2, "retries": 3, "delivery.timeout.ms": 9000, "request.timeout.ms": 5000,
            "retry.backoff.ms": 6, "retry.backoff.max.ms": 7, "max.in.flight.requests.per.connection": 8, "max.request.size": 9,
            "buffer.memory": 10, "metadata.max.age.ms": 11, "partitioner.class": "RoundRobinPartitioner",
            "partitioner.ignore.keys": true}}])"))
                .producers[0];
        QCOMPARE(p.acks, 1);
        QCOMPARE(p.batchSize, 1);
        QCOMPARE(p.linger, Micros{2'000});
        QCOMPARE(p.retries, std::int64_t{3});
        QCOMPARE(p.deliveryTimeout, Micros{9'000'000});
        QCOMPARE(p.requestTimeout, Micros{5'000'000});
        QCOMPARE(p.retryBackoff, Micros{6'000});
        QCOMPARE(p.retryBackoffMax, Micros{7'000});
        QCOMPARE(p.maxInFlight, 8);
        QCOMPARE(p.maxRequestSize, 9);
        QCOMPARE(p.bufferMemory, std::int64_t{10});
        QCOMPARE(p.metadataMaxAge, Micros{11'000});
        QVERIFY(p.partitioner == Partitioner::RoundRobin);
        QVERIFY(p.ignoreKeys);
        QVERIFY(p.generator.has_value()); // without a source: orders
        QVERIFY(!p.log.has_value());
    }

    // Kafka raises the default of delivery.timeout.ms when linger.ms + request.timeout.ms need it.
    void deliveryTimeoutIsRaised()
    {
        const ProducerSpec p =
            readGood(
                withTopics(
                    R"("producers": [{"name": "s", "topic": "orders", "config": {"request.timeout.ms": 200000}}])"))
                .producers[0];
        QCOMPARE(p.deliveryTimeout, Micros{200'005'000});
    }

    void acks_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<int>("acks");
        QTest::newRow("all") << "\"all\"" << -1;
        QTest::newRow("-1") << "-1" << -1;
        QTest::newRow("text 0") << "\"0\"" << 0;
        QTest::newRow("1") << "1" << 1;
    }
    void acks()
    {
        QFETCH(QString, written);
        QFETCH(int, acks);
        const std::string producer = R"("producers": [{"name": "s", "topic": "orders", "config": {"acks": )" +
                                     written.toStdString() + "}}]";
        QCOMPARE(readGood(withTopics(producer)).producers[0].acks, acks);
    }

    void generator()
    {
        const GeneratorSpec g =
            *readGood(withTopics(R"("producers": [{"name": "s", "topic": "orders", "source": {
            "generator": "orders", "rate": "200/s", "keys": 0, "bytes": 100, "delay": {"lognormal": ["800 ms", 1.125]},
            "start": "5 s", "limit": 1000, "after-groups-stable": true}}])"))
                 .producers[0]
                 .generator;
        QCOMPARE(g.kind, std::string("orders"));
        QCOMPARE(g.recordsPerSecond, std::int64_t{200});
        QCOMPARE(g.keys, 0);
        QCOMPARE(g.valueBytes, 100);
        QVERIFY(g.delay.kind == DelaySpec::Kind::Lognormal);
        QCOMPARE(g.delay.low, Micros{800'000});
        QCOMPARE(g.delay.sigmaMilli, 1'125);
        QCOMPARE(g.start, Micros{5'000'000});
        QCOMPARE(g.limit, std::int64_t{1'000});
        QVERIFY(g.afterGroupsStable);
    }

    void delays()
    {
        const auto delay = [](const std::string& text) {
            return readGood(
                       withTopics(R"("producers": [{"name": "s", "topic": "orders", "source": {"delay": )" +
                                  text + "}}]"))
                .producers[0]
                .generator->delay;
        };
        const DelaySpec constant = delay(R"({"constant": "2 s"})");
        QVERIFY(constant.kind == DelaySpec::Kind::Constant);
        QCOMPARE(constant.low, Micros{2'000'000});
        const DelaySpec uniform = delay(R"({"uniform": ["1 s", "4 s"]})");
        QVERIFY(uniform.kind == DelaySpec::Kind::Uniform);
        QCOMPARE(uniform.low, Micros{1'000'000});
        QCOMPARE(uniform.high, Micros{4'000'000});
        QCOMPARE(delay(R"({"lognormal": ["1 s", 2]})").sigmaMilli, 2'000);
        QCOMPARE(delay(R"({"lognormal": ["1 s", 0.05]})").sigmaMilli, 50);
    }

    void logSource()
    {
        const ProducerSpec p =
            readGood(withTopics(R"("producers": [{"name": "s", "topic": "quakes", "source": {
            "log": "earthquakes.csv", "time": "happened_at", "arrival": "reported_at", "key": "network", "pace": 3600,
            "on-error": "skip"}}])"))
                .producers[0];
        QVERIFY(!p.generator.has_value());
        QCOMPARE(p.log->file, std::string("earthquakes.csv"));
        QCOMPARE(p.log->path, kSource + "/resources/logs/earthquakes.csv");
        QCOMPARE(p.log->timeColumn, std::string("happened_at"));
        QCOMPARE(p.log->arrivalColumn, std::string("reported_at"));
        QCOMPARE(p.log->keyColumn, std::string("network"));
        QCOMPARE(p.log->pace, std::int64_t{3'600});
        QVERIFY(p.log->skipBroken);
    }

    void group()
    {
        const GroupSpec g =
            readGood(
                withTopics(R"("groups": [{"name": "billing", "topics": ["orders", "quakes"], "members": 4,
            "join-every": "3 s", "processing": "2 ms", "commit": "before-processing", "config": {
            "enable.auto.commit": false, "auto.commit.interval.ms": 1, "auto.offset.reset": "earliest",
            "session.timeout.ms": 6000, "heartbeat.interval.ms": 2, "max.poll.interval.ms": 3, "max.poll.records": 4,
            "fetch.min.bytes": 5, "fetch.max.wait.ms": 6, "fetch.max.bytes": 7, "max.partition.fetch.bytes": 8,
            "partition.assignment.strategy": ["range"], "request.timeout.ms": 9}}])"))
                .groups[0];
        QCOMPARE(g.topics, (std::vector<std::string>{"orders", "quakes"}));
        QCOMPARE(g.members, 4);
        QCOMPARE(g.joinEvery, Micros{3'000'000});
        QCOMPARE(g.processing, Micros{2'000});
        QVERIFY(g.commit == CommitOrder::BeforeProcessing);
        QCOMPARE(g.autoCommitInterval, Micros{1'000});
        QVERIFY(g.offsetReset == OffsetReset::Earliest);
        QCOMPARE(g.sessionTimeout, Micros{6'000'000});
        QCOMPARE(g.heartbeatInterval, Micros{2'000});
        QCOMPARE(g.maxPollInterval, Micros{3'000});
        QCOMPARE(g.maxPollRecords, 4);
        QCOMPARE(g.fetchMinBytes, 5);
        QCOMPARE(g.fetchMaxWait, Micros{6'000});
        QCOMPARE(g.fetchMaxBytes, 7);
        QCOMPARE(g.maxPartitionFetchBytes, 8);
        QCOMPARE(g.requestTimeout, Micros{9'000});
    }

    void pipelines()
    {
        const std::vector<PipelineSpec> all = readGood(withTopics(R"("pipelines": [
            {"name": "revenue", "engine": "flink", "from": "orders", "aggregate": {"sum": "eur"}, "allowed-lateness": "3 s",
             "watermark": {"bounded-out-of-orderness": "5 s", "emit": "100 ms", "idleness": "30 s"},
             "window": {"sliding": ["10 s", "4 s"], "offset": "-3 s"}},
            {"name": "counts", "from": "orders", "watermark": {"emit": "after-every-record"},
             "window": {"tumbling": "6 h"}, "aggregate": "count"},
            {"name": "plain", "from": "orders"}])"))
                                                  .pipelines;
        const PipelineSpec& sliding = all[0];
        QCOMPARE(sliding.from, std::string("orders"));
        QVERIFY(sliding.aggregate == AggregateKind::Sum);
        QCOMPARE(sliding.sumField, std::string("eur"));
        QCOMPARE(sliding.allowedLateness, Millis{3'000});
        QCOMPARE(sliding.watermark.boundedOutOfOrderness, Millis{5'000});
        QVERIFY(!sliding.watermark.afterEveryRecord);
        QCOMPARE(sliding.watermark.autoWatermarkInterval, Micros{100'000});
        QCOMPARE(sliding.watermark.idleTimeout, Micros{30'000'000});
        QVERIFY(sliding.window == WindowKind::Sliding);
        QCOMPARE(sliding.size, Millis{10'000});
        QCOMPARE(sliding.slide, Millis{4'000});
        QCOMPARE(sliding.offset, Millis{-3'000});
        QVERIFY(all[1].watermark.afterEveryRecord);
        QVERIFY(all[1].window == WindowKind::Tumbling);
        QCOMPARE(all[1].size, Millis{21'600'000});
        QCOMPARE(all[1].slide, all[1].size);
        QVERIFY(all[1].aggregate == AggregateKind::Count);
        QCOMPARE(all[2].slide, all[2].size);
    }

    // By time, equal times in the order written; a member that add-consumer makes may be named from then on.
    void script()
    {
        const Scenario scenario = readGood(withTopics(R"("duration": "1 min",
            "groups": [{"name": "billing", "topics": ["orders"], "members": 2}], "script": [
            {"at": "41 s", "stop": {"consumer": "billing-3"}}, {"at": "30 s", "cut": {"between": ["broker 1", "billing-1"]}},
            {"at": "30 s", "kill": {"broker": 2}}, {"at": "41 s", "add-consumer": {"group": "billing"}},
            {"at": "1 min", "crash": {"consumer": "billing-3"}}, {"at": "20 s", "add-consumer": {"group": "billing"}}])"));
        const std::vector<TimedCommand> expected = {
            {20'000'000, AddConsumer{"billing"}}, {30'000'000, CutLink{"broker 1", "billing-1"}},
            {30'000'000, KillBroker{2}},          {41'000'000, StopConsumer{"billing-3"}},
            {41'000'000, AddConsumer{"billing"}}, {60'000'000, CrashConsumer{"billing-3"}}};
        QVERIFY(scenario.script == expected);
    }

    void aTimePastTheEndMeansTheEnd()
    {
        const Scenario scenario =
            readGood(withTopics(R"("duration": "1 min", "script": [{"at": "61 s", "kill": {"broker": 2}}])"));
        const std::vector<TimedCommand> expected = {{60'000'000, KillBroker{2}}};
        QVERIFY(scenario.script == expected);
    }

    void logBesideTheScenario()
    {
        QTemporaryDir folder;
        QFile log(folder.filePath("quakes.csv"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("\xef\xbb\xbf\"when, exactly\",where\r\n2018-01-31,here\r\n");
        log.close();
        QFile file(folder.filePath("a.tideline"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"tideline": 1, "topics": [{"name": "t"}], "producers": [{"name": "p", "topic": "t",
                       "source": {"log": "quakes.csv", "time": "when, exactly"}}]})");
        file.close();
        const ScenarioRead read = readScenarioFile(file.fileName().toStdString(), {});
        QVERIFY(std::holds_alternative<Scenario>(read));
        const LogSourceSpec& source = *std::get<Scenario>(read).producers[0].log;
        QCOMPARE(source.path, folder.filePath("quakes.csv").toStdString());
        QCOMPARE(source.arrivalColumn,
                 std::string("when, exactly")); // without arrival: in the order of event time
    }

    void shipped()
    {
        QDir folder(QString::fromStdString(kSource + "/resources/scenarios"));
        const QStringList names = folder.entryList({"*.tideline"}, QDir::Files, QDir::Name);
        QVERIFY(names.size() >= 8);
        QStringList paths = {QString::fromStdString(kSource + "/tests/bench/path.tideline")};
        for (const QString& name : names)
            paths += folder.filePath(name);
        for (const QString& path : paths) {
            const ScenarioRead read = readScenarioFile(path.toStdString(), {kSource + "/resources/logs"});
            if (const auto* problems = std::get_if<ScenarioProblems>(&read))
                QFAIL(qPrintable(path + ": " + QString::fromStdString(problems->sentences.front())));
            const Scenario& scenario = std::get<Scenario>(read);
            QVERIFY2(!scenario.title.empty() && !scenario.description.empty(), qPrintable(path));
            QVERIFY2(scenario.duration >= 60'000'000 && scenario.duration <= 360'000'000, qPrintable(path));
        }
    }
};

QTEST_APPLESS_MAIN(ScenarioReaderTest)
#include "scenario_reader_test.moc"
