// SPDX-License-Identifier: GPL-3.0-or-later
// A leader's high watermark (RFT-6), its check quorum, and whom it prefers as its successor.
#include "engine/quorum/leader_state.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

QuorumConfig voters(ReplicaId count)
{
    QuorumConfig config;
    for (ReplicaId id = 1; id <= count; ++id)
        config.voters.push_back(id);
    return config;
}

} // namespace

class LeaderStateTest : public QObject
{
    Q_OBJECT

private slots:
    void highWatermarkIsWhatAMajorityHas()
    {
        const QuorumConfig config = voters(3);
        LeaderState leader(1, 7, 0, config);
        QVERIFY(!leader.hasWritten(10));
        QVERIFY(leader.hasFetched(2, 8, 0, config));
        QVERIFY(!leader.hasFetched(3, 7, 0, config));
        QCOMPARE(leader.highWatermark(), Offset{8});
    }

    // What a majority has of earlier epochs could still be lost to a leader that does not have it.
    void highWatermarkWaitsForTheOwnEpoch()
    {
        const QuorumConfig config = voters(3);
        LeaderState leader(1, 9, 0, config);
        leader.hasWritten(10);
        QVERIFY(!leader.hasFetched(2, 9, 0, config));
        QCOMPARE(leader.highWatermark(), kUnknownOffset);
        QVERIFY(leader.hasFetched(2, 10, 0, config));
        QCOMPARE(leader.highWatermark(), Offset{10});
    }

    void highWatermarkNeverFalls()
    {
        const QuorumConfig config = voters(3);
        LeaderState leader(1, 0, 0, config);
        leader.hasWritten(10);
        leader.hasFetched(2, 10, 0, config);
        QVERIFY(!leader.hasFetched(2, 4, 0, config)); // it has lost its disk
        QCOMPARE(leader.highWatermark(), Offset{10});
    }

    void observersHaveNoSay()
    {
        const QuorumConfig config = voters(3);
        LeaderState leader(1, 0, 0, config);
        leader.hasWritten(10);
        QVERIFY(!leader.hasFetched(9, 10, 0, config));
        QVERIFY(!leader.hasFetched(kNone, 10, 0, config));
        QCOMPARE(leader.highWatermark(), kUnknownOffset);
        QCOMPARE(leader.observers().size(), std::size_t{1});
    }

    // Of five voters two others are needed; the same one twice is one.
    void checkQuorumNeedsDifferentVoters()
    {
        const QuorumConfig config = voters(5);
        LeaderState leader(1, 0, 0, config);
        leader.hasFetched(2, 0, 1'000'000, config);
        leader.hasFetched(2, 0, 2'000'000, config);
        leader.hasFetched(9, 0, 2'500'000, config);
        QCOMPARE(leader.untilCheckQuorum(2'500'000), Micros{500'000});
        leader.hasFetched(3, 0, 2'500'000, config);
        QCOMPARE(leader.untilCheckQuorum(2'500'000), Micros{3'000'000});
        leader.hasFetched(3, 0, 3'000'000, config); // the first of the next window
        QCOMPARE(leader.untilCheckQuorum(5'500'000), Micros{0});
    }

    void onlyVoterNeedsNobody()
    {
        QCOMPARE(LeaderState(1, 0, 0, voters(1)).untilCheckQuorum(1'000'000'000), kNever);
    }

    void mostAdvancedVoterComesFirst()
    {
        const QuorumConfig config = voters(5);
        LeaderState leader(1, 0, 0, config);
        leader.hasFetched(5, 9, 0, config);
        leader.hasFetched(3, 9, 0, config);
        leader.hasFetched(4, 12, 0, config);
        QCOMPARE(leader.successors(), (std::vector<ReplicaId>{4, 3, 5, 2}));
    }

    void votersThatFetchNeedNotBeTold()
    {
        const QuorumConfig config = voters(3);
        LeaderState leader(1, 0, 0, config);
        leader.hasFetched(2, 0, 500'000, config);
        QCOMPARE(leader.silentVoters(1'499'999, config), std::vector<ReplicaId>{3});
        QCOMPARE(leader.silentVoters(1'500'000, config), (std::vector<ReplicaId>{2, 3}));
    }
};

TIDELINE_RULE_TEST(LeaderStateTest)
#include "leader_state_test.moc"
