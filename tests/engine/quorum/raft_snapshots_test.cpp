// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots in a quorum (KIP-630): whoever is behind the leader's log start gets one, then goes on with the
// log.
#include "tests/engine/quorum/raft_lab.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

// The log start moves as far as it can, once a minute.
QuorumConfig keepsLittle(std::int64_t pieceBytes)
{
    QuorumConfig config;
    config.retentionBytes = 0;
    config.fetchSnapshotMaxBytes = pieceBytes;
    return config;
}

void appendMany(RaftLab& lab, ReplicaId leader, int records)
{
    for (int i = 0; i < records; ++i)
        lab.append(leader, "r");
    lab.run(kSecond);
}

// A snapshot of 100 bytes of all that this node knows to be committed.
OffsetAndEpoch snapshot(RaftLab& lab, ReplicaId id)
{
    OffsetAndEpoch end;
    lab.with(id, [&](RaftNode& node, const RaftStep& step) {
        const RaftLog& log = node.log();
        end = {node.committed(), log.batch(log.find(node.committed() - 1)).epoch};
        node.createSnapshot({end, step.now, 100, payload("up to " + std::to_string(end.offset))});
    });
    return end;
}

// The node makes two snapshots and starts its log at the second one.
OffsetAndEpoch startAtASnapshot(RaftLab& lab, ReplicaId id)
{
    appendMany(lab, lab.leader(), 5);
    snapshot(lab, id);
    appendMany(lab, lab.leader(), 5);
    const OffsetAndEpoch second = snapshot(lab, id);
    lab.run(61 * kSecond);
    return second;
}

// Runs until the node has had as many effects of the kind as asked for, at most 20 s.
template <class Effect>
bool runUntil(RaftLab& lab, ReplicaId id, std::size_t count)
{
    for (int i = 0; i < 20'000 && lab.saw<Effect>(id).size() < count; ++i)
        lab.run(1'000);
    return lab.saw<Effect>(id).size() == count;
}

ReplicaId other(const RaftLab& lab)
{
    return lab.leader() % 3 + 1;
}

} // namespace

class RaftSnapshotsTest : public QObject
{
    Q_OBJECT

private slots:
    void theLogStartsAtTheNewestSnapshot()
    {
        RaftLab lab(3, 3, 1, keepsLittle(1'000));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const OffsetAndEpoch second = startAtASnapshot(lab, leader);
        QCOMPARE(lab.node(leader).log().startOffset(), second.offset);
        QCOMPARE(lab.node(leader).log().snapshots().size(), std::size_t{1});
        QCOMPARE(lab.saw<RaftLogStartMoved>(leader).back().offset, second.offset);
        QCOMPARE(lab.node(other(lab)).log().startOffset(), Offset{0}); // each node makes its own
        appendMany(lab, leader, 1);
        QCOMPARE(lab.node(other(lab)).committed(), lab.node(leader).log().endOffset());
    }

    void aVoterThatWasAwayGetsTheSnapshotThenTheLog()
    {
        RaftLab lab(3, 3, 2, keepsLittle(1'000));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const ReplicaId away = other(lab);
        lab.kill(away);
        const OffsetAndEpoch second = startAtASnapshot(lab, leader);
        appendMany(lab, leader, 3);
        lab.start(away);
        lab.run(5 * kSecond);
        const RaftNode& back = lab.node(away);
        QCOMPARE(lab.saw<RaftSnapshotFetchStarted>(away).size(), std::size_t{1});
        QCOMPARE(lab.saw<RaftSnapshotFetchStarted>(away).front().leader, leader);
        QVERIFY(lab.saw<RaftSnapshotFetched>(away).front().snapshot == second);
        QCOMPARE(back.log().startOffset(), second.offset);
        QVERIFY(back.log().end() == lab.node(leader).log().end());
        QCOMPARE(back.committed(), lab.node(leader).committed());
        QCOMPARE(TextRecords::textOf(*back.log().latestSnapshot()->state.get()),
                 "up to " + std::to_string(second.offset));
        // It is a voter like the others: with it alone the leader commits.
        lab.kill(6 - leader - away);
        appendMany(lab, leader, 2);
        QCOMPARE(back.committed(), lab.node(leader).log().endOffset());
    }

    void anObserverGetsItInPieces()
    {
        RaftLab lab(3, 4, 3, keepsLittle(40));
        lab.run(10 * kSecond);
        lab.kill(4);
        const OffsetAndEpoch second = startAtASnapshot(lab, lab.leader());
        lab.start(4);
        QVERIFY(runUntil<RaftSnapshotFetchStarted>(lab, 4, 1));
        const Micros asked = lab.now();
        QVERIFY(runUntil<RaftSnapshotFetched>(lab, 4, 1));
        QCOMPARE(lab.now() - asked, 3 * 2 * RaftLab::kDelay); // 40, 40 and 20 bytes
        lab.run(kSecond);
        QCOMPARE(lab.node(4).log().startOffset(), second.offset);
        QCOMPARE(lab.node(4).committed(), lab.node(lab.leader()).committed());
    }

    // What was never committed goes, though its offsets lie behind the start of the new leader's log.
    void aDivergenceBeforeTheLogStart()
    {
        RaftLab lab(3, 3, 4, keepsLittle(1'000));
        lab.run(10 * kSecond);
        const ReplicaId old = lab.leader();
        const LeaderEpoch epoch = lab.node(old).quorum().epoch();
        lab.cut({old});
        for (int i = 0; i < 50; ++i)
            lab.append(old, "never");
        lab.run(20 * kSecond);
        const ReplicaId leader = lab.leader();
        QVERIFY(leader != old);
        const OffsetAndEpoch second = startAtASnapshot(lab, leader);
        QVERIFY(second.epoch > epoch);
        QVERIFY(lab.node(old).log().endOffset() > second.offset);
        lab.cut({});
        lab.run(10 * kSecond);
        const RaftNode& back = lab.node(old);
        QVERIFY(lab.saw<RaftSnapshotFetched>(old).size() == 1);
        QCOMPARE(back.log().startOffset(), second.offset);
        QVERIFY(back.log().end() == lab.node(leader).log().end());
        for (std::size_t i = 0; i < back.log().batchCount(); ++i)
            QVERIFY(back.log().batch(i).epoch > epoch);
    }

    // A fetch of a snapshot ends with its leader: the next one is asked from the beginning.
    void theLeaderDiesWhileASnapshotIsFetched()
    {
        RaftLab lab(3, 3, 5, keepsLittle(1));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const ReplicaId away = other(lab);
        const ReplicaId third = 6 - leader - away;
        lab.kill(away);
        appendMany(lab, leader, 5);
        snapshot(lab, third);
        const OffsetAndEpoch of = startAtASnapshot(lab, leader);
        snapshot(lab, third);
        lab.run(61 * kSecond);
        QCOMPARE(lab.node(third).log().startOffset(), of.offset);
        lab.start(away);
        QVERIFY(runUntil<RaftSnapshotFetchStarted>(lab, away, 1));
        lab.run(20'000);
        lab.kill(leader);
        QVERIFY(lab.saw<RaftSnapshotFetched>(away).empty());
        QVERIFY(runUntil<RaftSnapshotFetchStarted>(lab, away, 2));
        QCOMPARE(lab.leader(), third);
        QCOMPARE(lab.saw<RaftSnapshotFetchStarted>(away).back().leader, third);
        QVERIFY(lab.node(away).log().snapshots().empty());
        QVERIFY(runUntil<RaftSnapshotFetched>(lab, away, 1));
        lab.run(2 * kSecond);
        QVERIFY(lab.node(away).log().end() == lab.node(third).log().end());
        QCOMPARE(lab.node(away).committed(), lab.node(third).committed());
    }

    // It had let the old snapshot go before the follower had all of it.
    void theSnapshotGoesWhileItIsFetched()
    {
        RaftLab lab(3, 3, 6, keepsLittle(1));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const ReplicaId away = other(lab);
        lab.kill(away);
        const OffsetAndEpoch first = startAtASnapshot(lab, leader);
        appendMany(lab, leader, 4);
        const Micros cleaning = 60 * kSecond;
        lab.run(cleaning - lab.now() % cleaning - kSecond / 10); // shortly before the next look
        lab.start(away);
        QVERIFY(runUntil<RaftSnapshotFetchStarted>(lab, away, 1));
        const OffsetAndEpoch next = snapshot(lab, leader);
        QVERIFY(runUntil<RaftSnapshotFetchStarted>(lab, away, 2));
        QVERIFY(lab.saw<RaftSnapshotFetched>(away).empty());
        QVERIFY(lab.saw<RaftSnapshotFetchStarted>(away).front().snapshot == first);
        QVERIFY(lab.saw<RaftSnapshotFetchStarted>(away).back().snapshot == next);
        QVERIFY(runUntil<RaftSnapshotFetched>(lab, away, 1));
    }

    void snapshotsOutliveTheProcess()
    {
        RaftLab lab(3, 3, 7, keepsLittle(1'000));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const OffsetAndEpoch second = startAtASnapshot(lab, leader);
        lab.kill(leader);
        lab.start(leader);
        QCOMPARE(lab.node(leader).log().startOffset(), second.offset);
        QVERIFY(lab.node(leader).log().latestSnapshot()->id == second);
    }

    void requestsForWhatIsNotThereAreRefused()
    {
        RaftLab lab(3, 3, 8, keepsLittle(1'000));
        lab.run(10 * kSecond);
        const ReplicaId leader = lab.leader();
        const OffsetAndEpoch second = startAtASnapshot(lab, leader);
        RaftNode node = lab.node(leader);
        const LeaderEpoch epoch = node.quorum().epoch();
        RaftEffects out;
        Random random;
        RandomRaftDraws draws(random);
        const RaftStep step{lab.now(), draws, out};
        node.onRequest(FetchSnapshotRequest{2, epoch, {second.offset + 1, epoch}, 0, 10}, 1, step);
        node.onRequest(FetchSnapshotRequest{2, epoch, second, 100, 10}, 2, step);
        node.onRequest(FetchSnapshotRequest{2, epoch, second, -1, 10}, 3, step);
        node.onRequest(FetchSnapshotRequest{2, epoch - 1, second, 0, 10}, 4, step);
        node.onRequest(FetchSnapshotRequest{2, epoch, second, 95, 10}, 5, step);
        std::vector<RaftAnswer> answers;
        for (const RaftEffect& effect : out) {
            if (const auto* reply = std::get_if<RaftReply>(&effect))
                answers.push_back(reply->answer);
        }
        QCOMPARE(answers.size(), std::size_t{5});
        QVERIFY(answers[0].error == QuorumError::SnapshotNotFound);
        QVERIFY(answers[1].error == QuorumError::PositionOutOfRange);
        QVERIFY(answers[2].error == QuorumError::PositionOutOfRange);
        QVERIFY(answers[3].error == QuorumError::FencedLeaderEpoch);
        QVERIFY(answers[4].error == QuorumError::None);
        QCOMPARE(std::get<FetchSnapshotAnswer>(answers[4].body).bytes, std::int64_t{5});
    }

    // At any moment of all this.
    void aCopyGoesOnEqually()
    {
        RaftLab lab(3, 4, 9, keepsLittle(7));
        lab.run(10 * kSecond);
        lab.kill(4);
        startAtASnapshot(lab, lab.leader());
        lab.start(4);
        for (int i = 0; i < 40; ++i) {
            RaftLab copy = lab;
            lab.run(1'700);
            copy.run(1'700);
            QCOMPARE(copy.hash(), lab.hash());
        }
        QCOMPARE(lab.saw<RaftSnapshotFetched>(4).size(), std::size_t{1});
    }
};

TIDELINE_RULE_TEST(RaftSnapshotsTest)
#include "raft_snapshots_test.moc"
