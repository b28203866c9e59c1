// SPDX-License-Identifier: GPL-3.0-or-later
// One read of a log: whole batches of one segment, and the bytes of the batch that is cut off.
#include "engine/cluster/log_read.h"
#include "tests/engine/rule_tests.h"

#include <string>

using namespace tideline;

namespace {

// Batches of 10 bytes and 2 records, three to a segment: segments begin at 0, 6, 12...
ReplicaLog logOf(int batches)
{
    LogConfig config;
    config.segmentBytes = 30;
    ReplicaLog log;
    for (int i = 0; i < batches; ++i) {
        LogBatch batch;
        batch.bytes = Chunk(Bytes("0123456789"));
        batch.leaderEpoch = 0;
        batch.baseOffset = 2 * i;
        batch.records = 2;
        log.append(batch, config);
    }
    return log;
}

} // namespace

class LogReadTest : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("maxBytes");
        QTest::addColumn<bool>("minOneBatch");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("batches");
        QTest::addColumn<int>("cutOff");
        QTest::addColumn<int>("segment");
        QTest::newRow("to the end of its segment") << 0 << 16 << 1'000 << true << 0 << 3 << 0 << 0;
        QTest::newRow("from the middle of a batch") << 3 << 16 << 1'000 << true << 1 << 2 << 0 << 0;
        QTest::newRow("the next segment") << 6 << 16 << 1'000 << true << 3 << 3 << 0 << 6;
        QTest::newRow("to the limit") << 6 << 10 << 1'000 << true << 3 << 2 << 0 << 6;
        QTest::newRow("as many bytes as fit") << 0 << 16 << 20 << true << 0 << 2 << 0 << 0;
        QTest::newRow("the third is cut off") << 0 << 16 << 25 << true << 0 << 2 << 5 << 0;
        QTest::newRow("the first is whole") << 0 << 16 << 4 << true << 0 << 1 << 0 << 0;
        QTest::newRow("but not when another answer was") << 0 << 16 << 4 << false << 0 << 0 << 0 << 0;
        QTest::newRow("no bytes at all") << 0 << 16 << 0 << false << 0 << 0 << 0 << 0;
        QTest::newRow("at the limit") << 6 << 6 << 1'000 << true << 3 << 0 << 0 << 6;
        QTest::newRow("beyond the limit") << 8 << 6 << 1'000 << true << 4 << 0 << 0 << 6;
        QTest::newRow("at the log end") << 16 << 16 << 1'000 << true << 8 << 0 << 0 << 12;
    }

    void reads()
    {
        QFETCH(int, offset);
        QFETCH(int, limit);
        QFETCH(int, maxBytes);
        QFETCH(bool, minOneBatch);
        const LogRead read = readLog(logOf(8), offset, limit, maxBytes, minOneBatch);
        QTEST(static_cast<int>(read.first), "first");
        QTEST(static_cast<int>(read.end - read.first), "batches");
        QTEST(static_cast<int>(read.cutOff), "cutOff");
        QTEST(static_cast<int>(read.segment), "segment");
        QCOMPARE(read.bytes, static_cast<std::int64_t>(10 * (read.end - read.first)) + read.cutOff);
    }

    void anEmptyLogGivesNothing()
    {
        const LogRead read = readLog(ReplicaLog(), 0, 0, 1'000, true);
        QCOMPARE(read.bytes, std::int64_t{0});
        QCOMPARE(read.first, read.end);
    }

    void bytesBetweenOffsets()
    {
        const ReplicaLog log = logOf(8);
        QCOMPARE(bytesBetween(log, 0, 4, 1'000), std::int64_t{20});
        QCOMPARE(bytesBetween(log, 3, 4, 1'000), std::int64_t{10}); // with the batch that has it
        QCOMPARE(bytesBetween(log, 0, 6, 25), std::int64_t{25});
        QCOMPARE(bytesBetween(log, 4, 4, 1'000), std::int64_t{0});
    }

    void segmentsOfOffsets()
    {
        const ReplicaLog log = logOf(8);
        QCOMPARE(segmentOf(log, 0), Offset{0});
        QCOMPARE(segmentOf(log, 5), Offset{0});
        QCOMPARE(segmentOf(log, 6), Offset{6});
        QCOMPARE(segmentOf(log, 16), Offset{12});
    }
};

TIDELINE_RULE_TEST(LogReadTest)
#include "log_read_test.moc"
