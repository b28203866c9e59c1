// SPDX-License-Identifier: GPL-3.0-or-later
// Which coordinator a group has, and the data's own time beside the engine's.
#include "engine/cluster/topology.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

class TopologyTest : public QObject
{
    Q_OBJECT

private slots:
    // abs("ü".hashCode()) % 50, by UTF-16 units; the group "polygenelubricants" has Integer.MIN_VALUE.
    void aGroupHasItsPartition_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("partition");
        QTest::newRow("ASCII") << QByteArray("hello") << 99162322 % 50;
        QTest::newRow("a letter of two bytes") << QByteArray("\xc3\xbc") << 252 % 50;
        QTest::newRow("negative") << QByteArray("billing") << 109829509 % 50;
        QTest::newRow("the least number") << QByteArray("polygenelubricants") << 0;
    }

    void aGroupHasItsPartition()
    {
        QFETCH(QByteArray, name);
        Scenario scenario;
        scenario.topics = {TopicSpec{"t", 3, 1, 1}};
        GroupSpec group;
        group.name = name.toStdString();
        scenario.groups = {group};
        const Topology topology = makeTopology(std::make_shared<const Scenario>(scenario), {});
        QTEST(topology.offsetsPartition(0) - topology.firstInternal, "partition");
    }

    void theDataRunsAtItsPace()
    {
        const DataTime time{1'000, 60};
        QCOMPARE(time.at(0), Millis{1'000});
        QCOMPARE(time.at(500), Millis{1'030});
        QCOMPARE(time.at(-1), Millis{999}); // rounded down
        QCOMPARE(time.runTime(1'030), Micros{500});
        QCOMPARE(time.runTime(999), Micros{-17});
    }

    // More than 64 bits on the way, and at the end the end of the range.
    void aGreatPaceOverflowsNothing()
    {
        const DataTime time{0, 1'000'000'000};
        QCOMPARE(time.at(86'400'000'000), Millis{86'400'000'000'000'000});
        QCOMPARE(time.at(kNever), kMaxMillis);
        QCOMPARE(DataTime{}.runTime(kMaxMillis), kNever);
        QCOMPARE(DataTime{}.runTime(kMinMillis), std::numeric_limits<Micros>::min());
    }
};

TIDELINE_RULE_TEST(TopologyTest)
#include "topology_test.moc"
