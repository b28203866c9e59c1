// SPDX-License-Identifier: GPL-3.0-or-later
// What a broker makes of a directory after power loss: where the log ends, what is dropped, what is built
// anew.
#include "engine/log/log_recovery.h"
#include "engine/log/partition_reader.h"
#include "tests/engine/log/brokers_directory.h"
#include "tests/engine/log/sample_batches.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr SegmentConfig kTwoASegment{.segmentBytes = 140, .indexIntervalBytes = 69};

} // namespace

class LogRecoveryTest : public QObject
{
    Q_OBJECT
private slots:
    void aSoundLogStaysAsItIs();
    void theLogEndsAtTheFirstBadBatch();
    void whatIsBelowTheRecoveryPointIsTrusted();
    void aTornDirectoryIsRecoveredAsTheBrokerDid();
    void indexesThatLieAreBuiltAnew();
    void leftOversGo();
    void epochsBeyondTheEndAreForgotten();
    void aSwapIsFinished();
    void aSwapOfAnUnfinishedCleaningGoes();
    void anOlderSegmentWithoutIndexIsBuiltAnew();
    void olderProducersComeFromTheFirstSnapshot();
};

void LogRecoveryTest::aSoundLogStaysAsItIs()
{
    const PartitionFiles files = filesOf(sampleBatches(5), kTwoASegment);
    const RecoveredPartition recovered = recoverPartition(files, 0, kTwoASegment);
    QVERIFY(!recovered.fault);
    QVERIFY(recovered.files == files);
    QCOMPARE(recovered.logEndOffset, Offset{5});
    QCOMPARE(recovered.truncatedBytes, std::int64_t{0});
}

void LogRecoveryTest::theLogEndsAtTheFirstBadBatch()
{
    PartitionFiles files = filesOf(sampleBatches(6), kTwoASegment);
    files[logFile(2)][kSampleBytes + 66] ^= 1; // offset 3
    const RecoveredPartition recovered = recoverPartition(files, 0, kTwoASegment);
    QVERIFY(recovered.fault.has_value());
    QVERIFY(recovered.fault->damage == SegmentDamage::Checksum);
    QCOMPARE(recovered.logEndOffset, Offset{3});
    QCOMPARE(recovered.truncatedBytes, static_cast<std::int64_t>(kSampleBytes));
    QVERIFY(recovered.files == filesOf(sampleBatches(3), kTwoASegment));
    QVERIFY(recovered.deletedFiles == (std::vector<std::string>{logFile(4), indexFile(4), timeIndexFile(4),
                                                                snapshotFile(4), snapshotFile(6)}));
}

void LogRecoveryTest::whatIsBelowTheRecoveryPointIsTrusted()
{
    PartitionFiles files = filesOf(sampleBatches(6), kTwoASegment);
    files[logFile(0)][66] ^= 1;
    files[indexFile(2)].clear();
    const RecoveredPartition recovered = recoverPartition(files, 2, kTwoASegment);
    QVERIFY(!recovered.fault);
    QCOMPARE(recovered.logEndOffset, Offset{6});
    QVERIFY(recovered.files.at(logFile(0)) == files.at(logFile(0)));
    QCOMPARE(recovered.files.at(indexFile(2)).size(), std::size_t{8});
    QVERIFY(recoverPartition(files, 1, kTwoASegment).fault.has_value());
}

void LogRecoveryTest::aTornDirectoryIsRecoveredAsTheBrokerDid()
{
    PartitionFiles expected = tests::brokersDirectory("torn-recovered");
    PartitionFiles recovered = recoverPartition(tests::brokersDirectory("torn"), 0, {}).files;
    QVERIFY(!expected.empty());
    // After its recovery the broker began another epoch at the end of the log.
    QCOMPARE(recovered[kLeaderEpochCheckpointFile] + "4 9\n", std::string("0\n2\n0 0\n2 6\n4 9\n"));
    QCOMPARE(expected[kLeaderEpochCheckpointFile], std::string("0\n3\n0 0\n2 6\n4 9\n"));
    expected.erase(kLeaderEpochCheckpointFile);
    recovered.erase(kLeaderEpochCheckpointFile);
    QVERIFY(recovered == expected);
}

void LogRecoveryTest::indexesThatLieAreBuiltAnew()
{
    const PartitionFiles sound = filesOf(sampleBatches(5), {.indexIntervalBytes = 69});
    PartitionFiles files = sound;
    files[indexFile(0)] = "not an index at all";
    files.erase(timeIndexFile(0));
    QVERIFY(!readPartition(files).faults.empty());
    QVERIFY(recoverPartition(files, 0, {.indexIntervalBytes = 69}).files == sound);
}

void LogRecoveryTest::leftOversGo()
{
    const PartitionFiles sound = filesOf(sampleBatches(1));
    PartitionFiles files = sound;
    files["00000000000000000000.log.deleted"] = "x";
    files["00000000000000000000.log.cleaned"] = "x";
    files[indexFile(9)] = "";
    files[snapshotFile(0)] = "not a snapshot";
    const RecoveredPartition recovered = recoverPartition(files, 0, {});
    QVERIFY(recovered.files == sound);
    QCOMPARE(recovered.deletedFiles.size(), std::size_t{4});
}

void LogRecoveryTest::epochsBeyondTheEndAreForgotten()
{
    PartitionFiles files =
        filesOf({sampleBatch(0, 1000, 1), sampleBatch(1, 2000, 1), sampleBatch(2, 3000, 5)});
    QCOMPARE(files[kLeaderEpochCheckpointFile], std::string("0\n2\n1 0\n5 2\n"));
    files[logFile(0)].resize(3 * kSampleBytes - 1);
    QCOMPARE(recoverPartition(files, 0, {}).files.at(kLeaderEpochCheckpointFile), std::string("0\n1\n1 0\n"));
}

void LogRecoveryTest::aSwapIsFinished()
{
    PartitionFiles files = filesOf(sampleBatches(6), kTwoASegment);
    const std::vector<Chunk> cleaned = {sampleBatch(1, 2000), sampleBatch(3, 4000)};
    files[logFile(0) + ".swap"] = std::string(cleaned[0].bytes()) + std::string(cleaned[1].bytes());
    files[indexFile(0) + ".swap"] = "";
    const RecoveredPartition recovered = recoverPartition(files, 4, kTwoASegment);
    QVERIFY(!recovered.fault);
    QCOMPARE(recovered.files.at(logFile(0)).size(), 2 * kSampleBytes);
    QVERIFY(!recovered.files.contains(logFile(2)));
    QCOMPARE(recovered.files.at(logFile(4)), files.at(logFile(4)));
    QVERIFY(!recovered.files.contains(logFile(0) + ".swap"));
    QCOMPARE(recovered.logEndOffset, Offset{6});
}

void LogRecoveryTest::aSwapOfAnUnfinishedCleaningGoes()
{
    const PartitionFiles sound = filesOf(sampleBatches(4), kTwoASegment);
    PartitionFiles files = sound;
    files[logFile(2) + ".swap"] = files[logFile(2)];
    files[indexFile(0) + ".cleaned"] = "";
    QVERIFY(recoverPartition(files, 0, kTwoASegment).files == sound);
}

void LogRecoveryTest::anOlderSegmentWithoutIndexIsBuiltAnew()
{
    const PartitionFiles sound = filesOf(sampleBatches(6), kTwoASegment);
    PartitionFiles files = sound;
    files.erase(indexFile(0));
    files[timeIndexFile(0)].clear();
    QVERIFY(recoverPartition(files, 4, kTwoASegment).files == sound);
}

void LogRecoveryTest::olderProducersComeFromTheFirstSnapshot()
{
    ProducerSnapshotEntry older;
    older.producerId = 77;
    older.lastOffset = 1;
    PartitionFiles files = filesOf(sampleBatches(4), kTwoASegment);
    for (const std::string& name : {logFile(0), indexFile(0), timeIndexFile(0)})
        files.erase(name);
    files[snapshotFile(2)] = producerSnapshotBytes({1, 0, {older}});
    files.erase(snapshotFile(4));
    const PartitionContents contents = readPartition(recoverPartition(files, 0, kTwoASegment).files);
    QVERIFY(contents.faults.empty());
    QVERIFY(contents.snapshots.at(4).producers == (std::vector<ProducerSnapshotEntry>{older}));
}

TIDELINE_RULE_TEST(LogRecoveryTest)
#include "log_recovery_test.moc"
