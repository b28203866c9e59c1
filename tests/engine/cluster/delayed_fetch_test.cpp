// SPDX-License-Identifier: GPL-3.0-or-later
// A consumer's fetch that waits at the leader, and what ends its wait.
#include "engine/log/record_batch_writer.h"
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr NodeIndex kConsumer = 9;
constexpr NodeIndex kProducer = 10;
constexpr std::int64_t kBatchBytes = 100;

// Broker 1 leads partition 0 alone; its segments take three batches of 100 bytes and one record.
class Leader : public tests::BrokerAlone
{
public:
    Leader()
        : BrokerAlone(smallSegments())
    {
        log.broker(1);
        log.topic(0, "t");
        log.write(control::ConfigRecord{{control::ConfigLevel::Topic, 0}, "internal.segment.bytes", "300"});
        log.partition(0, 0, {1}, {1}, 1);
        run();
    }

    void produce(int batches = 1)
    {
        for (int i = 0; i < batches; ++i) {
            RecordBatchWriter writer;
            const std::string value(kBatchBytes - 68, 'x');
            QCOMPARE(writer.append(0, std::nullopt, NullableBytes(value)), BatchFault::None);
            LogBatch batch;
            batch.records = 1;
            QCOMPARE(writer.close(batch.bytes), BatchFault::None);
            QCOMPARE(static_cast<std::int64_t>(batch.bytes.size()), kBatchBytes);
            send(kProducer, ProduceRequest{1, 30'000'000, {{0, batch}}});
        }
    }
    void fetch(Offset offset, std::int32_t minBytes, std::int32_t partitionMaxBytes = 1'000'000)
    {
        send(kConsumer, FetchRequest{500'000, minBytes, 50'000'000, {{0, offset, 0, partitionMaxBytes}}});
    }
    std::size_t answered() const { return answers<FetchResponse>().size(); }
    FetchResponse::Part answer() const { return answers<FetchResponse>().at(0).parts.at(0); }

private:
    static Scenario smallSegments()
    {
        Scenario scenario = twoBrokers();
        scenario.topics[0].replicationFactor = 1;
        return scenario;
    }
};

} // namespace

class DelayedFetchTest : public QObject
{
    Q_OBJECT

private slots:
    // Case G.
    void itWaitsForEnoughBytes()
    {
        Leader leader;
        leader.fetch(0, 200);
        leader.produce();
        QCOMPARE(leader.answered(), std::size_t{0});
        leader.produce();
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{2});
    }

    void itWaitsNoLongerThanItAllows()
    {
        Leader leader;
        leader.fetch(0, 200);
        leader.produce();
        leader.advanceTo(leader.now + 500'000);
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{1});
    }

    // A batch that is cut off counts, with the bytes that fit; so it is not waited for in vain.
    void theBatchThatIsCutOffCounts()
    {
        Leader leader;
        leader.fetch(0, 150, 150);
        leader.produce(2);
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{1});
        QCOMPARE(leader.answer().cutOff, std::int64_t{50});
    }

    // More than a partition may give is never there, however much there is.
    void noMoreThanThePartitionsLimitCounts()
    {
        Leader leader;
        leader.fetch(0, 250, 150);
        leader.produce(3);
        QCOMPARE(leader.answered(), std::size_t{0});
    }

    // Case F: the log has gone on to another segment, so that no more than this one will be read.
    void behindTheNewestSegmentItIsAnswered()
    {
        Leader leader;
        leader.fetch(0, 10'000);
        leader.produce(3);
        QCOMPARE(leader.answered(), std::size_t{0});
        leader.produce();
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{3});
    }

    // It waited at the log end, and what came began a segment.
    void atTheEndOfAFullSegmentItIsAnswered()
    {
        Leader leader;
        leader.produce(3);
        leader.fetch(3, 10'000);
        QCOMPARE(leader.answered(), std::size_t{0});
        leader.produce();
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{1});
    }

    // Old segments never wait.
    void anOldSegmentIsGivenAtOnce()
    {
        Leader leader;
        leader.produce(4);
        leader.fetch(1, 10'000);
        QCOMPARE(leader.answered(), std::size_t{1});
        QCOMPARE(leader.answer().batches.size(), std::size_t{2});
    }
};

TIDELINE_RULE_TEST(DelayedFetchTest)
#include "delayed_fetch_test.moc"
