// SPDX-License-Identifier: GPL-3.0-or-later
// Cleaning a running log: what stays, what is shared, and where the next pass begins.
#include "engine/cluster/replica_cleaning.h"
#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

LogBatch batchOf(Offset base, const std::vector<std::string>& keys)
{
    RecordBatchWriter writer;
    for (const std::string& key : keys) {
        if (writer.append(1'000, Bytes(key), Bytes("v")) != BatchFault::None)
            qFatal("a record that cannot be written");
    }
    LogBatch batch;
    batch.records = writer.recordCount();
    batch.baseOffset = base;
    batch.leaderEpoch = 0;
    batch.maxTimestamp = 1'000;
    batch.producer = 0;
    batch.firstK = base;
    if (writer.close(batch.bytes) != BatchFault::None)
        qFatal("a batch that cannot be closed");
    return batch;
}

LogConfig compacting()
{
    LogConfig config;
    config.compacts = true;
    config.deletes = false;
    config.segmentBytes = 1; // a batch a segment
    return config;
}

// One segment a batch; the last one is active.
ReplicaLog logOf(const std::vector<std::vector<std::string>>& batches)
{
    ReplicaLog log;
    for (const auto& keys : batches)
        log.append(batchOf(log.endOffset(), keys), compacting(), 0);
    return log;
}

// "a@0 b@1": the records that are left.
QString recordsOf(const ReplicaLog& log)
{
    QStringList texts;
    for (std::size_t i = 0; i < log.batchCount(); ++i)
        forEachRecord(log.batch(i).bytes.bytes(), [&](const RecordView& record) {
            texts << QString("%1@%2")
                         .arg(QString::fromStdString(std::string(record.key.value_or(Bytes("-")))))
                         .arg(log.batch(i).baseOffset + record.offset);
        });
    return texts.join(' ');
}

LogToClean found(const ReplicaLog& log, Offset highWatermark)
{
    return logToClean(log, highWatermark, compacting(), 2'000);
}

} // namespace

class ReplicaCleaningTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheLastOfEachKey()
    {
        ReplicaLog log = logOf({{"a", "b"}, {"a"}, {"c", "a"}, {"b"}});
        const std::int64_t bytes = log.bytes();
        const ReplicaCleaning cleaning = cleanReplica(log, found(log, 6), compacting(), 2'000);
        QCOMPARE(recordsOf(log), "b@1 c@3 a@4 b@5"); // the active segment is never cleaned
        QCOMPARE(cleaning.removed, std::int64_t{2});
        QCOMPARE(log.records(), std::int64_t{4});
        QCOMPARE(bytes - log.bytes(), cleaning.bytesFreed);
        QCOMPARE(log.cleanedTo(), Offset{5});
        QCOMPARE(log.endOffset(), Offset{6});
        QCOMPARE(log.startOffset(), Offset{0});
        // A hole leads to the next batch.
        QCOMPARE(log.batch(log.find(2)).baseOffset, Offset{3});
        for (std::size_t i = 0; i < log.batchCount(); ++i)
            QVERIFY(checkBatch(log.batch(i).bytes.bytes()) == BatchFault::None);
    }

    void aBatchThatKeepsAllIsTheSameBytes()
    {
        ReplicaLog log = logOf({{"a", "b"}, {"a"}, {"z"}});
        const LogBatch second = log.batch(1);
        cleanReplica(log, found(log, 4), compacting(), 2'000);
        QCOMPARE(recordsOf(log), "b@1 a@2 z@3");
        QCOMPARE(log.batch(0).compacted, 1);
        QCOMPARE(log.batch(0).records, 2);
        QVERIFY(log.batch(1).bytes.sameAs(second.bytes));
    }

    void theSecondPassBeginsWhereTheFirstEnded()
    {
        ReplicaLog log = logOf({{"a"}, {"a"}, {"b"}});
        cleanReplica(log, found(log, 3), compacting(), 2'000);
        QCOMPARE(found(log, 3).cleanableBytes, std::int64_t{0});
        log.append(batchOf(3, {"a"}), compacting(), 0);
        log.append(batchOf(4, {"c"}), compacting(), 0);
        QCOMPARE(found(log, 5).firstDirty, Offset{2});
        cleanReplica(log, found(log, 5), compacting(), 2'000);
        QCOMPARE(recordsOf(log), "b@2 a@3 c@4");
    }

    void nothingAboveTheHighWatermark()
    {
        const ReplicaLog log = logOf({{"a"}, {"a"}, {"a"}});
        QCOMPARE(found(log, 1).firstUncleanable, Offset{1});
        QCOMPARE(found(log, 0).cleanableBytes, std::int64_t{0});
    }

    // Strictly more than the ratio: half dirty is clean enough for 0.5.
    void dirtyEnough()
    {
        LogConfig config = compacting();
        QVERIFY(!isDirtyEnough({0, 0, 100, 100}, config));
        QVERIFY(isDirtyEnough({0, 0, 100, 101}, config));
        config.minDirtyMillionths = 0;
        QVERIFY(!isDirtyEnough({0, 0, 100, 0}, config));
        QVERIFY(isDirtyEnough({0, 0, 100, 1}, config));
    }
};

TIDELINE_RULE_TEST(ReplicaCleaningTest)
#include "replica_cleaning_test.moc"
