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
