// SPDX-License-Identifier: GPL-3.0-or-later
// Batching and sending: PRT-3 to PRT-6, BAT-1 to BAT-3, and each rule of readiness, draining, retry and
// expiry by itself.
#include "engine/clients/record_accumulator.h"
#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"

#include <QtTest>

#include <array>
#include <string>

using namespace tideline;

namespace {

constexpr Micros kMilli = kMicrosPerMilli;

// One topic; partition p is led by broker p % brokers.
struct Producer
{
    explicit Producer(const AccumulatorConfig& config, std::int32_t partitions = 3, std::int32_t brokers = 1)
    {
        for (std::int32_t p = 0; p < partitions; ++p)
            leaders.push_back({p % brokers, 0, kNone});
        view = TopicLeaders(leaders);
        accumulator = RecordAccumulator(config, std::span(&partitions, 1));
    }

    AppendResult add(std::int32_t partition, const std::string& value, Micros now = 0)
    {
        return accumulator.append(0, partition, 1000, NullableBytes("k"), NullableBytes(value), now, view,
                                  random);
    }
    AppendResult addWithoutKey(const std::string& value)
    {
        return accumulator.append(0, kNone, 1000, std::nullopt, NullableBytes(value), 0, view, random);
    }
    ReadyCheck ready(Micros now) { return accumulator.ready(std::span(&view, 1), now); }
    std::vector<ProducerBatch> drain(BrokerId node, Micros now)
    {
        return accumulator.drain(node, std::span(&view, 1), now);
    }

    std::vector<PartitionLeader> leaders;
    TopicLeaders view;
    RecordAccumulator accumulator;
    Random random{1, 0};
};

AccumulatorConfig with(std::int32_t batchSize, Micros linger = 5 * kMilli)
{
    AccumulatorConfig config;
    config.batchSize = batchSize;
    config.linger = linger;
    config.adaptive = false;
    return config;
}

// Lengths of the runs of records that went to one choice of partition; a choice is told by the switch of a
// scripted draw.
std::vector<int> runs(const AccumulatorConfig& config, std::size_t valueBytes, int records, bool drainEach)
{
    Producer producer(config);
    std::int32_t turn = 0;
    auto next = [&] { return turn++; };
    std::vector<int> lengths;
    std::int32_t last = kNone;
    for (int i = 0; i < records; ++i) {
        const AppendResult result =
            producer.accumulator.append(0, kNone, 1000, std::nullopt,
                                        NullableBytes(std::string(valueBytes, 'v')), 0, producer.view, next);
        if (result.partition != last)
            lengths.push_back(0);
        last = result.partition;
        ++lengths.back();
        if (drainEach) {
            for (const ProducerBatch& batch : producer.drain(0, 0))
                producer.accumulator.release(batch);
        }
    }
    lengths.pop_back(); // still growing
    return lengths;
}

} // namespace

class RecordAccumulatorTest : public QObject
{
    Q_OBJECT

private slots:
    void prt3To6Runs()
    {
        QVERIFY(runs(with(100), 1, 50, false) == (std::vector<int>{8, 8, 8, 8, 8, 8}));
        QVERIFY(runs(with(16384), 1, 720, true) == (std::vector<int>{238, 238, 238}));
        QVERIFY(runs(with(16384), 1000, 100, false) == (std::vector<int>{32, 32, 32}));
        QVERIFY(runs(with(16384), 1000, 50, true) == (std::vector<int>{16, 16, 16}));
    }

    void bat1FourRecordsABatch()
    {
        Producer producer(with(100));
        for (int i = 0; i < 4; ++i)
            QCOMPARE(producer.add(0, "v").newBatch, i == 0);
        const AppendResult fifth = producer.add(0, "v");
        QVERIFY(fifth.newBatch);
        QVERIFY(fifth.full);
        const auto batches = producer.drain(0, 0);
        QCOMPARE(batches.size(), std::size_t(1));
        QCOMPARE(batches[0].recordCount, 4);
        QCOMPARE(batches[0].bytes.size(), std::size_t(97));
        QCOMPARE(checkBatch(batches[0].bytes.bytes()), BatchFault::None);
    }

    void bat2LingerCountsFromTheFirstRecord()
    {
        Producer producer(with(16384));
        producer.add(0, "v", 0);
        producer.add(0, "v", 3 * kMilli);
        const ReadyCheck early = producer.ready(5 * kMilli - 1);
        QVERIFY(early.nodes.empty());
        QCOMPARE(early.nextCheck, 5 * kMilli);
        QCOMPARE(producer.ready(5 * kMilli).nodes.size(), std::size_t(1));
        QCOMPARE(producer.drain(0, 5 * kMilli).at(0).recordCount, 2);
    }

    void bat3AFullBatchDoesNotLinger()
    {
        Producer producer(with(100, 100 * kMicrosPerSecond));
        for (int i = 0; i < 4; ++i)
            producer.add(0, "v", 2 * kMilli);
        QVERIFY(producer.ready(2 * kMilli).nodes.empty());
        producer.add(0, "v", 2 * kMilli);
        QCOMPARE(producer.ready(2 * kMilli).nodes.size(), std::size_t(1));
    }

    // CompressionRatioEstimatorTest of Kafka.
    void theExpectedRatioWorsensAtOnceAndImprovesSlowly()
    {
        QCOMPARE(nextCompressionRatio(800'000, 840'000), 850'000);
        QCOMPARE(nextCompressionRatio(600'000, 700'000), 700'000);
        QCOMPARE(nextCompressionRatio(600'000, 400'000), 595'000);
        QCOMPARE(nextCompressionRatio(4'000, 1'000), 1'000);
        QCOMPARE(compressionRatio(25, 100), 250'000);
        QCOMPARE(compressionRatio(20, 0), 20'000'000);
    }

    // Later batches take more records than the first, as the producer learns how well records compress.
    void compressedBatchesTakeMoreRecords()
    {
        AccumulatorConfig config = with(1'000, 0);
        config.codec = Codec::Zstd;
        Producer producer(config, 1);
        std::vector<std::int32_t> counts;
        for (int i = 0; i < 600; ++i) {
            if (!producer.add(0, std::string(80, 'v')).full)
                continue;
            for (const ProducerBatch& batch : producer.drain(0, 0)) {
                counts.push_back(batch.recordCount);
                QCOMPARE(readBatchHeader(batch.bytes.bytes()).codecNumber(), static_cast<int>(Codec::Zstd));
                QVERIFY(batch.bytes.size() < batch.plainSize / 2);
            }
        }
        QVERIFY(counts.size() > 10);
        QVERIFY2(counts.front() <= 1'000 / 80, qPrintable(QString::number(counts.front())));
        QVERIFY2(counts.back() > counts.front(), qPrintable(QString::number(counts.back())));
    }

    void flushSendsAtOnceAndMutedPartitionsWait()
    {
        Producer producer(with(16384));
        producer.add(0, "v");
        QVERIFY(producer.ready(0).nodes.empty());
        producer.accumulator.setFlushing(true);
        QCOMPARE(producer.ready(0).nodes.size(), std::size_t(1));
        producer.accumulator.mute(0, 0, true);
        QVERIFY(producer.ready(0).nodes.empty());
        QVERIFY(producer.drain(0, 0).empty());
        producer.accumulator.mute(0, 0, false);
        QCOMPARE(producer.drain(0, 0).size(), std::size_t(1));
        QVERIFY(!producer.accumulator.hasWaiting());
    }

    void aPartitionWithoutALeaderAsksForMetadata()
    {
        Producer producer(with(16384, 0), 2);
        producer.leaders[1].broker = kNone;
        producer.add(1, "v");
        const ReadyCheck check = producer.ready(kMicrosPerSecond);
        QVERIFY(check.unknownLeaders);
        QVERIFY(check.nodes.empty());
        QCOMPARE(check.nextCheck, kNever);
    }

    void oneBatchAPartitionAndOnlyTheNodesOwn()
    {
        Producer producer(with(100, 0), 4, 2);
        for (std::int32_t p = 0; p < 4; ++p) {
            for (int i = 0; i < 6; ++i)
                producer.add(p, "v");
        }
        QVERIFY(producer.ready(0).nodes == (std::vector<BrokerId>{0, 1}));
        const auto batches = producer.drain(1, 0);
        QCOMPARE(batches.size(), std::size_t(2));
        QCOMPARE(batches[0].partition, 1);
        QCOMPARE(batches[1].partition, 3);
        QCOMPARE(producer.accumulator.queueSize(0, 1), std::size_t(1));
        QCOMPARE(producer.accumulator.queueSize(0, 0), std::size_t(2));
    }

    void maxRequestSizeCutsAndTheNextRequestGoesOnThere()
    {
        AccumulatorConfig config = with(1000, 0);
        config.maxRequestSize = 2000;
        Producer producer(config);
        for (std::int32_t p = 0; p < 3; ++p)
            producer.add(p, std::string(800, 'v'));
        const auto first = producer.drain(0, 0);
        QCOMPARE(first.size(), std::size_t(2));
        producer.add(0, std::string(800, 'v'));
        const auto second = producer.drain(0, 0);
        QCOMPARE(second.at(0).partition, 2);
        QCOMPARE(second.at(1).partition, 0);
    }

    void retriesRepeatTheirRangeAfterTheBackoff()
    {
        Producer producer(with(16384, 0));
        producer.add(0, "a");
        producer.add(0, "b");
        auto batch = producer.drain(0, 0).at(0);
        QCOMPARE(producer.add(0, "c").k, RecordNumber(2));
        const Chunk sent = batch.bytes;
        auto middle = [] { return 200; };
        producer.accumulator.reenqueue(std::move(batch), kMilli, middle);
        QVERIFY(producer.ready(100 * kMilli).nodes.empty());
        QCOMPARE(producer.ready(100 * kMilli).nextCheck, 101 * kMilli);
        QVERIFY(producer.drain(0, 100 * kMilli).empty());
        const auto again = producer.drain(0, 101 * kMilli).at(0);
        QVERIFY(again.bytes.sameAs(sent));
        QCOMPARE(again.firstK, RecordNumber(0));
        QCOMPARE(again.recordCount, 2);
        QCOMPARE(again.attempts, 1);
        QCOMPARE(producer.drain(0, 101 * kMilli).at(0).firstK, RecordNumber(2));
    }

    void aNewLeaderEndsTheBackoff()
    {
        Producer producer(with(16384, 0));
        producer.add(0, "a");
        producer.ready(0);
        auto batch = producer.drain(0, 0).at(0);
        producer.accumulator.reenqueue(std::move(batch), 0, producer.random);
        QVERIFY(producer.ready(kMilli).nodes.empty());
        producer.leaders[0].epoch = 1;
        QCOMPARE(producer.ready(kMilli).nodes.size(), std::size_t(1));
        QCOMPARE(producer.drain(0, kMilli).size(), std::size_t(1));
    }

    void deliveryTimeoutCountsFromTheCreation()
    {
        Producer producer(with(16384));
        producer.add(0, "a", kMilli);
        QCOMPARE(producer.accumulator.nextExpiry(), kMilli + 120 * kMicrosPerSecond);
        QVERIFY(producer.accumulator.expire(120 * kMicrosPerSecond).empty());
        const auto expired = producer.accumulator.expire(kMilli + 120 * kMicrosPerSecond);
        QCOMPARE(expired.size(), std::size_t(1));
        producer.accumulator.release(expired[0]);
        QCOMPARE(producer.accumulator.usedMemory(), std::int64_t(0));
        QCOMPARE(producer.accumulator.nextExpiry(), kNever);
    }

    void exhaustedMemoryRefusesAndMakesEverythingReady()
    {
        AccumulatorConfig config = with(1000);
        config.bufferMemory = 2000;
        Producer producer(config);
        producer.add(0, "v");
        producer.add(1, "v");
        QVERIFY(producer.ready(0).nodes.empty());
        QVERIFY(producer.add(2, "v").status == AppendStatus::BufferExhausted);
        QCOMPARE(producer.ready(0).nodes.size(), std::size_t(1));
        for (const ProducerBatch& batch : producer.drain(0, 0))
            producer.accumulator.release(batch);
        QVERIFY(producer.add(2, "v").status == AppendStatus::Appended);
        QCOMPARE(producer.accumulator.usedMemory(), std::int64_t(1000));
    }

    void whatCannotBeSentIsRefused()
    {
        Producer producer(with(16384));
        QVERIFY(producer.add(0, std::string(1048576, 'v')).fault == BatchFault::RecordTooLarge);
        const AppendResult early = producer.accumulator.append(
            0, 0, -5, NullableBytes("k"), NullableBytes("v"), 0, producer.view, producer.random);
        QVERIFY(early.status == AppendStatus::Refused);
        QVERIFY(early.fault == BatchFault::NegativeTimestamp);
        QVERIFY(!producer.accumulator.hasWaiting());
    }

    void aCopyGoesItsOwnWay()
    {
        Producer producer(with(16384));
        producer.add(0, "a");
        RecordAccumulator branch = producer.accumulator;
        producer.add(0, "b");
        const auto kept = branch.drain(0, std::span(&producer.view, 1), 0);
        QCOMPARE(kept.at(0).recordCount, 1);
        QCOMPARE(producer.drain(0, 0).at(0).recordCount, 2);
    }
};

QTEST_APPLESS_MAIN(RecordAccumulatorTest)
#include "record_accumulator_test.moc"
