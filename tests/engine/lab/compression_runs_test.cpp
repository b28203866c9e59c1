// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed records in a running cluster: everybody who reads records reads them, and they are smaller
// wherever they lie or travel.
#include "engine/lab/export_log.h"
#include "engine/lab/record_life.h"
#include "engine/lab/world.h"
#include "engine/log/codec.h"
#include "engine/log/record_batch_reader.h"
#include "tests/engine/lab/flights_tape.h"
#include "tests/engine/lab/runs.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace tideline;
using namespace tideline::tests;

namespace {

// With a pipeline, for 20 s.
Scenario small(Codec codec)
{
    Scenario scenario = smallScenario();
    scenario.duration = 20 * kMicrosPerSecond;
    ProducerSpec& producer = scenario.producers.front();
    producer.linger = 200'000;
    producer.compression = codec;
    producer.generator->recordsPerSecond = 500;
    producer.generator->valueBytes = 60;
    PipelineSpec pipeline;
    pipeline.name = "revenue";
    pipeline.from = "orders";
    pipeline.aggregate = AggregateKind::Sum;
    pipeline.sumField = "eur";
    scenario.pipelines = {pipeline};
    return scenario;
}

const ReplicaLog& leaderLog(const Engine& engine, PartitionIndex partition)
{
    return engine.world().leaderReplica(partition)->log;
}

// By codec: batches of the log.
std::map<int, int> codecsOf(const ReplicaLog& log, Offset from = 0)
{
    std::map<int, int> codecs;
    for (std::size_t i = log.find(from); i < log.batchCount(); ++i)
        ++codecs[readBatchHeader(log.batch(i).bytes.bytes()).codecNumber()];
    return codecs;
}

// That of every batch; -1: they differ.
int onlyCodecOf(const ReplicaLog& log)
{
    const std::map<int, int> codecs = codecsOf(log);
    return codecs.size() == 1 ? codecs.begin()->first : -1;
}

std::vector<std::string> valuesOf(const ReplicaLog& log, std::size_t most)
{
    std::vector<std::string> values;
    for (std::size_t i = 0; i < log.batchCount() && values.size() < most; ++i) {
        forEachRecord(log.batch(i).bytes.bytes(), [&](const RecordView& record) {
            if (values.size() < most)
                values.emplace_back(record.value.value_or(Bytes()));
        });
    }
    return values;
}

Engine ranWithFlights(Micros time)
{
    const auto tape = std::make_shared<const FlightsTape>(TIDELINE_SOURCE_DIR "/resources/logs/flights.csv");
    Engine engine(shipped("30-compression"), {tape, tape, tape});
    engine.advanceTo(time);
    return engine;
}

} // namespace

class CompressionRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // Consumer, pipeline, audit, ledger and a record's life do not care which codec it is.
    void everybodyReadsEveryCodec()
    {
        const Engine plain = runToTheEnd(small(Codec::None));
        for (const Codec codec : {Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
            const Engine engine = runToTheEnd(small(codec));
            isSound(engine);
            const LedgerNumbers numbers = engine.ledger(0);
            QCOMPARE(numbers.once + numbers.pending, numbers.acknowledged);
            QVERIFY(numbers.once > 8'500);
            QCOMPARE(numbers.repeated + numbers.lost, std::int64_t{0});
            const auto totals = [](const Engine& of) {
                std::int64_t sum = 0;
                of.world().pipelines[0]->windows().forEachWindow(
                    0, [&sum](const WindowTotals& window) { sum += window.aggregate.sum; });
                return sum;
            };
            QVERIFY(totals(engine) > 0);
            QCOMPARE(totals(engine), totals(plain));
            QVERIFY(leaderLog(engine, 0).bytes() < leaderLog(plain, 0).bytes() / 2);
            QCOMPARE(onlyCodecOf(leaderLog(engine, 0)), static_cast<int>(codec));
            const auto life = lifeOfRecord(Engine(small(codec)), 0, 1'000, 10'000'000);
            QVERIFY(life && life->value.starts_with("{\"eur\":"));
        }
    }

    // A topic with a codec of its own has its leader write batches anew; a topic that is set to
    // "uncompressed" has it unpack them; what comes in the right codec keeps its bytes.
    void aTopicsCodecIsItsLeadersWork()
    {
        Scenario scenario = small(Codec::Lz4);
        scenario.topics[0].log.compression = Codec::Gzip;
        const Engine gzip = runToTheEnd(scenario);
        isSound(gzip);
        QCOMPARE(onlyCodecOf(leaderLog(gzip, 0)), static_cast<int>(Codec::Gzip));
        scenario.topics[0].log.compression = Codec::None;
        const Engine none = runToTheEnd(scenario);
        isSound(none);
        QCOMPARE(onlyCodecOf(leaderLog(none, 0)), static_cast<int>(Codec::None));
        QCOMPARE(valuesOf(leaderLog(none, 0), 2'000), valuesOf(leaderLog(gzip, 0), 2'000));
        scenario.topics[0].log.compression = Codec::Lz4;
        const Engine same = runToTheEnd(scenario);
        QVERIFY(leaderLog(same, 0).batch(3).bytes ==
                leaderLog(runToTheEnd(small(Codec::Lz4)), 0).batch(3).bytes);
    }

    void theCodecOfARunningTopicIsChanged()
    {
        Scenario scenario = small(Codec::None);
        scenario.script = {{10'000'000, AlterTopicConfig{"orders", "compression.type", "snappy"}}};
        const Engine engine = runToTheEnd(scenario);
        isSound(engine);
        const std::map<int, int> codecs = codecsOf(leaderLog(engine, 0));
        QVERIFY(codecs.at(static_cast<int>(Codec::None)) > 30);
        QVERIFY(codecs.at(static_cast<int>(Codec::Snappy)) > 30);
        QCOMPARE(codecsOf(leaderLog(engine, 0), leaderLog(engine, 0).endOffset() / 10 * 6).size(),
                 std::size_t{1});
    }

    // What the cleaner leaves of a compressed batch is compressed.
    void compactionKeepsTheCodec()
    {
        Scenario scenario = small(Codec::Zstd);
        scenario.pipelines.clear();
        scenario.cluster.logCleanerBackoff = 2'000'000;
        scenario.producers[0].generator->keys = 5;
        LogConfig& log = scenario.topics[0].log;
        log.compacts = true;
        log.deletes = false;
        log.segmentBytes = 4'000;
        log.minDirtyMillionths = 100'000;
        const Engine engine = runToTheEnd(scenario);
        isSound(engine);
        const ReplicaLog& cleaned = leaderLog(engine, 0);
        QVERIFY(cleaned.cleanedTo() > 1'000);
        QVERIFY(cleaned.records() < cleaned.endOffset() / 2);
        QCOMPARE(onlyCodecOf(cleaned), static_cast<int>(Codec::Zstd));
    }

    // The files that are written are compressed as the log is.
    void exportedSegmentsAreCompressed()
    {
        const Engine engine = ranTo(small(Codec::Gzip), 5'000'000);
        const Result<ExportedLog> exported = exportLog(engine.world(), "orders-0", kNone);
        QVERIFY(exported.ok());
        int logs = 0;
        for (const auto& [name, bytes] : exported.value().files) {
            if (!name.ends_with(".log"))
                continue;
            ++logs;
            QCOMPARE(readBatchHeader(bytes).codecNumber(), static_cast<int>(Codec::Gzip));
        }
        QCOMPARE(logs, 1);
    }

    void inspectorAndMetricsSayWhatACodecSaves()
    {
        const Engine engine = ranTo(small(Codec::Zstd), 5'000'000);
        for (const Selection::Kind kind :
             {Selection::Kind::Partition, Selection::Kind::Topic, Selection::Kind::Producer}) {
            ViewRequest request;
            request.selection.kind = kind;
            request.selection.index = 0;
            const Frame frame = engine.frame(request);
            const auto row =
                std::find_if(frame.inspector.rows.begin(), frame.inspector.rows.end(),
                             [](const InspectorFrame::Row& one) { return one.compression.has_value(); });
            QVERIFY(row != frame.inspector.rows.end());
            QCOMPARE(row->compression->codec, Codec::Zstd);
            QVERIFY(row->compression->bytes > 0);
            QVERIFY(row->compression->bytes < row->compression->plainBytes * 2 / 3);
        }
        std::map<std::string, std::int64_t> metrics;
        for (const MetricLine& line : engine.metrics())
            metrics[line.name] = line.value;
        QVERIFY(metrics.at("topic.orders.retained") * 2 < metrics.at("topic.orders.uncompressed"));
        QVERIFY(metrics.at("producer.sensors.compression-rate") < 50);
    }

    // Half-way the plain records wait in front of their link and the compressed ones do not; in the end all
    // three topics have the same records, and two of them in a fraction of the bytes.
    void aNarrowLinkCarriesCompressedRecords()
    {
        const Engine half = ranWithFlights(40'000'000);
        const auto waiting = [&half](std::size_t producer) {
            const Producer::Counts& counts = half.world().producers[producer]->counts();
            return counts.produced - counts.acknowledged;
        };
        QVERIFY2(waiting(0) > 4'000, qPrintable(QString::number(waiting(0))));
        QVERIFY2(waiting(1) < 1'000, qPrintable(QString::number(waiting(1))));
        QVERIFY2(waiting(2) > 4'000, qPrintable(QString::number(waiting(2))));
        const Engine engine = ranWithFlights(kNever);
        isSound(engine);
        QCOMPARE(engine.ledger(0).lost + engine.ledger(0).pending, std::int64_t{0});
        QCOMPARE(engine.ledger(0).once, std::int64_t{60'000});
        const std::vector<std::string> plain = valuesOf(leaderLog(engine, 0), 20'000);
        QCOMPARE(plain.size(), std::size_t{20'000});
        QVERIFY(valuesOf(leaderLog(engine, 1), 20'000) == plain);
        QVERIFY(valuesOf(leaderLog(engine, 2), 20'000) == plain);
        QVERIFY(leaderLog(engine, 1).bytes() < leaderLog(engine, 0).bytes() / 2);
        QVERIFY(leaderLog(engine, 2).bytes() < leaderLog(engine, 0).bytes() / 2);
        QCOMPARE(engine.world().pipelines[0]->windows().counters().records, std::int64_t{20'000});
        const Producer::Counts& sent = engine.world().producers[1]->counts();
        QVERIFY(sent.sentBytes < sent.plainBytes / 2);
        QCOMPARE(engine.world().producers[2]->counts().sentBytes,
                 engine.world().producers[2]->counts().plainBytes);
    }
};

QTEST_APPLESS_MAIN(CompressionRunsTest)
#include "compression_runs_test.moc"
