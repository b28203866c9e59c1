// SPDX-License-Identifier: GPL-3.0-or-later
// When a segment rolls, where its indexes have entries, and that a broker's own directories are written
// again.
#include "engine/log/log_lookup.h"
#include "engine/log/partition_reader.h"
#include "tests/engine/log/brokers_directory.h"
#include "tests/engine/log/sample_batches.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

std::vector<Offset> basesOf(const PartitionFiles& files)
{
    std::vector<Offset> bases;
    for (const SegmentContents& segment : readPartition(files).segments)
        bases.push_back(segment.baseOffset);
    return bases;
}

// A record of `bytes` bytes in all with its batch.
Chunk batchOfSize(Offset offset, std::size_t bytes)
{
    RecordBatchWriter writer({.baseOffset = offset, .logAppendTime = {}, .deleteHorizon = {}});
    const std::string value(bytes - 71, 'x'); // header 61, the rest of the record 10
    Chunk batch;
    if (writer.append(1000, "k", value) != BatchFault::None || writer.close(batch) != BatchFault::None)
        return {};
    return batch;
}

} // namespace

class SegmentRollTest : public QObject
{
    Q_OBJECT
private slots:
    void bySize();
    void byTheTimeOfTheFirstBatch();
    void byTheClockWithoutTimestamps();
    void byAFullIndex();
    void byAnOffsetThatTheIndexCannotName();
    void theFirstBatchIsNeverIndexed();
    void aBrokersDirectoriesAreWrittenAgain_data();
    void aBrokersDirectoriesAreWrittenAgain();
    void directoriesAreWrittenAndRead();
    void badBatchesAreNotWritten();
};

void SegmentRollTest::bySize()
{
    QCOMPARE(basesOf(filesOf(sampleBatches(6), {.segmentBytes = 200})), (std::vector<Offset>{0, 2, 4}));
    QCOMPARE(basesOf(filesOf(sampleBatches(6), {.segmentBytes = 210})), (std::vector<Offset>{0, 3}));
    // A batch that is larger than a segment gets one of its own, as the rule is asked before each append.
    QCOMPARE(basesOf(filesOf(sampleBatches(2), {.segmentBytes = 69})), (std::vector<Offset>{0, 1}));
}

void SegmentRollTest::byTheTimeOfTheFirstBatch()
{
    const SegmentConfig config{.segmentMs = 1000};
    const std::vector<Chunk> two = {sampleBatch(0, 0), sampleBatch(1, 1000)};
    QCOMPARE(basesOf(filesOf(two, config)), (std::vector<Offset>{0}));
    std::vector<Chunk> three = two;
    three.push_back(sampleBatch(2, 1001));
    QCOMPARE(basesOf(filesOf(three, config)), (std::vector<Offset>{0, 2}));
    const SegmentConfig jitter{.segmentMs = 1000, .rollJitterMs = 1};
    QCOMPARE(basesOf(filesOf(two, jitter)), (std::vector<Offset>{0, 1}));
}

void SegmentRollTest::byTheClockWithoutTimestamps()
{
    const SegmentConfig config{.segmentMs = 1000};
    const ActiveSegment segment{0, 70, kNoTimestamp, 5000, false, false};
    QCOMPARE(rollReason(segment, {70, kNoTimestamp, 1}, config, 6000), RollReason::None);
    QCOMPARE(rollReason(segment, {70, kNoTimestamp, 1}, config, 6001), RollReason::Time);
    const ActiveSegment empty{0, 0, std::nullopt, 5000, false, false};
    QCOMPARE(rollReason(empty, {70, kNoTimestamp, 1}, config, 60'000), RollReason::None);
}

void SegmentRollTest::byAFullIndex()
{
    // Room for two entries of the offset index; the time index keeps its last slot for the end.
    const SegmentConfig config{.indexBytes = 16, .indexIntervalBytes = 69};
    QCOMPARE(basesOf(filesOf(sampleBatches(4), config)).size(), std::size_t{4});
    const SegmentConfig wider{.indexBytes = 36, .indexIntervalBytes = 69};
    QCOMPARE(basesOf(filesOf(sampleBatches(6), wider)), (std::vector<Offset>{0, 3}));
    const ActiveSegment full{0, 70, 1000, 0, true, false};
    QCOMPARE(rollReason(full, {70, 1000, 1}, {}, 0), RollReason::OffsetIndexFull);
}

void SegmentRollTest::byAnOffsetThatTheIndexCannotName()
{
    const Offset farthest = 2'147'483'647;
    QCOMPARE(basesOf(filesOf({sampleBatch(0, 1), sampleBatch(farthest, 1)})), (std::vector<Offset>{0}));
    QCOMPARE(basesOf(filesOf({sampleBatch(0, 1), sampleBatch(farthest + 1, 1)})),
             (std::vector<Offset>{0, farthest + 1}));
}

void SegmentRollTest::theFirstBatchIsNeverIndexed()
{
    std::vector<Chunk> batches;
    for (Offset offset = 0; offset < 17; ++offset)
        batches.push_back(batchOfSize(offset, 1000));
    QCOMPARE(batches.front().size(), std::size_t{1000});
    const PartitionFiles files = filesOf(batches);
    const PartitionContents contents = readPartition(files);
    const OffsetIndex& offsets = contents.segments.at(0).offsetIndex;
    QVERIFY(offsets.entries() == (std::vector<OffsetPosition>{{5, 5000}, {10, 10000}, {15, 15000}}));
    QVERIFY(offsets.lookup(7) == (OffsetPosition{5, 5000}));
    QVERIFY(offsets.lookup(3) == (OffsetPosition{0, 0}));
    QCOMPARE(translateOffset(contents.segments[0], 7)->position, std::int64_t{7000});
}

void SegmentRollTest::aBrokersDirectoriesAreWrittenAgain_data()
{
    QTest::addColumn<qint64>("segmentBytes");
    QTest::addColumn<qint64>("segmentMs");
    QTest::addColumn<qint64>("interval");
    constexpr qint64 kMuch = qint64{1} << 62;
    QTest::newRow("rolled") << qint64{2000} << kMuch << qint64{300};
    QTest::newRow("rolled-by-time") << kMuch << qint64{1000} << qint64{4096};
    QTest::newRow("many-batches") << kMuch << kMuch << qint64{4096};
    QTest::newRow("transactions") << kMuch << kMuch << qint64{4096};
    QTest::newRow("recompressed") << kMuch << kMuch << qint64{4096};
}

void SegmentRollTest::aBrokersDirectoriesAreWrittenAgain()
{
    QFETCH(qint64, segmentBytes);
    QFETCH(qint64, segmentMs);
    QFETCH(qint64, interval);
    PartitionFiles files = tests::brokersDirectory(QTest::currentDataTag());
    const PartitionContents contents = readPartition(files);
    std::vector<Bytes> batches;
    for (const SegmentContents& segment : contents.segments) {
        for (const BatchPosition& batch : segment.scan.batches)
            batches.push_back(batchBytes(segment.log, batch));
    }
    QVERIFY(!batches.empty());
    const Result<PartitionFiles> written = writePartition(
        {batches, 0, contents.metadata},
        {.segmentBytes = segmentBytes, .segmentMs = segmentMs, .indexIntervalBytes = interval});
    QVERIFY(written.ok());
    // The broker began a further epoch when it was stopped, without a batch in it.
    files.erase(kLeaderEpochCheckpointFile);
    PartitionFiles ours = written.value();
    ours.erase(kLeaderEpochCheckpointFile);
    QCOMPARE(ours.size(), files.size());
    for (const auto& [name, bytes] : files)
        QVERIFY2(ours[name] == bytes, name.c_str());
}

void SegmentRollTest::directoriesAreWrittenAndRead()
{
    const QTemporaryDir temporary;
    const std::string path = temporary.filePath(QStringLiteral("a/orders-0")).toStdString();
    const PartitionFiles files = filesOf(sampleBatches(3), {.segmentBytes = 140});
    const Result<std::size_t> written = writeSegmentDirectory(path, files);
    QVERIFY(written.ok());
    QCOMPARE(written.value(), files.size());
    const Result<PartitionFiles> read = readSegmentDirectory(path);
    QVERIFY(read.ok());
    QVERIFY(read.value() == files);
    const Result<PartitionFiles> absent = readSegmentDirectory(path + "x");
    QVERIFY(!absent.ok());
    QVERIFY(QString::fromStdString(absent.error().sentence)
                .contains(QStringLiteral("orders-0x: the directory cannot")));
}

void SegmentRollTest::badBatchesAreNotWritten()
{
    const Chunk first = sampleBatch(0, 1000);
    const auto refused = [&](Bytes second) {
        const std::vector<Bytes> batches = {first.bytes(), second};
        const Result<PartitionFiles> files = writePartition({batches, 0, {}}, {});
        return files.ok() ? QString() : QString::fromStdString(files.error().sentence);
    };
    QCOMPARE(refused(first.bytes()),
             QStringLiteral("batches[1]: base offset 0 must not be less than 1, the offset after the batch "
                            "before it; nothing was written"));
    std::string damaged(sampleBatch(1, 1000).bytes());
    damaged.back() ^= 1;
    QCOMPARE(refused(damaged),
             QStringLiteral("batches[1]: the checksum does not match the bytes; nothing was written"));
    QCOMPARE(refused("short"),
             QStringLiteral("batches[1]: the bytes must be one whole batch; nothing was written"));
    QVERIFY(!writePartition({{}, -1, {}}, {}).ok());
    QCOMPARE(refused(sampleBatch(9'000'000'000, 1000).bytes()), QString());
}

TIDELINE_RULE_TEST(SegmentRollTest)
#include "segment_roll_test.moc"
