// SPDX-License-Identifier: GPL-3.0-or-later
// When a broker looks for segments that may go: the retention check takes logs that are not compacted, the
// cleaner those that are.
#include "engine/log/record_batch_writer.h"
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// Broker 1 leads partition 0 alone, whose segments take one batch.
class Storage : public tests::BrokerAlone
{
public:
    explicit Storage(const std::string& policy)
        : BrokerAlone(alone())
    {
        const auto set = [this](const std::string& key, const std::string& value) {
            log.write(control::ConfigRecord{{control::ConfigLevel::Topic, 0}, key, value});
        };
        log.broker(1);
        log.topic(0, "t");
        set("internal.segment.bytes", "100");
        set("cleanup.policy", policy);
        set("retention.ms", "1000");
        set("min.cleanable.dirty.ratio", "1"); // nothing is compacted
        log.partition(0, 0, {1}, {1}, 1);
        run();
        for (int i = 0; i < 3; ++i)
            produce();
    }
    Offset logStart() const { return actor.replica(0)->log.startOffset(); }
    std::size_t segments() const { return actor.replica(0)->log.segmentCount(); }

private:
    static Scenario alone()
    {
        Scenario scenario = twoBrokers();
        scenario.topics[0].replicationFactor = 1;
        return scenario;
    }
    void produce()
    {
        RecordBatchWriter writer;
        const std::string value(30, 'x');
        LogBatch batch;
        batch.records = 1;
        QCOMPARE(writer.append(0, NullableBytes(Bytes("k")), NullableBytes(Bytes(value))), BatchFault::None);
        QCOMPARE(writer.close(batch.bytes), BatchFault::None);
        send(9, ProduceRequest{1, 30'000'000, {{0, batch}}});
    }
};

} // namespace

class BrokerStorageTest : public QObject
{
    Q_OBJECT

private slots:
    void whenOldSegmentsGo_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<int>("second");
        QTest::newRow("the first retention check") << QByteArray("delete") << 30;
        QTest::newRow("the cleaner's second round") << QByteArray("compact,delete") << 15;
    }

    void whenOldSegmentsGo()
    {
        QFETCH(QByteArray, policy);
        QFETCH(int, second);
        Storage storage(policy.toStdString());
        QCOMPARE(storage.segments(), std::size_t{3});
        storage.advanceTo(second * kMicrosPerSecond - 1);
        QCOMPARE(storage.logStart(), Offset{0});
        storage.advanceTo(second * kMicrosPerSecond);
        QCOMPARE(storage.logStart(), Offset{3});
    }

    // Of a log that is only compacted, what lies below its start.
    void whatLiesBelowTheStartOfACompactedLogGoes()
    {
        Storage storage("compact");
        storage.with([](Broker& broker, Step step) { broker.deleteRecords(0, 2, step); });
        storage.advanceTo(15 * kMicrosPerSecond - 1);
        QCOMPARE(storage.segments(), std::size_t{3});
        storage.advanceTo(15 * kMicrosPerSecond);
        QCOMPARE(storage.segments(), std::size_t{1});
        QCOMPARE(storage.logStart(), Offset{2});
        storage.advanceTo(60 * kMicrosPerSecond);
        QCOMPARE(storage.logStart(), Offset{2}); // retention.ms is not for it
    }
};

TIDELINE_RULE_TEST(BrokerStorageTest)
#include "broker_storage_test.moc"
