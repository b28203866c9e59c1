// SPDX-License-Identifier: GPL-3.0-or-later
// One after the other, over the partitions that have a leader.
#include "engine/clients/round_robin_partitioner.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

QString next(RoundRobinPartitioner& partitioner, TopicLeaders leaders, int count)
{
    QStringList chosen;
    for (int i = 0; i < count; ++i)
        chosen << QString::number(partitioner.next(leaders));
    return chosen.join(' ');
}

} // namespace

class RoundRobinPartitionerTest : public QObject
{
    Q_OBJECT

private slots:
    void goesRound()
    {
        const std::vector<PartitionLeader> leaders{{1, 0, kNone}, {2, 0, kNone}, {1, 0, kNone}};
        RoundRobinPartitioner partitioner;
        QCOMPARE(next(partitioner, TopicLeaders(leaders), 7), "0 1 2 0 1 2 0");
    }

    // The counter counts on; it is only taken modulo what is there.
    void passesOverWhatHasNoLeader()
    {
        std::vector<PartitionLeader> leaders{{1, 0, kNone}, {kNone, 0, kNone}, {1, 0, kNone}};
        RoundRobinPartitioner partitioner;
        QCOMPARE(next(partitioner, TopicLeaders(leaders), 3), "0 2 0");
        leaders[1].broker = 2;
        QCOMPARE(next(partitioner, TopicLeaders(leaders), 3), "0 1 2");
    }

    void withoutAnyLeaderAllTakePart()
    {
        const std::vector<PartitionLeader> leaders(3);
        RoundRobinPartitioner partitioner;
        QCOMPARE(next(partitioner, TopicLeaders(leaders), 4), "0 1 2 0");
    }

    // As a Java client holds the partitions of topic "t": 1, 0, 2.
    void goesInTheClientsOrder()
    {
        const std::vector<PartitionLeader> leaders{{1, 0, kNone}, {2, 0, kNone}, {1, 0, kNone}};
        const PartitionOrder order = javaPartitionOrder("t", 3);
        RoundRobinPartitioner partitioner;
        QCOMPARE(next(partitioner, TopicLeaders(leaders, &order), 4), "1 0 2 1");
    }

    void whereItStandsIsPartOfIt()
    {
        const std::vector<PartitionLeader> leaders(3);
        RoundRobinPartitioner moved;
        const RoundRobinPartitioner fresh;
        QVERIFY(moved == fresh);
        moved.next(TopicLeaders(leaders));
        QVERIFY(!(moved == fresh));
    }
};

TIDELINE_RULE_TEST(RoundRobinPartitionerTest)
#include "round_robin_partitioner_test.moc"
