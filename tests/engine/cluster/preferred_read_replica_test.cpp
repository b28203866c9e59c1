// SPDX-License-Identifier: GPL-3.0-or-later
// Which replica a consumer is sent to (FFF-1, FFF-2, and what RackAwareReplicaSelector does with equals).
#include "engine/cluster/preferred_read_replica.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kNow = 100'000'000;

// Broker 1 in rack a leads; 2, 3 and 4 are in rack b. Everybody is in sync and has 10 records.
struct Sample
{
    Sample()
    {
        log.broker(1, "a");
        for (const BrokerId id : {2, 3, 4})
            log.broker(id, "b");
        leader.leader = 1;
        leader.isr = {1, 2, 3, 4};
        for (const BrokerId id : {2, 3, 4}) {
            FollowerProgress follower;
            follower.broker = id;
            follower.leo = 10;
            follower.lastCaughtUp = kNow;
            leader.followers.push_back(follower);
        }
    }
    FollowerProgress& follower(BrokerId id) { return *leader.follower(id); }
    BrokerId choose(const std::string& rack, Offset offset = 0) const
    {
        return preferredReadReplica(rack, offset, leader, log.image(), kNow);
    }

    tests::MetadataLog log;
    Replica leader;
};

} // namespace

class PreferredReadReplicaTest : public QObject
{
    Q_OBJECT

private slots:
    void theLeaderServesItself()
    {
        const Sample sample;
        QCOMPARE(sample.choose(""), kNone);
        QCOMPARE(sample.choose("a"), kNone); // it is in that rack
        QCOMPARE(sample.choose("c"), kNone); // nobody is
    }

    void theOneWithTheLargestLogEnd()
    {
        Sample sample;
        sample.follower(3).leo = sample.follower(4).leo = 9;
        QCOMPARE(sample.choose("b"), 2);
    }

    void ofEqualsTheOneThatWasCaughtUpLast()
    {
        Sample sample;
        sample.follower(2).lastCaughtUp = kNow - 1'000;
        sample.follower(4).lastCaughtUp = kNow - 2'000;
        QCOMPARE(sample.choose("b"), 3);
        sample.follower(3).lastCaughtUp = kNow - 5'000'000;
        QCOMPARE(sample.choose("b"), 2);
    }

    void thenTheLargestId() { QCOMPARE(Sample().choose("b"), 4); }

    void whoDoesNotHaveTheOffsetIsNotAsked()
    {
        Sample sample;
        sample.follower(4).leo = 5;
        sample.follower(3).logStart = 8;
        QCOMPARE(sample.choose("b", 7), 2);
        QCOMPARE(sample.choose("b", 8), 3);
        QCOMPARE(sample.choose("b", 10), 3); // its log end: what comes next
        QCOMPARE(sample.choose("b", 11), kNone);
    }

    void whoIsNotInSyncIsNotAsked()
    {
        Sample sample;
        sample.leader.isr = {1, 2};
        QCOMPARE(sample.choose("b"), 2);
    }

    // As far as the leader knows it is in no rack.
    void aFencedBrokerIsNotAsked()
    {
        Sample sample;
        sample.log.fence(4);
        sample.log.fence(3);
        QCOMPARE(sample.choose("b"), 2);
    }
};

TIDELINE_RULE_TEST(PreferredReadReplicaTest)
#include "preferred_read_replica_test.moc"
