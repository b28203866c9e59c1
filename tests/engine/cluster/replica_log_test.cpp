// SPDX-License-Identifier: GPL-3.0-or-later
// The log of one replica: appending, the epoch cache (EPO-1 to EPO-3, EPO-5), and cutting back.
#include "engine/cluster/replica_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

LogBatch batch(Offset base, std::int32_t records, LeaderEpoch epoch, std::size_t bytes = 100)
{
    LogBatch result;
    result.bytes = Chunk(Bytes(std::string(bytes, 'x')));
    result.baseOffset = base;
    result.records = records;
    result.leaderEpoch = epoch;
    return result;
}

// A log of batches of one record each: epochs of runs as "epoch, number of records".
ReplicaLog logOf(const std::vector<std::pair<LeaderEpoch, int>>& runs, Offset start = 0)
{
    ReplicaLog log;
    if (start > 0)
        log.append(batch(0, static_cast<std::int32_t>(start), runs.front().first));
    for (const auto& [epoch, count] : runs)
        for (int i = 0; i < count; ++i)
            log.append(batch(log.endOffset(), 1, epoch));
    return log;
}

QString textOf(const std::vector<EpochEntry>& entries)
{
    QStringList texts;
    for (const EpochEntry& entry : entries)
        texts << QString("%1@%2").arg(entry.epoch).arg(entry.startOffset);
    return texts.join(' ');
}

LogConfig small()
{
    LogConfig config;
    config.segmentBytes = 250;
    return config;
}

// Batches of one record and 100 bytes, two to a segment.
ReplicaLog segmented(int batches)
{
    ReplicaLog log;
    for (int i = 0; i < batches; ++i)
        log.append(batch(log.endOffset(), 1, 0), small(), 0);
    return log;
}

// "base offset+batches" of each segment.
QString textOf(const ReplicaLog& log)
{
    QStringList texts;
    for (std::size_t i = 0; i < log.segmentCount(); ++i)
        texts << QString("%1+%2").arg(log.segment(i).baseOffset).arg(log.segment(i).batches);
    return texts.join(' ');
}

} // namespace

class ReplicaLogTest : public QObject
{
    Q_OBJECT

private slots:
    void appendsLieBackToBack()
    {
        ReplicaLog log;
        QCOMPARE(log.endOffset(), Offset{0});
        QCOMPARE(log.lastEpoch(), -1);
        log.append(batch(0, 3, 0, 70));
        log.append(batch(3, 1, 0, 80));
        log.append(batch(4, 2, 2, 90));
        QCOMPARE(log.endOffset(), Offset{6});
        QCOMPARE(log.bytes(), std::int64_t{240});
        QCOMPARE(log.lastEpoch(), 2);
        QCOMPARE(textOf(log.epochs()), "0@0 2@4");
    }

    void findsTheBatchOfAnOffset_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("batch");
        QTest::newRow("first") << 0 << 0;
        QTest::newRow("last of the first") << 2 << 0;
        QTest::newRow("first of the second") << 3 << 1;
        QTest::newRow("last") << 5 << 2;
        QTest::newRow("end") << 6 << 3;
        QTest::newRow("beyond") << 60 << 3;
    }

    void findsTheBatchOfAnOffset()
    {
        QFETCH(int, offset);
        ReplicaLog log;
        log.append(batch(0, 3, 0));
        log.append(batch(3, 1, 0));
        log.append(batch(4, 2, 0));
        QTEST(static_cast<int>(log.find(offset)), "batch");
    }

    // A leader enters its epoch when it begins, before anything is written; a smaller one is never entered.
    void newLeaderEntersItsEpoch()
    {
        ReplicaLog log = logOf({{0, 2}});
        log.startEpoch(3);
        QCOMPARE(textOf(log.epochs()), "0@0 3@2");
        log.startEpoch(3);
        log.startEpoch(1);
        QCOMPARE(textOf(log.epochs()), "0@0 3@2");
        QCOMPARE(log.lastEpoch(), 3); // begun, although it has no record yet
        log.append(batch(2, 1, 3));
        QCOMPARE(textOf(log.epochs()), "0@0 3@2");
    }

    void endOfAnEpoch_data()
    {
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("answer");
        QTest::addColumn<int>("end");
        QTest::newRow("EPO-1 epoch 0") << 0 << 0 << 10;
        QTest::newRow("EPO-1 epoch 1") << 1 << 0 << 10;
        QTest::newRow("EPO-1 epoch 2") << 2 << 2 << 15;
        QTest::newRow("EPO-1 epoch 3") << 3 << 2 << 15;
        QTest::newRow("EPO-1 epoch 4") << 4 << 4 << 20;
        QTest::newRow("EPO-1 epoch 5") << 5 << -1 << -1;
        QTest::newRow("no epoch at all") << -1 << -1 << -1;
    }

    void endOfAnEpoch()
    {
        QFETCH(int, epoch);
        const ReplicaLog log = logOf({{0, 10}, {2, 5}, {4, 5}});
        QCOMPARE(textOf(log.epochs()), "0@0 2@10 4@15");
        const EpochEnd end = log.endOffsetFor(epoch, 4);
        QTEST(static_cast<int>(end.epoch), "answer");
        QTEST(static_cast<int>(end.endOffset), "end");
    }

    // EPO-2: older than everything in the cache.
    void epochBeforeTheFirst()
    {
        ReplicaLog log;
        log.append(batch(0, 10, 2));
        const EpochEnd end = log.endOffsetFor(0, 2);
        QCOMPARE(end.epoch, 0);
        QCOMPARE(end.endOffset, Offset{0}); // where the first entry starts
    }

    void emptyCacheKnowsNothing() { QVERIFY(ReplicaLog().endOffsetFor(0, 0) == EpochEnd()); }

    // A leader whose own epoch has no entry yet answers with its log end.
    void epochOfTheLastEntryEndsAtTheLogEnd()
    {
        const EpochEnd end = logOf({{0, 4}}).endOffsetFor(1, 2);
        QCOMPARE(end.epoch, 0);
        QCOMPARE(end.endOffset, Offset{4});
    }

    // EPO-3: follower (0@0, 1@8) of 12, leader (0@0, 2@10): cut to where the own epoch 0 ended.
    void followerCutsToTheEndOfTheCommonEpoch()
    {
        const ReplicaLog leader = logOf({{0, 10}, {2, 2}});
        ReplicaLog follower = logOf({{0, 8}, {1, 4}});
        const EpochEnd diverging = leader.endOffsetFor(follower.lastEpoch(), 2);
        QCOMPARE(diverging.epoch, 0);
        QCOMPARE(diverging.endOffset, Offset{10});
        const EpochEnd own = follower.endOffsetFor(diverging.epoch, 2);
        QCOMPARE(own.endOffset, Offset{8});
        QCOMPARE(follower.truncateTo(std::min(diverging.endOffset, own.endOffset)), Offset{8});
        QCOMPARE(textOf(follower.epochs()), "0@0");
        QCOMPARE(leader.endOffsetFor(follower.lastEpoch(), 2).endOffset, Offset{10}); // no longer before 8
    }

    // EPO-5: acknowledged by the old leader alone, and gone.
    void oldLeaderLosesWhatNobodyHad()
    {
        ReplicaLog former = logOf({{0, 5}});
        const ReplicaLog elected = logOf({{0, 3}, {1, 1}});
        const EpochEnd diverging = elected.endOffsetFor(former.lastEpoch(), 1);
        QCOMPARE(diverging.endOffset, Offset{3});
        QCOMPARE(former.truncateTo(diverging.endOffset), Offset{3});
        former.append(batch(3, 1, 1));
        QCOMPARE(textOf(former.epochs()), "0@0 1@3");
    }

    // Batches are whole: cutting inside one takes all of it.
    void cutsAtABatch_data()
    {
        QTest::addColumn<int>("to");
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QString>("epochs");
        QTest::newRow("beyond the end") << 9 << 6 << 300 << "0@0 1@3 2@4";
        QTest::newRow("at the end") << 6 << 6 << 300 << "0@0 1@3 2@4";
        QTest::newRow("inside the last") << 5 << 4 << 200 << "0@0 1@3";
        QTest::newRow("between two") << 3 << 3 << 100 << "0@0";
        QTest::newRow("inside the first") << 2 << 0 << 0 << "";
        QTest::newRow("everything") << 0 << 0 << 0 << "";
    }

    void cutsAtABatch()
    {
        QFETCH(int, to);
        ReplicaLog log;
        log.append(batch(0, 3, 0));
        log.append(batch(3, 1, 1));
        log.append(batch(4, 2, 2));
        QTEST(static_cast<int>(log.truncateTo(to)), "end");
        QTEST(static_cast<int>(log.bytes()), "bytes");
        QTEST(textOf(log.epochs()), "epochs");
    }

    // The start goes along: where the leader has less than that, there is nothing left to begin with.
    void cutBelowItsStart()
    {
        ReplicaLog log;
        log.append(batch(0, 3, 0));
        log.append(batch(3, 1, 1));
        log.raiseStart(4);
        QCOMPARE(log.startOffset(), Offset{4});
        QCOMPARE(log.truncateTo(3), Offset{3});
        QCOMPARE(log.startOffset(), Offset{3});
        QCOMPARE(log.truncateTo(0), Offset{0});
        QCOMPARE(log.startOffset(), Offset{0});
        QCOMPARE(log.bytes(), std::int64_t{0});
    }

    // A segment of 250 bytes takes two batches of 100; its start is the first offset of the third.
    void rollsBySize()
    {
        const ReplicaLog log = segmented(5);
        QCOMPARE(textOf(log), "0+2 2+2 4+1");
        QCOMPARE(log.segment(1).bytes, std::int64_t{200});
        QCOMPARE(log.flushedTo(), Offset{4}); // a closed segment is on the disk
    }

    void rollsByTimeOfTheRecords()
    {
        LogConfig config;
        config.segmentMs = 1'000;
        ReplicaLog log;
        for (const Millis timestamp : {0, 1'000, 1'001}) {
            LogBatch one = batch(log.endOffset(), 1, 0);
            one.maxTimestamp = timestamp;
            log.append(one, config, 5'000'000);
        }
        QCOMPARE(textOf(log), "0+2 2+1");
    }

    // Whole segments below the high watermark, the oldest first; what goes is named.
    void deletesWholeSegments()
    {
        ReplicaLog log = segmented(5);
        log.startEpoch(3);
        LogConfig config;
        config.retentionBytes = 250; // 500 are there: two segments may go
        Offset gone = 0;
        const auto visit = [&gone](const LogBatch& one) { gone = one.endOffset(); };
        QCOMPARE(log.deleteOldSegments(3, config, 0, visit).size(), std::size_t{1});
        QCOMPARE(log.startOffset(), Offset{2});
        QCOMPARE(gone, Offset{2});
        QCOMPARE(textOf(log.epochs()), "0@2 3@5"); // the oldest epoch begins where the log does
        QCOMPARE(log.deleteOldSegments(5, config, 0, visit).size(), std::size_t{0});
        config.retentionBytes = 100;
        QCOMPARE(log.deleteOldSegments(5, config, 0, visit).size(), std::size_t{1});
        QCOMPARE(textOf(log), "4+1");
        QCOMPARE(log.bytes(), std::int64_t{100});
        QCOMPARE(log.batch(log.find(4)).baseOffset, Offset{4});
    }

    // RET-3: when all would go, an empty segment is there first.
    void oldRecordsAllGo()
    {
        ReplicaLog log = segmented(5);
        LogConfig config;
        config.retentionMs = 1'000;
        QVERIFY(log.deleteOldSegments(5, config, 1'000, [](const LogBatch&) {}).empty());
        QCOMPARE(log.deleteOldSegments(5, config, 1'001, [](const LogBatch&) {}).size(), std::size_t{3});
        QCOMPARE(textOf(log), "5+0");
        QCOMPARE(log.startOffset(), Offset{5});
        QCOMPARE(log.endOffset(), Offset{5});
        log.append(batch(5, 1, 1), config, 1'001);
        QCOMPARE(textOf(log), "5+1");
    }

    void cutsAcrossSegments()
    {
        ReplicaLog log = segmented(5);
        QCOMPARE(log.truncateTo(3), Offset{3});
        QCOMPARE(textOf(log), "0+2 2+1");
        QCOMPARE(log.flushedTo(), Offset{3});
        QCOMPARE(log.truncateTo(2), Offset{2});
        QCOMPARE(textOf(log), "0+2");
        log.append(batch(2, 1, 0), small(), 0);
        QCOMPARE(textOf(log), "0+2 2+1"); // the first one was full
    }

    // A follower whose leader's log begins later than its own ends.
    void startsAnew()
    {
        ReplicaLog log = segmented(5);
        log.startAnew(40, 7);
        QCOMPARE(textOf(log), "40+0");
        QCOMPARE(log.startOffset(), Offset{40});
        QCOMPARE(log.endOffset(), Offset{40});
        QCOMPARE(log.lastEpoch(), -1);
        QCOMPARE(log.bytes(), std::int64_t{0});
    }

    // The operating system writes what has waited for half a minute, as of its last look.
    void writesBackAfterHalfAMinute()
    {
        ReplicaLog log;
        log.append(batch(0, 1, 0));
        log.writeBack(0);
        log.append(batch(1, 1, 0));
        log.writeBack(5'000'000);
        log.writeBack(29'999'999);
        QCOMPARE(log.flushedTo(), Offset{0});
        log.writeBack(30'000'000);
        QCOMPARE(log.flushedTo(), Offset{1});
        log.writeBack(35'000'000);
        QCOMPARE(log.flushedTo(), Offset{2});
        QVERIFY(!log.wantsWriteBack());
    }

    void flushesByNumberOfMessages()
    {
        LogConfig config;
        config.flushMessages = 3;
        ReplicaLog log;
        log.append(batch(0, 2, 0), config);
        QCOMPARE(log.flushedTo(), Offset{0});
        log.append(batch(2, 1, 0), config);
        QCOMPARE(log.flushedTo(), Offset{3});
    }

    void copyKeepsWhatTheOriginalCuts()
    {
        ReplicaLog log = logOf({{0, 100}});
        const ReplicaLog before = log;
        log.truncateTo(10);
        QCOMPARE(before.endOffset(), Offset{100});
        QCOMPARE(before.batch(99).baseOffset, Offset{99});
    }
};

TIDELINE_RULE_TEST(ReplicaLogTest)
#include "replica_log_test.moc"
