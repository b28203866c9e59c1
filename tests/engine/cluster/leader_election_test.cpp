// SPDX-License-Identifier: GPL-3.0-or-later
// Who leads after something has changed: the chain ELC-1 to ELC-7, and recorded single elections.
#include "engine/cluster/leader_election.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// Three registered brokers that live, and one partition.
MetadataImage cluster(const BrokerIds& replicas, const BrokerIds& isr, BrokerId leader)
{
    MetadataImage image = emptyImage(3, 1);
    for (BrokerId id = 1; id <= 3; ++id) {
        replay(image, RegisterBrokerRecord{id, 1, image.offset});
        replay(image, BrokerRegistrationChangeRecord{id, false, 0});
    }
    replay(image, PartitionRecord{0, replicas, isr, leader});
    return image;
}

bool carryOut(MetadataImage& image, const std::optional<PartitionChangeRecord>& change)
{
    if (change)
        replay(image, *change);
    return change.has_value();
}

bool fence(MetadataImage& image, BrokerId broker)
{
    replay(image, BrokerRegistrationChangeRecord{broker, true, 0});
    return carryOut(image, changeAfterFencing(0, image, broker));
}

bool unfence(MetadataImage& image, BrokerId broker)
{
    replay(image, BrokerRegistrationChangeRecord{broker, false, 0});
    return carryOut(image, changeAfterUnfencing(0, image));
}

// "leader 2 of [2,3], epochs 1/1": leader epoch and partition epoch.
QString textOf(const MetadataImage& image)
{
    const PartitionImage& partition = image.partition(0);
    QStringList isr;
    for (const BrokerId id : partition.isr)
        isr << QString::number(id);
    return QString("leader %1 of [%2], epochs %3/%4")
        .arg(partition.leader)
        .arg(isr.join(','))
        .arg(partition.leaderEpoch)
        .arg(partition.partitionEpoch);
}

} // namespace

class LeaderElectionTest : public QObject
{
    Q_OBJECT

private slots:
    void lastOneOutStaysInTheIsr()
    {
        MetadataImage image = cluster({1, 2, 3}, {1, 2, 3}, 1);
        QVERIFY(fence(image, 1));
        QCOMPARE(textOf(image), "leader 2 of [2,3], epochs 1/1"); // ELC-1
        QVERIFY(fence(image, 3));
        QCOMPARE(textOf(image), "leader 2 of [2], epochs 1/2"); // ELC-2
        QVERIFY(fence(image, 2));
        QCOMPARE(textOf(image), "leader -1 of [2], epochs 2/3"); // ELC-3
        QVERIFY(!unfence(image, 1));
        QCOMPARE(textOf(image), "leader -1 of [2], epochs 2/3"); // ELC-4
    }

    void preferredLeaderComesBackOnlyWhenAsked()
    {
        MetadataImage image = cluster({1, 2, 3}, {1, 2, 3}, 1);
        fence(image, 1);
        fence(image, 3);
        fence(image, 2);
        unfence(image, 1);
        QVERIFY(unfence(image, 2));
        QCOMPARE(textOf(image), "leader 2 of [2], epochs 3/4"); // ELC-6
        QVERIFY(!carryOut(image, changeToPreferred(0, image))); // 1 is not in sync yet
        replay(image, PartitionChangeRecord{0, {}, BrokerIds{2, 1}});
        QCOMPARE(textOf(image), "leader 2 of [2,1], epochs 3/5");
        QVERIFY(!unfence(image, 3)); // there is a leader: nobody is elected
        QVERIFY(carryOut(image, changeToPreferred(0, image)));
        QCOMPARE(textOf(image), "leader 1 of [2,1], epochs 4/6");
        QVERIFY(!carryOut(image, changeToPreferred(0, image)));
    }

    // ELC-7: the first of the assignment, not of the ISR.
    void assignmentOrderDecides()
    {
        MetadataImage image = cluster({3, 1, 2}, {2, 1, 3}, 3);
        QVERIFY(fence(image, 3));
        QCOMPARE(textOf(image), "leader 1 of [2,1], epochs 1/1");
    }

    void fencingAnOutsiderChangesNothing()
    {
        MetadataImage image = cluster({1, 2, 3}, {1, 2}, 1);
        QVERIFY(!fence(image, 3));
        QCOMPARE(textOf(image), "leader 1 of [1,2], epochs 0/0");
    }

    // A shrinking ISR alone leaves the leader epoch as it is.
    void fencingAFollowerKeepsTheLeaderEpoch()
    {
        MetadataImage image = cluster({1, 2, 3}, {1, 2, 3}, 1);
        QVERIFY(fence(image, 2));
        QCOMPARE(textOf(image), "leader 1 of [1,3], epochs 0/1");
    }

    void partitionThatIsNotCreatedElectsNobody()
    {
        MetadataImage image = emptyImage(3, 1);
        replay(image, RegisterBrokerRecord{1, 1, 0});
        replay(image, BrokerRegistrationChangeRecord{1, false, 0});
        QVERIFY(!changeAfterUnfencing(0, image));
        QVERIFY(!changeToPreferred(0, image));
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
        MetadataImage image = cluster({1, 2, 3}, {1, 2, 3}, leader);
        if (fenced != 0)
            replay(image, BrokerRegistrationChangeRecord{fenced, true, 0});
        QTEST(electLeader(image.partition(0), image, static_cast<ElectionKind>(kind)), "expected");
    }
};

TIDELINE_RULE_TEST(LeaderElectionTest)
#include "leader_election_test.moc"
