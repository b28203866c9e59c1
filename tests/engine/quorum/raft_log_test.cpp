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
        QVERIFY(log.isPrefix({0, 0}));
        QVERIFY(log.isPrefix({2, 1}));
        QVERIFY(log.isPrefix({3, 1}));
        QVERIFY(!log.isPrefix({4, 1})); // it has more of epoch 1
        QVERIFY(!log.isPrefix({4, 2})); // an epoch that is not here
        QVERIFY(log.isPrefix({5, 4}));
        QVERIFY(!log.isPrefix({6, 4}));
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
