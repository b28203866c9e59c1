// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of damage to a partition's files: its exact sentence, and what is kept.
#include "engine/log/compressed_batch.h"
#include "engine/log/crc32c.h"
#include "engine/log/partition_reader.h"
#include "tests/engine/log/sample_batches.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

// Bytes of a batch with a header field written anew and the checksum right again.
template <class Integer>
std::string altered(const Chunk& batch, std::size_t at, Integer value)
{
    std::string bytes(batch.bytes());
    storeBigEndian(bytes.data() + at, value);
    storeBigEndian(bytes.data() + batch_layout::kChecksum,
                   crc32c(Bytes(bytes).substr(batch_layout::kAttributes)));
    return bytes;
}

struct Judged
{
    std::size_t batches = 0; // kept in the first segment
    QString sentences;
    std::vector<SegmentDamage> damages;
};

Judged judged(const PartitionFiles& files)
{
    const PartitionContents contents = readPartition(files);
    Judged result;
    result.batches = contents.segments.empty() ? 0 : contents.segments.front().scan.batches.size();
    QStringList sentences;
    for (const SegmentFault& fault : contents.faults) {
        sentences.append(QString::fromStdString(fault.sentence));
        result.damages.push_back(fault.damage);
    }
    result.sentences = sentences.join(QLatin1Char('\n'));
    return result;
}

// Index entries after 70 bytes, so that three batches have two of them.
constexpr SegmentConfig kDense{.indexIntervalBytes = 69};

} // namespace

class SegmentDamageTest : public QObject
{
    Q_OBJECT
private slots:
    void soundFilesHaveNoFault();
    void aWrongChecksum();
    void aTornTail();
    void aTornTailBeforeTheLength();
    void aWrongMagic();
    void zerosAtTheEnd();
    void offsetsThatGoBack();
    void offsetsBeforeTheSegment();
    void anOffsetTooFar();
    void recordsThatCannotBeRead();
    void compressedRecordsThatCannotBeRead();
    void anIndexOfAnOddSize();
    void anIndexThatDoesNotRise();
    void anIndexThatPointsBetweenBatches();
    void anIndexThatPointsTooFar();
    void aTimeIndexThatLies();
    void roomBehindAnIndexIsNoEntry();
    void aMissingIndex();
    void aSnapshotWithAWrongChecksum();
    void epochsThatGoBack();
    void metadataWithoutAnId();
    void aSegmentThatBeginsBeforeTheEndOfTheLast();
};

void SegmentDamageTest::soundFilesHaveNoFault()
{
    const Judged result = judged(filesOf(sampleBatches(4), kDense));
    QCOMPARE(result.sentences, QString());
    QCOMPARE(result.batches, std::size_t{4});
}

void SegmentDamageTest::aWrongChecksum()
{
    PartitionFiles files = filesOf(sampleBatches(4));
    files[logFile(0)][2 * kSampleBytes + 65] ^= 1;
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{2});
    const Bytes bad = Bytes(files[logFile(0)]).substr(2 * kSampleBytes, kSampleBytes);
    QCOMPARE(
        result.sentences.section(QLatin1Char('\n'), 0, 0),
        QStringLiteral(
            "00000000000000000000.log: byte 140, batch 2 at offset 2: the checksum does not match the "
            "bytes (stored %1, computed %2); kept are the 2 batches before it, offsets 0 to 1, 140 bytes")
            .arg(loadBigEndian<std::uint32_t>(bad.data() + batch_layout::kChecksum))
            .arg(crc32c(bad.substr(batch_layout::kAttributes))));
    QVERIFY(result.damages.front() == SegmentDamage::Checksum);
}

void SegmentDamageTest::aTornTail()
{
    PartitionFiles files = filesOf(sampleBatches(2));
    files[logFile(0)].resize(2 * kSampleBytes - 25);
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{1});
    QCOMPARE(
        result.sentences.section(QLatin1Char('\n'), 0, 0),
        QStringLiteral(
            "00000000000000000000.log: byte 70, batch 1 at offset 1: the file ends 45 bytes into its 70; "
            "kept is the 1 batch before it, offsets 0 to 0, 70 bytes"));
    QVERIFY(result.damages.front() == SegmentDamage::TornTail);
}

void SegmentDamageTest::aTornTailBeforeTheLength()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[logFile(0)].resize(5);
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{0});
    QCOMPARE(
        result.sentences.section(QLatin1Char('\n'), 0, 0),
        QStringLiteral("00000000000000000000.log: byte 0, batch 0: the file ends 5 bytes into it, before its "
                       "length; no batch lies before it, so nothing of this file is kept"));
}

void SegmentDamageTest::aWrongMagic()
{
    PartitionFiles files = filesOf(sampleBatches(3));
    files[logFile(0)][kSampleBytes + batch_layout::kMagic] = 9;
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{1});
    QCOMPARE(result.sentences.section(QLatin1Char('\n'), 0, 0),
             QStringLiteral(
                 "00000000000000000000.log: byte 70, batch 1 at offset 1: the magic byte is neither 0, 1 nor "
                 "2; kept is the 1 batch before it, offsets 0 to 0, 70 bytes"));
    QVERIFY(result.damages.front() == SegmentDamage::Frame);
}

void SegmentDamageTest::zerosAtTheEnd()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[logFile(0)].resize(4096);
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{1});
    QCOMPARE(result.sentences,
             QStringLiteral(
                 "00000000000000000000.log: byte 70, batch 1 at offset 0: the batch length is less than the "
                 "smallest possible, 14 bytes; kept is the 1 batch before it, offsets 0 to 0, 70 bytes"));
}

void SegmentDamageTest::offsetsThatGoBack()
{
    PartitionFiles files = filesOf(sampleBatches(2));
    files[logFile(0)] += sampleBatch(1, 5000).bytes();
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{2});
    QCOMPARE(result.sentences,
             QStringLiteral(
                 "00000000000000000000.log: byte 140, batch 2 at offset 1: its base offset must not be less "
                 "than 2, the offset after the batch before it; kept are the 2 batches before it, offsets 0 "
                 "to 1, 140 bytes"));
    QVERIFY(result.damages.front() == SegmentDamage::OffsetsGoBack);
}

void SegmentDamageTest::offsetsBeforeTheSegment()
{
    const SegmentScan scan = scanSegment(sampleBatch(3, 1000).bytes(), 10, logFile(10));
    QVERIFY(scan.fault.has_value());
    QCOMPARE(
        QString::fromStdString(scan.fault->sentence),
        QStringLiteral(
            "00000000000000000010.log: byte 0, batch 0 at offset 3: its base offset must not be less than "
            "10, the segment's; no batch lies before it, so nothing of this file is kept"));
}

void SegmentDamageTest::anOffsetTooFar()
{
    const SegmentScan scan = scanSegment(sampleBatch(3'000'000'000, 1000).bytes(), 0, logFile(0));
    QVERIFY(scan.fault.has_value());
    QVERIFY(scan.fault->damage == SegmentDamage::OffsetTooFar);
    QCOMPARE(
        QString::fromStdString(scan.fault->sentence),
        QStringLiteral(
            "00000000000000000000.log: byte 0, batch 0 at offset 3000000000: its last offset, 3000000000, "
            "must lie in the 2147483647 that follow the segment's base offset 0; no batch lies before "
            "it, so nothing of this file is kept"));
}

void SegmentDamageTest::recordsThatCannotBeRead()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[logFile(0)] += altered(sampleBatch(1, 2000), batch_layout::kRecordCount, std::int32_t{2});
    const Judged result = judged(files);
    QCOMPARE(result.batches, std::size_t{2});
    QCOMPARE(result.sentences.section(QLatin1Char('\n'), 0, 0),
             QStringLiteral(
                 "00000000000000000000.log: byte 70, batch 1 at offset 1: the bytes end before the last "
                 "record; kept is the 1 batch before it, offsets 0 to 0, 70 bytes"));
    QVERIFY(result.damages.front() == SegmentDamage::Records);
}

void SegmentDamageTest::compressedRecordsThatCannotBeRead()
{
    const Chunk packed = compressBatch(sampleBatch(0, 1000).bytes(), Codec::Lz4);
    PartitionFiles files;
    files[logFile(0)] = altered(packed, kBatchHeaderBytes, std::int32_t{0});
    const Judged result = judged(files);
    QCOMPARE(result.sentences.section(QLatin1Char('\n'), 0, 0),
             QStringLiteral(
                 "00000000000000000000.log: byte 0, batch 0 at offset 0: the compressed records are not a "
                 "stream of their codec; no batch lies before it, so nothing of this file is kept"));
}

void SegmentDamageTest::anIndexOfAnOddSize()
{
    PartitionFiles files = filesOf(sampleBatches(3), kDense);
    files[indexFile(0)].resize(13);
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral(
            "00000000000000000000.index: byte 8: the file has 13 bytes, which is no multiple of 8; the 1 "
            "whole entries are kept, and recovery builds the index anew"));
}

void SegmentDamageTest::anIndexThatDoesNotRise()
{
    PartitionFiles files = filesOf(sampleBatches(3), kDense);
    files[indexFile(0)] += files[indexFile(0)].substr(0, 8);
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral(
            "00000000000000000000.index: byte 16: entry (1, 70) must rise above (2, 140); the 2 before it "
            "are kept, and recovery builds the index anew"));
}

void SegmentDamageTest::anIndexThatPointsBetweenBatches()
{
    PartitionFiles files = filesOf(sampleBatches(3), kDense);
    storeBigEndian(files[indexFile(0)].data() + 4, std::int32_t{71});
    const Judged result = judged(files);
    QCOMPARE(
        result.sentences,
        QStringLiteral(
            "00000000000000000000.index: byte 0, entry 0: offset 1 is said to lie at byte 71 of the log, "
            "where no sound batch begins; recovery builds the index anew from the log"));
    QVERIFY(result.damages.front() == SegmentDamage::IndexPosition);
}

void SegmentDamageTest::anIndexThatPointsTooFar()
{
    PartitionFiles files = filesOf(sampleBatches(4), kDense);
    storeBigEndian(files[indexFile(0)].data() + 4, std::int32_t{140});
    files[indexFile(0)].erase(8, 8);
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral(
            "00000000000000000000.index: byte 0, entry 0: offset 1 is said to lie at byte 140 of the log, "
            "where a batch with offsets 2 to 2 begins; recovery builds the index anew from the log"));
}

void SegmentDamageTest::aTimeIndexThatLies()
{
    PartitionFiles files = filesOf(sampleBatches(3), kDense);
    storeBigEndian(files[timeIndexFile(0)].data(), std::int64_t{1500});
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral(
            "00000000000000000000.timeindex: byte 0, entry 0: timestamp 1500 is said to come with offset "
            "1, but the largest up to there is 2000; recovery builds the index anew from the log"));
}

void SegmentDamageTest::roomBehindAnIndexIsNoEntry()
{
    PartitionFiles files = filesOf(sampleBatches(3), kDense);
    files[indexFile(0)].resize(10'485'760);
    files[timeIndexFile(0)].resize(10'485'756);
    QCOMPARE(judged(files).sentences, QString());
    const PartitionContents contents = readPartition(files);
    QCOMPARE(contents.segments[0].offsetIndex.entries().size(), std::size_t{2});
    QCOMPARE(contents.segments[0].timeIndex.entries().size(), std::size_t{2});
}

void SegmentDamageTest::aMissingIndex()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files.erase(timeIndexFile(0));
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral("00000000000000000000.timeindex: the file is missing beside 00000000000000000000.log; "
                       "recovery builds it from the log"));
}

void SegmentDamageTest::aSnapshotWithAWrongChecksum()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[snapshotFile(1)][2] = 0;
    const Judged result = judged(files);
    QVERIFY2(result.sentences.startsWith(QStringLiteral(
                 "00000000000000000001.snapshot: byte 2: the checksum does not match the bytes (stored ")),
             qPrintable(result.sentences));
    QVERIFY(result.sentences.endsWith(
        QStringLiteral("); nothing of it is kept, the producers are read from the log")));
    QVERIFY(readPartition(files).snapshots.empty());
}

void SegmentDamageTest::epochsThatGoBack()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[kLeaderEpochCheckpointFile] = "0\n2\n3 0\n2 1\n";
    QCOMPARE(judged(files).sentences,
             QStringLiteral(
                 "leader-epoch-checkpoint: byte 8: epoch 2 from offset 1 must come after epoch 3 from offset "
                 "0; the 1 epochs before it are kept"));
}

void SegmentDamageTest::metadataWithoutAnId()
{
    PartitionFiles files = filesOf(sampleBatches(1));
    files[kPartitionMetadataFile] = "version: 0\ntopic_id: short";
    QCOMPARE(
        judged(files).sentences,
        QStringLiteral("partition.metadata: byte 11: the second line must be \"topic_id: \" and an id of 22 "
                       "characters; the topic id is not known"));
}

void SegmentDamageTest::aSegmentThatBeginsBeforeTheEndOfTheLast()
{
    PartitionFiles files = filesOf(sampleBatches(3));
    files[logFile(2)] = sampleBatch(2, 9000).bytes();
    QCOMPARE(
        judged(files).sentences.section(QLatin1Char('\n'), 0, 0),
        QStringLiteral(
            "00000000000000000002.log: byte 0: the segment begins at offset 2, before the end of the one "
            "before it, offset 3; both are kept"));
}

TIDELINE_RULE_TEST(SegmentDamageTest)
#include "segment_damage_test.moc"
