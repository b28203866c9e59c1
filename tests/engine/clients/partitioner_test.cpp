// SPDX-License-Identifier: GPL-3.0-or-later
// Where a record goes: murmur2 and keys, round robin, weighted draws, the order of a Java client, and how
// long a client waits.
#include "engine/base/java_string_hash.h"
#include "engine/clients/built_in_partitioner.h"
#include "engine/clients/murmur2.h"
#include "engine/clients/partition_order.h"
#include "engine/clients/retry_backoff.h"
#include "engine/clients/round_robin_partitioner.h"

#include <QtTest>

#include <array>
#include <string>

using namespace tideline;

namespace {

std::vector<PartitionLeader> ledBy(std::initializer_list<BrokerId> brokers)
{
    std::vector<PartitionLeader> leaders;
    for (const BrokerId broker : brokers)
        leaders.push_back({broker, 0, kNone});
    return leaders;
}

using Partitions = std::vector<std::int32_t>;

} // namespace

class PartitionerTest : public QObject
{
    Q_OBJECT

private slots:
    void murmur2Table_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("hash");
        QTest::addColumn<int>("of10");
        QTest::newRow("empty") << QByteArray("") << 275646681 << 1;
        QTest::newRow("1 byte") << QByteArray("a") << -1563381124 << 4;
        QTest::newRow("2 bytes") << QByteArray("ab") << 316155434 << 4;
        QTest::newRow("3 bytes") << QByteArray("abc") << 479470107 << 7;
        QTest::newRow("4 bytes") << QByteArray("abcd") << -1323649548 << 0;
        QTest::newRow("foobar") << QByteArray("foobar") << -790332482 << 6;
        QTest::newRow("24 bytes") << QByteArray("a-little-bit-long-string") << -985981536 << 2;
        QTest::newRow("order-1001") << QByteArray("order-1001") << 297523878 << 8;
        QTest::newRow("utf-8") << QByteArray("caf\xc3\xa9") << -1358007374 << 4;
        QTest::newRow("ff") << QByteArray("\xff") << -311467685 << 3;
        QTest::newRow("int 0") << QByteArray("\0\0\0\0", 4) << 850957120 << 0;
        QTest::newRow("high bytes") << QByteArray("\xff\xfe\xfd\xfc\xfb") << 524068735 << 5;
    }
    void murmur2Table()
    {
        QFETCH(QByteArray, key);
        QFETCH(int, hash);
        QFETCH(int, of10);
        const Bytes bytes(key.constData(), static_cast<std::size_t>(key.size()));
        QCOMPARE(murmur2(bytes), hash);
        QCOMPARE(partitionForKey(bytes, 10), of10);
    }

    void prt1And2Names()
    {
        const std::array<const char*, 5> names = {"alice", "bob", "carol", "dave", "eve"};
        Partitions of3, of4, of6;
        for (const char* name : names) {
            of3.push_back(partitionForKey(name, 3));
            of4.push_back(partitionForKey(name, 4));
            of6.push_back(partitionForKey(name, 6));
        }
        QVERIFY(of3 == (Partitions{0, 0, 2, 1, 2}));
        QVERIFY(of4 == (Partitions{1, 2, 2, 2, 0}));
        QVERIFY(of6 == (Partitions{3, 0, 2, 4, 2}));
    }

    void prt7RoundRobin()
    {
        const auto leaders = ledBy({1, 2, 3});
        RoundRobinPartitioner partitioner;
        Partitions chosen;
        for (int i = 0; i < 5; ++i)
            chosen.push_back(partitioner.next(TopicLeaders(leaders)));
        QVERIFY(chosen == (Partitions{0, 1, 2, 0, 1}));
    }

    void roundRobinPassesOverPartitionsWithoutALeader()
    {
        const auto some = ledBy({1, kNone, 3});
        const auto none = ledBy({kNone, kNone});
        RoundRobinPartitioner partitioner;
        QCOMPARE(partitioner.next(TopicLeaders(some)), 0);
        QCOMPARE(partitioner.next(TopicLeaders(some)), 2);
        QCOMPARE(partitioner.next(TopicLeaders(none)), 0);
        QCOMPARE(partitioner.next(TopicLeaders(none)), 1);
    }

    void shorterQueuesAreDrawnMoreOften()
    {
        const auto leaders = ledBy({1, 1, 1});
        BuiltInPartitioner partitioner;
        const std::array<PartitionLoad, 3> loads = {PartitionLoad{0, 0}, PartitionLoad{1, 3},
                                                    PartitionLoad{2, 1}};
        partitioner.setLoad(loads, 3);
        Partitions chosen;
        for (std::int32_t number = 0; number < 9; ++number) {
            auto draw = [&] { return number; };
            chosen.push_back(partitioner.choose(TopicLeaders(leaders), draw));
        }
        QVERIFY(chosen == (Partitions{0, 0, 0, 0, 1, 2, 2, 2, 0}));
    }

    void equalQueuesAreDrawnUniformly()
    {
        const auto leaders = ledBy({1, kNone, 1});
        BuiltInPartitioner partitioner;
        const std::array<PartitionLoad, 2> loads = {PartitionLoad{0, 4}, PartitionLoad{2, 4}};
        partitioner.setLoad(loads, 2);
        auto one = [] { return 1; };
        QCOMPARE(partitioner.choose(TopicLeaders(leaders), one), 2);
    }

    void sticksForBatchSizeOrTwiceThatWhileABatchIsOpen()
    {
        const auto leaders = ledBy({1, 1});
        BuiltInPartitioner partitioner(100);
        auto zero = [] { return 0; };
        QVERIFY(!partitioner.used());
        QCOMPARE(partitioner.current(TopicLeaders(leaders), zero), 0);
        QVERIFY(!partitioner.produced(99, true, TopicLeaders(leaders), zero));
        QVERIFY(!partitioner.produced(1, false, TopicLeaders(leaders), zero));
        QVERIFY(!partitioner.produced(99, false, TopicLeaders(leaders), zero));
        QVERIFY(partitioner.produced(1, false, TopicLeaders(leaders), zero));
        QVERIFY(!partitioner.produced(99, true, TopicLeaders(leaders), zero));
        QVERIFY(partitioner.produced(1, true, TopicLeaders(leaders), zero));
    }

    void nearLeadersArePreferred()
    {
        std::vector<PartitionLeader> leaders = {{1, 0, 0}, {2, 0, 1}, {3, 0, 1}};
        const BuiltInPartitioner partitioner(1, 1);
        auto three = [] { return 3; };
        QCOMPARE(partitioner.choose(TopicLeaders(leaders), three), 2);
        leaders[1] = leaders[2] = PartitionLeader{};
        QCOMPARE(partitioner.choose(TopicLeaders(leaders), three), 0);
    }

    void javaOrderOfPartitions()
    {
        QCOMPARE(javaStringHash("polygenelubricants"), -2147483647 - 1);
        QCOMPARE(javaStringHash("hello"), 99162322);
        QCOMPARE(javaStringHash("\xf0\x9f\x98\x80"), 1772899); // two UTF-16 units: d83d de00
        QVERIFY(javaPartitionOrder("t", 3).partitions == (Partitions{1, 0, 2}));
        QVERIFY(javaPartitionOrder("t", 5).partitions == (Partitions{4, 3, 2, 1, 0}));
        const PartitionOrder order = javaPartitionOrder("orders", 100);
        for (std::int32_t partition = 0; partition < 100; ++partition)
            QCOMPARE(order.partitions[static_cast<std::size_t>(
                         order.positions[static_cast<std::size_t>(partition)])],
                     partition);
    }

    void backoffDoublesWithinAFifth()
    {
        auto middle = [] { return 200; }; // factor 1.0
        QCOMPARE(retryBackoff(100'000, 1'000'000, 1, middle), Micros(100'000));
        QCOMPARE(retryBackoff(100'000, 1'000'000, 2, middle), Micros(200'000));
        QCOMPARE(retryBackoff(100'000, 1'000'000, 4, middle), Micros(800'000));
        QCOMPARE(retryBackoff(100'000, 1'000'000, 50, middle), Micros(1'000'000));
        auto least = [] { return 0; };
        QCOMPARE(retryBackoff(100'000, 1'000'000, 50, least), Micros(800'000));
        QCOMPARE(retryBackoff(100'000, 100'000, 3, least), Micros(100'000));
    }
};

QTEST_APPLESS_MAIN(PartitionerTest)
#include "partitioner_test.moc"
