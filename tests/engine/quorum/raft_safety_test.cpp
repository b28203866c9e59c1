// SPDX-License-Identifier: GPL-3.0-or-later
// What Raft promises (Raft, figure 3), in runs with nodes that die, return and cannot reach each other: one
// leader an epoch, and what is committed stays and is the same everywhere.
#include "tests/engine/quorum/raft_lab.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr ReplicaId kVoters = 5;
constexpr ReplicaId kNodes = 6;

// What was seen of a run so far.
struct Witness
{
    std::map<LeaderEpoch, ReplicaId> leaders;
    std::vector<RaftBatch> committed; // the longest one of all nodes

    // The first broken promise; empty when there is none.
    QString look(const RaftLab& lab)
    {
        for (const RaftNode& node : lab.nodes()) {
            const ReplicaId id = node.quorum().id();
            if (node.quorum().role() == RaftRole::Leader &&
                leaders.emplace(node.quorum().epoch(), id).first->second != id)
                return QString("two leaders in epoch %1").arg(node.quorum().epoch());
            if (node.committed() > node.log().endOffset())
                return QString("node %1 has lost committed records").arg(id);
            for (std::size_t i = 0; i < node.log().batchCount(); ++i) {
                const RaftBatch& batch = node.log().batch(i);
                if (batch.endOffset() > node.committed())
                    break;
                if (i == committed.size())
                    committed.push_back(batch);
                else if (!(committed[i] == batch))
                    return QString("node %1 has committed other records at %2").arg(id).arg(batch.baseOffset);
            }
        }
        return {};
    }
};

void disturb(RaftLab& lab, Random& random)
{
    const auto id = static_cast<ReplicaId>(random.between(1, kNodes));
    switch (random.below(5)) {
    case 0:
        lab.kill(id);
        break;
    case 1:
        lab.cut({id, static_cast<ReplicaId>(random.between(1, kNodes))});
        break;
    case 2:
        lab.cut({});
        break;
    case 3:
        if (lab.leader() != kNone)
            lab.with(lab.leader(), [](RaftNode& node, const RaftStep& step) { node.resign(step); });
        break;
    default:
        for (ReplicaId down = 1; down <= kNodes; ++down) {
            if (!lab.node(down).runs())
                lab.start(down);
        }
    }
}

} // namespace

class RaftSafetyTest : public QObject
{
    Q_OBJECT

private slots:
    void committedRecordsStay_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void committedRecordsStay()
    {
        QFETCH(int, seed);
        RaftLab lab(kVoters, kNodes, static_cast<std::uint64_t>(seed));
        Random random(static_cast<std::uint64_t>(seed), 99);
        Witness witness;
        for (int i = 0; i < 60; ++i) {
            lab.run(random.between(1, 2'000'000));
            for (ReplicaId id = 1; id <= kVoters; ++id)
                lab.append(id, std::to_string(i));
            disturb(lab, random);
            const QString broken = witness.look(lab);
            QVERIFY2(broken.isEmpty(), qPrintable(broken));
        }
        settle(lab);
        QVERIFY2(witness.look(lab).isEmpty(), "after the network was whole again");
        QVERIFY(witness.leaders.size() > 3);
        QVERIFY(witness.committed.size() > 10);
        for (const RaftNode& node : lab.nodes())
            QCOMPARE(node.committed(), lab.node(lab.leader()).log().endOffset());
    }

private:
    // All run and reach each other: a leader is found and everybody catches up.
    static void settle(RaftLab& lab)
    {
        lab.cut({});
        for (ReplicaId id = 1; id <= kNodes; ++id) {
            if (!lab.node(id).runs())
                lab.start(id);
        }
        lab.run(30 * kMicrosPerSecond);
        QVERIFY(lab.leader() != kNone);
    }
};

TIDELINE_RULE_TEST(RaftSafetyTest)
#include "raft_safety_test.moc"
