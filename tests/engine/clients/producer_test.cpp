// SPDX-License-Identifier: GPL-3.0-or-later
// A producer by itself: it sends all that it can, gives up in time, and blocks where memory ends.
#include "engine/clients/producer.h"
#include "tests/engine/actor_alone.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

#include <map>

using namespace tideline;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

ProducerSpec producerSpec(std::int64_t recordsPerSecond)
{
    ProducerSpec spec;
    spec.name = "p";
    spec.topic = "t";
    spec.requestTimeout = 1000 * kSecond;
    spec.generator = GeneratorSpec{};
    spec.generator->recordsPerSecond = recordsPerSecond;
    spec.generator->valueBytes = 100;
    return spec;
}

// One broker that leads every partition.
class Alone : public tests::ActorAlone<Producer>
{
public:
    explicit Alone(const ProducerSpec& spec, std::int32_t partitions = 1)
        : ActorAlone(scenario(spec, partitions))
    {
        actor = Producer(0, topology);
        with([](Producer& producer, Step step) { producer.start(step); });
        answer<MetadataRequest>(MetadataResponse{tests::ledByBrokerOne(1, partitions)});
    }

    void connect() { answer<ApiVersionsRequest>(ApiVersionsResponse{}); }
    // The oldest produce request has been written at offset 0.
    void acknowledge()
    {
        ProduceResponse response;
        const ProduceRequest request = asked<ProduceRequest>().at(0);
        for (const ProduceRequest::Part& part : request.parts)
            response.parts.push_back({part.partition, ErrorCode::None, 0});
        answer<ProduceRequest>(std::move(response));
    }
    const Producer::Counts& counts() const { return actor.counts(); }
    std::size_t requests() const { return asked<ProduceRequest>().size(); }

private:
    static Scenario scenario(const ProducerSpec& spec, std::int32_t partitions)
    {
        Scenario scenario;
        scenario.cluster.brokers = 1;
        scenario.topics = {TopicSpec{"t", partitions, 1, 1}};
        scenario.producers = {spec};
        return scenario;
    }
};

} // namespace

class ProducerTest : public QObject
{
    Q_OBJECT

private slots:
    // acks=0 waits for nobody: all full batches of a partition go out one after the other.
    void withoutAcksNothingWaits()
    {
        ProducerSpec spec = producerSpec(100);
        spec.acks = 0;
        spec.batchSize = 500;
        Alone producer(spec);
        producer.advanceTo(kSecond);
        QVERIFY(producer.counts().produced >= 100);
        producer.connect();
        QVERIFY(producer.requests() > 20);
        QVERIFY(producer.counts().produced - producer.counts().acknowledged <= 5);
    }

    void whatIsUnderWayFailsInTimeToo()
    {
        ProducerSpec spec = producerSpec(10);
        spec.deliveryTimeout = 10 * kSecond;
        spec.generator->limit = 1;
        Alone producer(spec);
        producer.advanceTo(kSecond);
        producer.connect();
        QCOMPARE(producer.requests(), std::size_t{1});
        producer.advanceTo(9'900'000);
        QCOMPARE(producer.counts().failed, std::int64_t{0});
        producer.advanceTo(10'200'000);
        QCOMPARE(producer.counts().failed, std::int64_t{1});
        QCOMPARE(producer.saw<RecordsFailed>().size(), std::size_t{1});
        QCOMPARE(producer.facts<SendFailed>().at(0).error, ErrorCode::RequestTimedOut);
        QCOMPARE(producer.saw<SourceDrained>().size(), std::size_t{1});
        producer.acknowledge(); // too late
        QCOMPARE(producer.counts().failed, std::int64_t{1});
        QCOMPARE(producer.counts().acknowledged, std::int64_t{0});
        QCOMPARE(producer.saw<SourceDrained>().size(), std::size_t{1});
    }

    // The same when the late request is lost instead of answered: nothing is sent again.
    void whatHasFailedIsNotSentAgain()
    {
        ProducerSpec spec = producerSpec(10);
        spec.deliveryTimeout = 10 * kSecond;
        spec.generator->limit = 1;
        Alone producer(spec);
        producer.advanceTo(kSecond);
        producer.connect();
        producer.advanceTo(11 * kSecond);
        producer.lose<ProduceRequest>();
        producer.advanceTo(20 * kSecond);
        QCOMPARE(producer.requests(), std::size_t{0});
        QCOMPARE(producer.counts().failed, std::int64_t{1});
        QCOMPARE(producer.counts().retries, std::int64_t{0});
    }

    // A record that is larger than batch.size takes as much memory as it is large; send() waits for that.
    void aLargeRecordWaitsForMemory()
    {
        ProducerSpec spec = producerSpec(10);
        spec.batchSize = 1000;
        spec.bufferMemory = 7000;
        spec.generator->valueBytes = 3000;
        Alone producer(spec);
        producer.advanceTo(kSecond);
        producer.connect();
        producer.advanceTo(2 * kSecond);
        QCOMPARE(producer.counts().produced, std::int64_t{2});
        QCOMPARE(producer.counts().refused, std::int64_t{0});
        QVERIFY(producer.facts<SendFailed>().empty());
        producer.acknowledge();
        QVERIFY(producer.counts().produced > 2);
        QCOMPARE(producer.counts().failed, std::int64_t{0});
    }

    void whatIsTooLargeIsRefused()
    {
        ProducerSpec spec = producerSpec(10);
        spec.maxRequestSize = 50;
        Alone producer(spec);
        producer.advanceTo(kSecond);
        QVERIFY(producer.counts().refused >= 10);
        QCOMPARE(producer.counts().failed, std::int64_t{0}); // of what it has produced
        QCOMPARE(producer.facts<SendFailed>().at(0).error, ErrorCode::MessageTooLarge);
    }

    // While a send() waits for memory, batches that are not full and have not lingered are sent all the same;
    // and nobody's turn is skipped.
    void wantedMemorySendsWhatIsThere()
    {
        ProducerSpec spec = producerSpec(10);
        spec.batchSize = 1000;
        spec.bufferMemory = 3000;
        spec.linger = 100 * kSecond;
        spec.partitioner = Partitioner::RoundRobin;
        Alone producer(spec, 4);
        producer.advanceTo(250'000);
        QVERIFY(producer.asked<ApiVersionsRequest>().empty()); // three batches with a record each: all linger
        producer.advanceTo(kSecond);
        QCOMPARE(producer.counts().produced, std::int64_t{3});
        producer.connect();
        QCOMPARE(producer.requests(), std::size_t{1});
        QCOMPARE(producer.asked<ProduceRequest>()[0].parts.size(), std::size_t{3});
        const auto first = producer.saw<RecordsProduced>();
        producer.acknowledge();
        QCOMPARE(producer.counts().produced, std::int64_t{6}); // the turns 3, 0 and 1
        std::map<PartitionIndex, std::int32_t> records;
        for (const RecordsProduced& some : producer.saw<RecordsProduced>())
            records[some.partition] += some.records;
        QCOMPARE(records.size(), std::size_t{4});
        QCOMPARE(records[first.at(0).partition], 2);
        QCOMPARE(records[first.at(1).partition], 2);
        QCOMPARE(records[first.at(2).partition], 1);
    }
};

TIDELINE_RULE_TEST(ProducerTest)
#include "producer_test.moc"
