// SPDX-License-Identifier: GPL-3.0-or-later
// The metadata log: what each record changes in an image, and that an image is nothing but its records.
#include "engine/base/hash.h"
#include "engine/cluster/metadata.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

std::uint64_t hashOf(const MetadataImage& image)
{
    Hasher hasher;
    hashValue(hasher, image);
    return hasher.digest();
}

MetadataImage replayed(const std::vector<MetadataRecord>& records)
{
    MetadataImage image = emptyImage(3, 2);
    for (const MetadataRecord& record : records)
        replay(image, record);
    return image;
}

const std::vector<MetadataRecord> kLog{
    RegisterBrokerRecord{1, 1, 0},
    BrokerRegistrationChangeRecord{1, false, 100},
    RegisterBrokerRecord{2, 1, 2},
    BrokerRegistrationChangeRecord{2, false, 200},
    TopicRecord{0, 0, 2, 2},
    PartitionRecord{0, {1, 2}, {1, 2}, 1},
    PartitionRecord{1, {2, 1}, {2, 1}, 2},
    BrokerRegistrationChangeRecord{1, true, 300},
    PartitionChangeRecord{0, BrokerId{2}, BrokerIds{2}},
};

} // namespace

class MetadataTest : public QObject
{
    Q_OBJECT

private slots:
    void emptyImageKnowsNobody()
    {
        const MetadataImage image = emptyImage(3, 2);
        QCOMPARE(image.offset, Offset{0});
        QVERIFY(!image.alive(3));
        QCOMPARE(image.partition(1).leader, kNone);
        QCOMPARE(image.partition(1).leaderEpoch, -1);
    }

    // Registered is not alive: it is fenced until the controller says otherwise.
    void aRegisteredBrokerIsFenced()
    {
        MetadataImage image = emptyImage(3, 2);
        replay(image, RegisterBrokerRecord{2, 7, 0});
        QCOMPARE(image.broker(2).incarnation, 7);
        QCOMPARE(image.broker(2).brokerEpoch, std::int64_t{0});
        QVERIFY(!image.alive(2));
        replay(image, BrokerRegistrationChangeRecord{2, false, 50});
        QVERIFY(image.alive(2));
        QCOMPARE(image.broker(2).fencedSince, Micros{0});
        replay(image, BrokerRegistrationChangeRecord{2, true, 60});
        QVERIFY(!image.alive(2));
        QCOMPARE(image.broker(2).fencedSince, Micros{60});
        QVERIFY(!image.alive(1));
    }

    void aNewPartitionBeginsAtEpochZero()
    {
        const MetadataImage image = replayed(kLog);
        const PartitionImage& partition = image.partition(1);
        QCOMPARE(partition.leader, 2);
        QCOMPARE(partition.leaderEpoch, 0);
        QCOMPARE(partition.partitionEpoch, 0);
        QVERIFY((partition.replicas == BrokerIds{2, 1}));
        QVERIFY((partition.isr == BrokerIds{2, 1}));
    }

    void changes_data()
    {
        QTest::addColumn<bool>("setsLeader");
        QTest::addColumn<bool>("setsIsr");
        QTest::addColumn<int>("leaderEpoch");
        QTest::addColumn<int>("isr");
        QTest::newRow("leader") << true << false << 1 << 2;
        QTest::newRow("ISR") << false << true << 0 << 1;
        QTest::newRow("both") << true << true << 1 << 1;
        QTest::newRow("neither") << false << false << 0 << 2;
    }

    // The leader epoch grows even when the same broker is named; the partition epoch with every change.
    void changes()
    {
        QFETCH(bool, setsLeader);
        QFETCH(bool, setsIsr);
        MetadataImage image = replayed(kLog);
        PartitionChangeRecord change{1, {}, {}};
        if (setsLeader)
            change.leader = 2;
        if (setsIsr)
            change.isr = BrokerIds{2};
        replay(image, change);
        QTEST(image.partition(1).leaderEpoch, "leaderEpoch");
        QTEST(static_cast<int>(image.partition(1).isr.size()), "isr");
        QCOMPARE(image.partition(1).partitionEpoch, 1);
        QCOMPARE(image.partition(1).leader, 2);
        QVERIFY((image.partition(1).replicas == BrokerIds{2, 1}));
    }

    void theImageIsItsRecords()
    {
        const MetadataImage image = replayed(kLog);
        QCOMPARE(image.offset, static_cast<Offset>(kLog.size()));
        MetadataImage follower = emptyImage(3, 2); // catches up in two pieces
        for (std::size_t i = 0; i < 4; ++i)
            replay(follower, kLog[i]);
        QVERIFY(!(follower == image));
        QVERIFY(hashOf(follower) != hashOf(image));
        for (std::size_t i = 4; i < kLog.size(); ++i)
            replay(follower, kLog[i]);
        QVERIFY(follower == image);
        QCOMPARE(hashOf(follower), hashOf(image));
    }

    // Brokers share the pages of one image: what the controller writes next is not theirs yet.
    void aCopyKeepsItsOffset()
    {
        MetadataImage image = replayed(kLog);
        const MetadataImage before = image;
        replay(image, BrokerRegistrationChangeRecord{2, true, 400});
        replay(image, PartitionChangeRecord{1, kNone, {}});
        QVERIFY(before.alive(2));
        QCOMPARE(before.partition(1).leader, 2);
        QCOMPARE(before.offset + 2, image.offset);
    }
};

TIDELINE_RULE_TEST(MetadataTest)
#include "metadata_test.moc"
