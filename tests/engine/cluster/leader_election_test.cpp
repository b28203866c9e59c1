// SPDX-License-Identifier: GPL-3.0-or-later
// Who leads after something has changed: the chain ELC-1 to ELC-7, and the kinds of election.
#include "engine/cluster/leader_election.h"
#include "tests/engine/rule_tests.h"

#include <set>

using namespace tideline;

namespace {

// One partition without ELR, and who of three brokers may lead.
struct Cluster
{
    PartitionRegistration partition;
    std::set<BrokerId> alive{1, 2, 3};

    Cluster(const BrokerIds& replicas, const BrokerIds& isr, BrokerId leader)
    {
        partition.replicas = replicas;
        partition.isr = isr;
        partition.leader = leader;
    }

    bool change(const RequestedChange& request)
    {
        const PartitionChange change = changePartition(
            partition, request, {}, [this](BrokerId broker) { return alive.contains(broker); });
        apply(partition, change);
        return !change.empty();
    }
    bool fence(BrokerId broker)
    {
        alive.erase(broker);
        RequestedChange request;
        request.isr = partition.isr;
        request.isr->erase(broker);
        return change(request);
    }
    bool unfence(BrokerId broker)
    {
        alive.insert(broker);
        return partition.leader == kNone && change({});
    }
    bool elect(ElectionKind kind)
    {
        RequestedChange request;
        request.election = kind;
        return change(request);
    }

    // "leader 2 of [2,3], epochs 1/1": leader epoch and partition epoch.
    QString text() const
    {
        QStringList isr;
        for (const BrokerId id : partition.isr)
            isr << QString::number(id);
        return QString("leader %1 of [%2], epochs %3/%4")
            .arg(partition.leader)
            .arg(isr.join(','))
            .arg(partition.leaderEpoch)
            .arg(partition.partitionEpoch);
    }
};

} // namespace

class LeaderElectionTest : public QObject
{
    Q_OBJECT

private slots:
    void lastOneOutStaysInTheIsr()
    {
        Cluster cluster({1, 2, 3}, {1, 2, 3}, 1);
        QVERIFY(cluster.fence(1));
        QCOMPARE(cluster.text(), "leader 2 of [2,3], epochs 1/1"); // ELC-1
        QVERIFY(cluster.fence(3));
        QCOMPARE(cluster.text(), "leader 2 of [2], epochs 1/2"); // ELC-2
        QVERIFY(cluster.fence(2));
        QCOMPARE(cluster.text(), "leader -1 of [2], epochs 2/3"); // ELC-3
        QVERIFY(!cluster.unfence(1));
        QCOMPARE(cluster.text(), "leader -1 of [2], epochs 2/3"); // ELC-4
    }

    void preferredLeaderComesBackOnlyWhenAsked()
    {
        Cluster cluster({1, 2, 3}, {2}, kNone);
        cluster.alive = {1, 2};
        QVERIFY(cluster.unfence(2));
        QCOMPARE(cluster.text(), "leader 2 of [2], epochs 1/1"); // ELC-6
        QVERIFY(!cluster.elect(ElectionKind::Preferred));        // 1 is not in sync yet
        RequestedChange isr;
        isr.isr = BrokerIds{2, 1};
        QVERIFY(cluster.change(isr));
        QCOMPARE(cluster.text(), "leader 2 of [2,1], epochs 1/2");
        QVERIFY(cluster.elect(ElectionKind::Preferred));
        QCOMPARE(cluster.text(), "leader 1 of [2,1], epochs 2/3");
        QVERIFY(!cluster.elect(ElectionKind::Preferred));
    }

    // ELC-7: the first of the assignment, not of the ISR.
    void assignmentOrderDecides()
    {
        Cluster cluster({3, 1, 2}, {2, 1, 3}, 3);
        QVERIFY(cluster.fence(3));
        QCOMPARE(cluster.text(), "leader 1 of [2,1], epochs 1/1");
    }

    void fencingAnOutsiderChangesNothing()
    {
        Cluster cluster({1, 2, 3}, {1, 2}, 1);
        QVERIFY(!cluster.fence(3));
        QCOMPARE(cluster.text(), "leader 1 of [1,2], epochs 0/0");
    }

    // A shrinking ISR alone leaves the leader epoch as it is.
    void fencingAFollowerKeepsTheLeaderEpoch()
    {
        Cluster cluster({1, 2, 3}, {1, 2, 3}, 1);
        QVERIFY(cluster.fence(2));
        QCOMPARE(cluster.text(), "leader 1 of [1,3], epochs 0/1");
    }

    void kinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("leader");
        QTest::addColumn<int>("fenced"); // 0: nobody
        QTest::addColumn<int>("expected");
        const int online = static_cast<int>(ElectionKind::Online);
        const int preferred = static_cast<int>(ElectionKind::Preferred);
        QTest::newRow("online keeps who leads") << online << 2 << 0 << 2;
        QTest::newRow("preferred moves to the first") << preferred << 2 << 0 << 1;
        QTest::newRow("preferred keeps who leads when the first is down") << preferred << 2 << 1 << 2;
        QTest::newRow("online passes over the dead") << online << 1 << 1 << 2;
        QTest::newRow("preferred from nobody") << preferred << -1 << 1 << 2;
        QTest::newRow("online from nobody") << online << -1 << 0 << 1;
    }

    void kinds()
    {
        QFETCH(int, kind);
        QFETCH(int, leader);
        QFETCH(int, fenced);
        Cluster cluster({1, 2, 3}, {1, 2, 3}, leader);
        cluster.alive.erase(fenced);
        cluster.elect(static_cast<ElectionKind>(kind));
        QTEST(cluster.partition.leader, "expected");
    }
};

TIDELINE_RULE_TEST(LeaderElectionTest)
#include "leader_election_test.moc"
