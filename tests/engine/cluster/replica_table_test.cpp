// SPDX-License-Identifier: GPL-3.0-or-later
// The replicas of a broker: found by partition, and those that were written known as such. And which
// partitions count as under-replicated.
#include "engine/cluster/replica_table.h"
#include "engine/cluster/under_replicated.h"
#include "tests/engine/rule_tests.h"

#include <vector>

using namespace tideline;

namespace {

Replica replicaOf(PartitionIndex partition)
{
    Replica replica;
    replica.partition = partition;
    return replica;
}

// Replicas of partitions 0, 10, 20, ..., none of which has been touched since.
ReplicaTable tableOf(int replicas)
{
    ReplicaTable table;
    for (int i = 0; i < replicas; ++i)
        table.push(replicaOf(10 * i));
    table.forgetTouched();
    return table;
}

std::vector<PartitionIndex> touchedIn(const ReplicaTable& table)
{
    std::vector<PartitionIndex> touched;
    table.visitTouched([&touched](const Replica& replica) { touched.push_back(replica.partition); });
    return touched;
}

} // namespace

class ReplicaTableTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsTouched()
    {
        ReplicaTable table = tableOf(200);
        QVERIFY(!table.touched());
        table.editFind(1'990)->highWatermark = 1;
        table.edit(3).highWatermark = 1;
        QCOMPARE(table.editFind(5), nullptr);
        QVERIFY(table.touched());
        QCOMPARE(touchedIn(table), (std::vector<PartitionIndex>{30, 1'990}));
        const ReplicaTable copy = table;
        table.forgetTouched();
        QVERIFY(touchedIn(table).empty());
        QCOMPARE(touchedIn(copy).size(), std::size_t{2});
    }

    void readingTouchesNothing()
    {
        const ReplicaTable table = tableOf(3);
        QCOMPARE(table.find(20)->partition, 20);
        QCOMPARE(table.find(5), nullptr);
        QCOMPARE(table[1].partition, 10);
        QVERIFY(!table.touched());
    }

    // The last one takes the place of one that goes, and is seen as written: it stands elsewhere now.
    void theLastOneTakesThePlaceOfOneThatGoes()
    {
        ReplicaTable table = tableOf(4);
        table.remove(10);
        QCOMPARE(table.size(), std::size_t{3});
        QCOMPARE(table.find(10), nullptr);
        QCOMPARE(table.find(30), &table[1]);
        QCOMPARE(touchedIn(table), std::vector<PartitionIndex>{30});
        table.remove(20);
        table.remove(30);
        QCOMPARE(touchedIn(table), std::vector<PartitionIndex>{}); // gone with its replica
        QCOMPARE(table[0].partition, 0);
    }

    // What a reassignment is adding is not missed before it is there.
    void aMoveIsNoAlarm()
    {
        PartitionRegistration partition;
        partition.replicas = {1, 2, 3};
        partition.isr = {1, 2};
        QVERIFY(isUnderReplicated(partition));
        partition.adding = {3};
        QVERIFY(!isUnderReplicated(partition));
        partition.isr = {1};
        QVERIFY(isUnderReplicated(partition));
        partition.isr = {1, 2, 3};
        QVERIFY(!isUnderReplicated(partition));
    }
};

TIDELINE_RULE_TEST(ReplicaTableTest)
#include "replica_table_test.moc"
