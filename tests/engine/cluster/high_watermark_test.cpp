// SPDX-License-Identifier: GPL-3.0-or-later
// The first offset that is not known to be everywhere: HW-4, HW-5, HW-6, and who counts.
#include "engine/cluster/high_watermark.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kLag = 30'000'000;
constexpr Micros kNow = 100'000'000;

tests::MetadataLog threeBrokers()
{
    tests::MetadataLog log;
    for (BrokerId id = 1; id <= 3; ++id)
        log.broker(id);
    return log;
}

LogBatch tenRecords()
{
    LogBatch batch;
    batch.records = 10;
    batch.leaderEpoch = 0;
    return batch;
}

// The leader has 10 records; follower 2 in sync at 8, follower 3 out of the ISR at 3.
Replica leader(Micros lastCaughtUpOf3 = kNeverCaughtUp)
{
    Replica replica;
    replica.partition = 0;
    replica.role = Replica::Role::Leader;
    replica.log.append(tenRecords());
    replica.isr = {1, 2};
    replica.followers = {FollowerProgress{2, 8, kNow, 10, kNow},
                         FollowerProgress{3, 3, kNow, 10, lastCaughtUpOf3}};
    return replica;
}

} // namespace

class HighWatermarkTest : public QObject
{
    Q_OBJECT

private slots:
    // HW-4 and HW-5: the limit itself still counts as caught up.
    void outsiderCountsWhileItCaughtUpLately_data()
    {
        QTest::addColumn<qint64>("lastCaughtUp");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("never") << qint64{kNeverCaughtUp} << qint64{8};
        QTest::newRow("5 s ago") << qint64{kNow - 5'000'000} << qint64{3};
        QTest::newRow("30 s ago") << qint64{kNow - kLag} << qint64{3};
        QTest::newRow("a moment more than 30 s ago") << qint64{kNow - kLag - 1} << qint64{8};
    }

    void outsiderCountsWhileItCaughtUpLately()
    {
        QFETCH(qint64, lastCaughtUp);
        QTEST(qint64{highWatermark(leader(lastCaughtUp), threeBrokers().image(), 1, kNow, kLag)}, "expected");
    }

    void fencedOutsiderDoesNotCount()
    {
        tests::MetadataLog log = threeBrokers();
        log.fence(3);
        QCOMPARE(highWatermark(leader(kNow), log.image(), 1, kNow, kLag), Offset{8});
    }

    // Who is in the ISR counts however long it has been silent: until the controller says otherwise.
    void fencedMemberOfTheIsrCounts()
    {
        tests::MetadataLog log = threeBrokers();
        log.fence(2);
        Replica replica = leader();
        replica.followers[0].lastCaughtUp = kNeverCaughtUp;
        QCOMPARE(highWatermark(replica, log.image(), 1, kNow, kLag), Offset{8});
    }

    void proposedMemberCounts()
    {
        Replica replica = leader();
        replica.proposedIsr = {1, 2, 3};
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 1, kNow, kLag), Offset{3});
    }

    void neverMovesBack()
    {
        Replica replica = leader(kNow);
        replica.highWatermark = 6;
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 1, kNow, kLag), Offset{6});
    }

    // HW-6: below min.insync.replicas it stands still, although all of the ISR has more.
    void standsStillBelowMinIsr()
    {
        Replica replica = leader();
        replica.highWatermark = 2;
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 2, kNow, kLag), Offset{8});
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 3, kNow, kLag), Offset{2});
    }

    // A new leader knows nothing of its followers: nothing moves until each member of the ISR has fetched.
    void unknownFollowerHoldsItBack()
    {
        Replica replica = leader();
        replica.highWatermark = 4;
        replica.followers[0].leo = kUnknownOffset;
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 1, kNow, kLag), Offset{4});
    }

    void aloneItFollowsTheLogEnd()
    {
        Replica replica = leader();
        replica.isr = {1};
        replica.followers.clear();
        QCOMPARE(highWatermark(replica, threeBrokers().image(), 1, kNow, kLag), Offset{10});
    }

    void caughtUpMeansEverythingOrLately()
    {
        const Replica replica = leader();
        QVERIFY(isCaughtUp(replica, FollowerProgress{2, 10, 0, 0, kNeverCaughtUp}, kNow, kLag));
        QVERIFY(isCaughtUp(replica, FollowerProgress{2, 9, 0, 0, kNow - kLag}, kNow, kLag));
        QVERIFY(!isCaughtUp(replica, FollowerProgress{2, 9, 0, 0, kNow - kLag - 1}, kNow, kLag));
    }
};

TIDELINE_RULE_TEST(HighWatermarkTest)
#include "high_watermark_test.moc"
