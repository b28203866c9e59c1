// SPDX-License-Identifier: GPL-3.0-or-later
// A replication quota is a rate over eleven seconds, and at least over one.
#include "engine/cluster/replication_quota.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

class ReplicationQuotaTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutALimitEverythingPasses()
    {
        ReplicationQuota quota;
        quota.record(1'000'000'000'000, 0);
        QVERIFY(!quota.limited());
        QVERIFY(!quota.exceeded(0));
    }

    // 1000 bytes at once are 1000 a second for one second, then fewer.
    void aBurstIsSpreadOverTime()
    {
        ReplicationQuota quota;
        quota.setLimit(500);
        quota.record(1'000, 0);
        QVERIFY(quota.exceeded(0));
        QVERIFY(quota.exceeded(1'999'999));
        QVERIFY(!quota.exceeded(2'000'000)); // exactly the rate
        quota.record(1'000, 2'000'000);
        QVERIFY(quota.exceeded(3'999'999));
        QVERIFY(!quota.exceeded(4'000'000));
    }

    void whatIsOldNoLongerCounts()
    {
        ReplicationQuota quota;
        quota.setLimit(1);
        quota.record(1'000'000, 0);
        QVERIFY(quota.exceeded(10'999'999));
        QVERIFY(!quota.exceeded(11'000'000));
    }

    void nothingPassesAtZero()
    {
        ReplicationQuota quota;
        quota.setLimit(0);
        QVERIFY(!quota.exceeded(0));
        quota.record(1, 0);
        QVERIFY(quota.exceeded(5'000'000));
    }

    void listsNamePartitionsAndBrokers_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<bool>("listed"); // partition 1 on broker 2
        QTest::newRow("all") << QByteArray("*") << true;
        QTest::newRow("none") << QByteArray() << false;
        QTest::newRow("it") << QByteArray("1:2") << true;
        QTest::newRow("among others") << QByteArray("0:2, 1:2 ,3:4") << true;
        QTest::newRow("another broker") << QByteArray("1:3") << false;
        QTest::newRow("longer numbers") << QByteArray("11:2,1:22") << false;
    }

    void listsNamePartitionsAndBrokers()
    {
        QFETCH(QByteArray, list);
        QTEST(isThrottledReplica(list.toStdString(), 1, 2), "listed");
    }
};

TIDELINE_RULE_TEST(ReplicationQuotaTest)
#include "replication_quota_test.moc"
