// SPDX-License-Identifier: GPL-3.0-or-later
// A quorum as its users see it: records that are appended, committed, observed or cut off; copies and kills.
#include "tests/engine/quorum/raft_lab.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

// The committed texts of a node, in order.
std::string committedTexts(const RaftNode& node)
{
    std::string texts;
    for (std::size_t i = 0; i < node.log().batchCount(); ++i) {
        const RaftBatch& batch = node.log().batch(i);
        if (batch.endOffset() <= node.committed() && batch.payload.get())
            texts += TextRecords::textOf(*batch.payload.get());
    }
    return texts;
}

} // namespace

class RaftNodeTest : public QObject
{
    Q_OBJECT

private slots:
    void recordsReachVotersAndObservers()
    {
        RaftLab lab(3, 4, 1);
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        QVERIFY(leader != kNone);
        const std::optional<Offset> a = lab.append(leader, "a");
        const std::optional<Offset> b = lab.append(leader, "b");
        QCOMPARE(*a, Offset{1}); // behind the record of the new leader
        QCOMPARE(*b, Offset{2});
        lab.run(kSecond);
        for (const RaftNode& node : lab.nodes()) {
            QCOMPARE(node.committed(), Offset{3});
            QCOMPARE(committedTexts(node), std::string("ab"));
            QCOMPARE(lab.saw<RaftCommitted>(node.quorum().id()).back().offset, Offset{3});
        }
        QVERIFY(lab.node(4).quorum().role() == RaftRole::Follower);
    }

    void onlyTheLeaderAppends()
    {
        RaftLab lab(3, 4, 1);
        lab.run(10 * kSecond);
        for (const RaftNode& node : lab.nodes()) {
            const ReplicaId id = node.quorum().id();
            QCOMPARE(lab.append(id, "x").has_value(), id == lab.leader());
        }
        lab.kill(lab.leader());
        QVERIFY(!lab.append(1, "x") && !lab.append(2, "x") && !lab.append(3, "x"));
    }

    // Nobody is told of records before the linger has passed.
    void leaderGathersRecords()
    {
        RaftLab lab(1, 1, 1);
        lab.run(kSecond);
        lab.append(1, "a");
        lab.run(10'000);
        lab.append(1, "b");
        QCOMPARE(lab.node(1).log().endOffset(), Offset{1});
        QCOMPARE(lab.node(1).wakeAt(), lab.now() + 15'000);
        lab.run(15'000);
        QCOMPARE(lab.node(1).log().endOffset(), Offset{3});
        QCOMPARE(lab.node(1).committed(), Offset{3});
    }

    void recordsThatWereNotWrittenAreTakenBack()
    {
        RaftLab lab(3, 3, 1);
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const std::optional<Offset> lost = lab.append(leader, "lost");
        lab.with(leader, [](RaftNode& node, const RaftStep& step) { node.resign(step); });
        const std::vector<RaftTruncated> cuts = lab.saw<RaftTruncated>(leader);
        QCOMPARE(cuts.size(), std::size_t{1});
        QCOMPARE(cuts.front().offset, *lost);
        lab.run(10 * kSecond);
        for (const RaftNode& node : lab.nodes())
            QCOMPARE(committedTexts(node), std::string());
    }

    void recordsOfACutOffLeaderAreTakenBack()
    {
        RaftLab lab(3, 3, 5);
        lab.run(10 * kSecond);
        const ReplicaId old = lab.leader();
        lab.cut({old});
        const std::optional<Offset> lost = lab.append(old, "lost");
        lab.run(20 * kSecond);
        const ReplicaId next = lab.leader();
        QVERIFY(next != kNone && next != old);
        lab.append(next, "kept");
        lab.cut({});
        lab.run(10 * kSecond);
        const std::vector<RaftTruncated> cuts = lab.saw<RaftTruncated>(old);
        QCOMPARE(cuts.size(), std::size_t{1});
        QCOMPARE(cuts.front().offset, *lost);
        for (const RaftNode& node : lab.nodes())
            QCOMPARE(committedTexts(node), std::string("kept"));
        QCOMPARE(lab.leader(), next); // its return has disturbed nobody
    }

    void killKeepsLogAndVoteOnly()
    {
        RaftLab lab(3, 3, 2);
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        lab.append(leader, "a");
        lab.run(kSecond);
        const RaftNode before = lab.node(leader);
        lab.kill(leader);
        QCOMPARE(lab.node(leader).wakeAt(), kNever);
        lab.start(leader);
        const RaftNode& after = lab.node(leader);
        QVERIFY(after.log() == before.log());
        QVERIFY(after.quorum().election() == before.quorum().election());
        QVERIFY(after.quorum().role() == RaftRole::Resigned); // it does not lead the same epoch twice
        QCOMPARE(after.committed(), Offset{0});
        QCOMPARE(after.status().highWatermark, kUnknownOffset);
    }

    void shutdownHandsTheLeadershipOver()
    {
        RaftLab lab(3, 3, 3);
        lab.run(10 * kSecond);
        const ReplicaId old = lab.leader();
        lab.with(old, [](RaftNode& node, const RaftStep& step) { node.shutDown(10 * kSecond, step); });
        lab.run(3 * kSecond); // far below the fetch time-out and an election after it
        QVERIFY(lab.leader() != kNone && lab.leader() != old);
        QVERIFY(lab.node(old).status().stopped);
        QVERIFY(lab.saw<RaftStatusChanged>(old).back().status.stopped);
        lab.start(old);
        lab.run(kSecond);
        QVERIFY(lab.node(old).quorum().role() == RaftRole::Follower);
    }

    // Messages that no correct node sends change nothing.
    void contradictionsAreRefused()
    {
        RaftLab lab(3, 3, 1);
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const RaftStatus before = lab.node(leader).status();
        RaftEffects out;
        Random random;
        RandomRaftDraws draws(random);
        RaftNode node = lab.node(leader);
        const RaftStep step{lab.now(), draws, out};
        const LeaderEpoch epoch = before.epoch;
        node.onRequest(BeginQuorumEpochRequest{leader % 3 + 1, epoch}, 1, step); // a second leader
        node.onRequest(EndQuorumEpochRequest{leader, epoch + 1, {}}, 2, step);   // in its own name
        node.onRequest(BeginQuorumEpochRequest{-7, epoch}, 3, step);
        node.onRequest(RaftFetchRequest{leader, epoch, {0, 0}, -1, 0}, 4, step);
        std::vector<QuorumError> errors;
        for (const RaftEffect& effect : out) {
            if (const auto* reply = std::get_if<RaftReply>(&effect))
                errors.push_back(reply->answer.error);
        }
        const std::vector<QuorumError> refused{QuorumError::InvalidRequest, QuorumError::InvalidRequest,
                                               QuorumError::InvalidRequest, QuorumError::UnknownServerError};
        QVERIFY(errors == refused);
        QVERIFY(node.status() == before);
    }

    // At any moment: while nobody leads, in elections, with parked fetches and appended records.
    void aCopyGoesOnEqually()
    {
        RaftLab lab(5, 6, 4);
        for (int i = 0; i < 40; ++i) {
            RaftLab copy = lab;
            QCOMPARE(copy.hash(), lab.hash());
            lab.run(777'000);
            copy.run(777'000);
            QCOMPARE(copy.hash(), lab.hash());
            if (i % 8 == 7)
                lab.kill(lab.leader() == kNone ? 1 : lab.leader());
            else if (lab.leader() != kNone)
                lab.append(lab.leader(), std::to_string(i));
            if (i % 8 == 3)
                startAllThatAreDown(lab);
        }
    }

private:
    static void startAllThatAreDown(RaftLab& lab)
    {
        for (ReplicaId id = 1; id <= 6; ++id) {
            if (!lab.node(id).runs())
                lab.start(id);
        }
    }
};

TIDELINE_RULE_TEST(RaftNodeTest)
#include "raft_node_test.moc"
