// SPDX-License-Identifier: GPL-3.0-or-later
// Counting votes, giving them, and the waits of the successors of a resigned leader.
#include "engine/quorum/election_backoff.h"
#include "engine/quorum/epoch_election.h"
#include "engine/quorum/vote_rules.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

const std::vector<ReplicaId> kFour{1, 2, 3, 4};

Micros backoff(std::vector<ReplicaId> successors, ReplicaId self)
{
    return electionBackoff(successors, self, QuorumConfig{});
}

} // namespace

class ElectionTest : public QObject
{
    Q_OBJECT

private slots:
    // Two of four are no majority: neither won nor, while one is open, lost.
    void halfOfTheVotesIsNoMajority()
    {
        EpochElection election(kFour, 1);
        election.record(2, true);
        QVERIFY(!election.won());
        election.record(3, false);
        QVERIFY(!election.lost());
        election.record(4, false);
        QVERIFY(election.lost());
        QVERIFY(!election.won());
    }

    void lastAnswerOfAVoterCounts()
    {
        EpochElection election(kFour, 1);
        election.record(2, false);
        election.record(2, true);
        election.record(3, true);
        QVERIFY(election.won());
        QCOMPARE(election.openVoters(), std::vector<ReplicaId>{4});
    }

    void strangersDoNotVote()
    {
        EpochElection election(kFour, 1);
        election.record(7, true);
        election.record(8, true);
        QVERIFY(!election.won());
        QCOMPARE(election.openVoters(), (std::vector<ReplicaId>{2, 3, 4}));
    }

    void onlyVoterHasWonAtOnce() { QVERIFY(EpochElection({1}, 1).won()); }

    void successorsWaitTwiceAsLongFromOneToTheNext()
    {
        QCOMPARE(backoff({2, 3}, 2), Micros{0});
        QCOMPARE(backoff({2, 3}, 3), Micros{500'000});
        QCOMPARE(backoff({2, 3, 4, 5}, 3), Micros{125'000});
        QCOMPARE(backoff({2, 3, 4, 5}, 4), Micros{250'000});
        QCOMPARE(backoff({2, 3, 4, 5}, 5), Micros{500'000});
        QCOMPARE(backoff({2, 3, 4, 5}, 6), Micros{1'000'000});
    }

    // Thousand milliseconds can be halved nine times; who comes later does not wait at all.
    void manySuccessorsDoNotOverflow()
    {
        std::vector<ReplicaId> many(100);
        for (std::size_t i = 0; i < many.size(); ++i)
            many[i] = static_cast<ReplicaId>(i + 1);
        QCOMPARE(backoff(many, 100), Micros{0});
        QCOMPARE(backoff(many, 101), Micros{1'000'000});
    }

    void candidatesMustHaveRaisedTheirEpoch()
    {
        QVERIFY(isValidVoteRequest({2, 1, 3, {10, 3}, true}));
        QVERIFY(!isValidVoteRequest({2, 1, 3, {10, 3}, false}));
        QVERIFY(isValidVoteRequest({2, 1, 4, {10, 3}, false}));
        QVERIFY(!isValidVoteRequest({2, 1, 4, {-1, 3}, false}));
    }

    // RFT-5: the epoch of the last record counts before its offset.
    void logOfTheLaterEpochKnowsMore()
    {
        QVERIFY(!(OffsetAndEpoch{10, 3}.isUpToDateWith({12, 3})));
        QVERIFY((OffsetAndEpoch{12, 3}.isUpToDateWith({10, 3})));
        QVERIFY((OffsetAndEpoch{12, 3}.isUpToDateWith({12, 3})));
        QVERIFY((OffsetAndEpoch{5, 4}.isUpToDateWith({12, 3})));
    }
};

TIDELINE_RULE_TEST(ElectionTest)
#include "election_test.moc"
