// SPDX-License-Identifier: GPL-3.0-or-later
// The image of the metadata log: what brokers and clients read from it, and that it is nothing but its
// records.
#include "engine/base/hash.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

std::uint64_t hashOf(const MetadataImage& image)
{
    Hasher hasher;
    hashValue(hasher, image);
    return hasher.digest();
}

tests::MetadataLog twoBrokersOneTopic()
{
    tests::MetadataLog log;
    log.broker(1);
    log.broker(2);
    log.topic(0, "t");
    log.partition(0, 0, {1, 2}, {1, 2}, 1);
    log.partition(0, 1, {2, 1}, {2, 1}, 2);
    return log;
}

} // namespace

class MetadataTest : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyImageKnowsNobody()
    {
        const MetadataImage image;
        QVERIFY(!image.alive(3));
        QCOMPARE(image.brokerEpoch(3), std::int64_t{-1});
        QCOMPARE(image.partition(1).leader, kNone);
        QCOMPARE(image.partition(1).leaderEpoch, -1);
        QCOMPARE(image.effectiveMinIsr(1), 1);
    }

    // Registered is not alive: it is fenced until the controller says otherwise.
    void aRegisteredBrokerIsFenced()
    {
        tests::MetadataLog log;
        log.write(control::RegisterBrokerRecord{2, 7, 0, {}, true, false});
        QVERIFY(!log.image().alive(2));
        log.unfence(2);
        QVERIFY(log.image().alive(2));
        log.fence(2);
        QVERIFY(!log.image().alive(2));
        QCOMPARE(log.image().brokerEpoch(2), std::int64_t{0});
    }

    // A topic with fewer replicas than min.insync.replicas can still be written.
    void minIsrIsCappedByTheReplicas()
    {
        tests::MetadataLog log = twoBrokersOneTopic();
        QCOMPARE(log.image().effectiveMinIsr(0), 1);
        log.write(control::ConfigRecord{{control::ConfigLevel::Topic, 0}, "min.insync.replicas", "2"});
        QCOMPARE(log.image().effectiveMinIsr(0), 2);
        log.write(control::ConfigRecord{{control::ConfigLevel::Topic, 0}, "min.insync.replicas", "3"});
        QCOMPARE(log.image().effectiveMinIsr(1), 2);
    }

    void aFollowerInPiecesKnowsTheSame()
    {
        const tests::MetadataLog log = twoBrokersOneTopic();
        tests::MetadataLog follower;
        const std::vector<MetadataRecord> records = log.from(0);
        for (std::size_t i = 0; i < 4; ++i)
            follower.write(records[i]);
        QVERIFY(!(follower.image() == log.image()));
        QVERIFY(hashOf(follower.image()) != hashOf(log.image()));
        for (std::size_t i = 4; i < records.size(); ++i)
            follower.write(records[i]);
        QVERIFY(follower.image() == log.image());
        QCOMPARE(hashOf(follower.image()), hashOf(log.image()));
    }

    // Brokers share the pages of one image: what the controller writes next is not theirs yet.
    void anImageKeepsItsOffset()
    {
        tests::MetadataLog log = twoBrokersOneTopic();
        const MetadataImage before = log.image();
        log.fence(2);
        log.change(1, kNone, {});
        QVERIFY(before.alive(2));
        QCOMPARE(before.partition(1).leader, 2);
        QCOMPARE(before.offset + 2, log.image().offset);
    }
};

TIDELINE_RULE_TEST(MetadataTest)
#include "metadata_test.moc"
