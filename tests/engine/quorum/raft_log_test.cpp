// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a quorum: the ends of its epochs, what is a prefix of it, and where it is cut.
#include "engine/quorum/raft_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// Batches as {epoch, records}.
RaftLog logOf(const std::vector<std::pair<LeaderEpoch, std::int32_t>>& batches)
{
    RaftLog log;
    for (const auto& [epoch, records] : batches)
        log.append({log.endOffset(), epoch, records, false, {}});
    return log;
}

bool isPrefix(const RaftLog& log, const OffsetAndEpoch& end)
{
    return log.judge(end).verdict == JudgedEnd::Verdict::Valid;
}

RaftSnapshot snapshotAt(Offset offset, LeaderEpoch epoch)
{
    return {{offset, epoch}, 0, 100, {}};
}

// Epochs 1, 2 and 4, which start at 0, 3 and 7, with snapshots at 5 and 7, and without what lies before 5.
RaftLog logFromFive()
{
    RaftLog log = logOf({{1, 3}, {2, 2}, {2, 2}, {4, 3}});
    log.addSnapshot(snapshotAt(7, 2));
    log.addSnapshot(snapshotAt(5, 2));
    log.deleteBeforeSnapshot({5, 2});
    return log;
}

} // namespace

class RaftLogTest : public QObject
{
    Q_OBJECT

private slots:
    void epochsEndWhereTheNextOneStarts()
    {
        const RaftLog log = logOf({{1, 3}, {1, 2}, {4, 1}});
        QVERIFY((log.endOffsetForEpoch(1) == OffsetAndEpoch{5, 1}));
        QVERIFY((log.endOffsetForEpoch(3) == OffsetAndEpoch{5, 1})); // 1 is the largest known up to 3
        QVERIFY((log.endOffsetForEpoch(4) == OffsetAndEpoch{6, 4}));
        QVERIFY((log.endOffsetForEpoch(9) == OffsetAndEpoch{6, 4}));
        QVERIFY((log.endOffsetForEpoch(0) == OffsetAndEpoch{0, 0}));
    }

    void newLeaderEntersItsEpochBeforeItWrites()
    {
        RaftLog log = logOf({{1, 3}});
        log.startEpoch(5);
        QVERIFY((log.end() == OffsetAndEpoch{3, 5}));
        log.startEpoch(6); // nothing was written in 5
        QVERIFY((log.endOffsetForEpoch(5) == OffsetAndEpoch{3, 1}));
        QVERIFY((log.end() == OffsetAndEpoch{3, 6}));
    }

    void aReplicaMayHaveAPrefix()
    {
        const RaftLog log = logOf({{1, 3}, {4, 2}});
        QVERIFY(isPrefix(log, {0, 0}));
        QVERIFY(isPrefix(log, {2, 1}));
        QVERIFY(isPrefix(log, {3, 1}));
        QVERIFY(!isPrefix(log, {4, 1})); // it has more of epoch 1
        QVERIFY(!isPrefix(log, {4, 2})); // an epoch that is not here
        QVERIFY(isPrefix(log, {5, 4}));
        QVERIFY(!isPrefix(log, {6, 4}));
    }

    void cutsAtTheBatchBoundaryBelow()
    {
        RaftLog log = logOf({{1, 3}, {1, 2}, {4, 4}});
        QCOMPARE(log.truncateTo(8), Offset{5});
        QVERIFY((log.end() == OffsetAndEpoch{5, 4})); // epoch 4 begins before 8
        QCOMPARE(log.truncateTo(5), Offset{5});
        QVERIFY((log.end() == OffsetAndEpoch{5, 1}));
        QCOMPARE(log.truncateTo(4), Offset{3});
        QCOMPARE(log.truncateTo(0), Offset{0});
        QVERIFY((log.end() == OffsetAndEpoch{0, 0}));
    }

    void truncationGoesBackToWhatBothHave()
    {
        const RaftLog log = logOf({{1, 3}, {2, 4}, {5, 1}});
        QCOMPARE(log.truncationOffset({2, 1}), Offset{2}); // the leader's epoch 1 is shorter
        QCOMPARE(log.truncationOffset({6, 1}), Offset{3}); // this one's is
        QCOMPARE(log.truncationOffset({9, 4}), Offset{7}); // an epoch that is not here: all before it stays
        QCOMPARE(log.truncationOffset({2, 0}), Offset{2});
    }

    void findsTheBatchThatHoldsAnOffset()
    {
        const RaftLog log = logOf({{1, 3}, {1, 2}, {4, 4}});
        QCOMPARE(log.find(0), std::size_t{0});
        QCOMPARE(log.find(2), std::size_t{0});
        QCOMPARE(log.find(3), std::size_t{1});
        QCOMPARE(log.find(8), std::size_t{2});
        QCOMPARE(log.find(9), std::size_t{3});
    }

    void startsWhereASnapshotEnds()
    {
        RaftLog log = logFromFive();
        QCOMPARE(log.startOffset(), Offset{5});
        QVERIFY((log.end() == OffsetAndEpoch{10, 4}));
        QCOMPARE(log.batchCount(), std::size_t{2});
        QCOMPARE(log.snapshots().size(), std::size_t{2});
        QVERIFY(!log.deleteBeforeSnapshot({6, 2}));  // there is none
        QVERIFY(!log.addSnapshot(snapshotAt(3, 1))); // it ends before the log starts
        QVERIFY(!log.addSnapshot(snapshotAt(7, 2))); // it is there
        QVERIFY(log.deleteBeforeSnapshot({7, 2}));
        QCOMPARE(log.startOffset(), Offset{7});
        QCOMPARE(log.snapshots().size(), std::size_t{1});
        QVERIFY(!log.deleteBeforeSnapshot({7, 2}));
        QCOMPARE(log.find(7), std::size_t{0});
    }

    void epochsBeforeTheStartAreThoseOfTheSnapshot()
    {
        const RaftLog log = logFromFive();
        QVERIFY((log.endOffsetForEpoch(1) == OffsetAndEpoch{5, 2})); // older than all that is known
        QVERIFY((log.endOffsetForEpoch(2) == OffsetAndEpoch{7, 2}));
        QVERIFY((log.endOffsetForEpoch(3) == OffsetAndEpoch{7, 2}));
        QVERIFY((log.endOffsetForEpoch(9) == OffsetAndEpoch{10, 4}));
    }

    // Source: ReplicatedLog.validateOffsetAndEpoch of Kafka.
    void whatLiesBeforeTheStartTakesTheNewestSnapshot()
    {
        const RaftLog log = logFromFive();
        const JudgedEnd snapshot{JudgedEnd::Verdict::Snapshot, {7, 2}};
        QVERIFY(log.judge({0, 0}) == snapshot);
        QVERIFY(log.judge({4, 2}) == snapshot);
        QVERIFY(log.judge({5, 1}) == snapshot); // ends there, but in another epoch
        QVERIFY(log.judge({8, 1}) == snapshot); // behind the start, in an epoch before the snapshot's
        QVERIFY(isPrefix(log, {5, 2}));
        QVERIFY(isPrefix(log, {8, 4}));
        QVERIFY((log.judge({9, 2}) == JudgedEnd{JudgedEnd::Verdict::Diverging, {7, 2}}));
        QVERIFY((log.judge({11, 4}) == JudgedEnd{JudgedEnd::Verdict::Diverging, {10, 4}}));
    }

    void aNewerSnapshotReplacesTheLog()
    {
        RaftLog log = logOf({{1, 3}, {2, 2}});
        log.addSnapshot(snapshotAt(5, 2));
        QVERIFY(!log.truncateToLatestSnapshot()); // the log knows as much
        log.addSnapshot(snapshotAt(20, 4));
        QVERIFY(log.truncateToLatestSnapshot());
        QVERIFY((log.end() == OffsetAndEpoch{20, 4}));
        QCOMPARE(log.startOffset(), Offset{20});
        QCOMPARE(log.snapshots().size(), std::size_t{1});
        QCOMPARE(log.bytes(), std::int64_t{0});
        QVERIFY(isPrefix(log, {20, 4}));
        log.append({20, 4, 2, false, {}});
        QVERIFY((log.endOffsetForEpoch(4) == OffsetAndEpoch{22, 4}));
        QVERIFY((log.endOffsetForEpoch(3) == OffsetAndEpoch{20, 4}));
        log.startEpoch(6);
        QVERIFY((log.end() == OffsetAndEpoch{22, 6}));
    }

    // The last segment stays, however little of it lies behind the log start.
    void segmentsGoAsAWhole()
    {
        RaftLog log;
        for (int i = 0; i < 4; ++i)
            log.append({log.endOffset(), 1, 2, false, {}}, 4 * kRaftRecordBytes);
        QCOMPARE(log.bytes(), 8 * kRaftRecordBytes);
        log.addSnapshot(snapshotAt(2, 1));
        log.addSnapshot(snapshotAt(6, 1));
        log.addSnapshot(snapshotAt(8, 1));
        log.deleteBeforeSnapshot({2, 1});
        QCOMPARE(log.bytes(), 8 * kRaftRecordBytes);
        log.deleteBeforeSnapshot({6, 1});
        QCOMPARE(log.bytes(), 4 * kRaftRecordBytes);
        log.deleteBeforeSnapshot({8, 1});
        QCOMPARE(log.bytes(), 4 * kRaftRecordBytes);
        QCOMPARE(log.batchCount(), std::size_t{0});
        QVERIFY((log.end() == OffsetAndEpoch{8, 1}));
    }

    void bytesFollowACut()
    {
        RaftLog log = logOf({{1, 3}, {1, 2}, {4, 4}});
        log.truncateTo(5);
        QCOMPARE(log.bytes(), 5 * kRaftRecordBytes);
        log.truncateTo(0);
        QCOMPARE(log.bytes(), std::int64_t{0});
    }

    void copiesDoNotSeeEachOther()
    {
        const RaftLog log = logOf({{1, 3}});
        RaftLog copy = log;
        copy.append({3, 2, 1, false, {}});
        QCOMPARE(log.endOffset(), Offset{3});
        QCOMPARE(copy.endOffset(), Offset{4});
    }
};

TIDELINE_RULE_TEST(RaftLogTest)
#include "raft_log_test.moc"
