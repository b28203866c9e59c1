// SPDX-License-Identifier: GPL-3.0-or-later
// Where the replicas of a new topic lie: PLC-1 to PLC-10, and draws that a real placer has made.
#include "engine/cluster/striped_placement.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// "0 1 2", or with racks and fenced brokers "A:0 A:1 B:2!".
std::vector<UsableBroker> brokersOf(const QString& text)
{
    std::vector<UsableBroker> brokers;
    for (QString word : text.split(' ')) {
        UsableBroker broker;
        broker.fenced = word.endsWith('!');
        word.remove('!');
        if (const qsizetype colon = word.indexOf(':'); colon >= 0)
            broker.rack = word.left(colon).toStdString();
        broker.id = word.section(':', -1).toInt();
        brokers.push_back(broker);
    }
    return brokers;
}

QString textOf(const std::vector<BrokerIds>& placed)
{
    QStringList partitions;
    for (const BrokerIds& replicas : placed) {
        QStringList ids;
        for (const BrokerId id : replicas)
            ids << QString::number(id);
        partitions << ids.join(',');
    }
    return partitions.join(' ');
}

} // namespace

class StripedPlacementTest : public QObject
{
    Q_OBJECT

private slots:
    void golden_data()
    {
        QTest::addColumn<QString>("brokers");
        QTest::addColumn<int>("replicas");
        QTest::addColumn<int>("partitions");
        QTest::addColumn<uint>("draw"); // every draw is this number modulo its bound
        QTest::addColumn<QString>("expected");
        QTest::newRow("PLC-1") << "0 1 2" << 3 << 6 << 0U << "0,1,2 1,2,0 2,0,1 1,2,0 2,0,1 0,1,2";
        QTest::newRow("PLC-2") << "0 1 2" << 2 << 6 << 1U << "1,2 2,0 0,1 2,1 1,0 0,2";
        QTest::newRow("PLC-3") << "0 1 2 3 4" << 3 << 10 << 0U
                               << "0,1,2 1,2,3 2,3,4 3,4,0 4,0,1 1,2,3 2,3,4 3,4,0 4,0,1 0,1,2";
        QTest::newRow("PLC-4") << "A:0 A:1 A:2 B:3 B:4 B:5 C:6 C:7 C:8" << 3 << 9 << 0U
                               << "0,3,6 4,7,1 8,2,5 0,3,6 4,7,1 8,2,5 0,3,6 4,7,1 8,2,5";
        QTest::newRow("PLC-5 two") << "A:0 A:1 B:2 B:3" << 2 << 4 << 0U << "0,2 3,1 0,2 3,1";
        QTest::newRow("PLC-5 three") << "A:0 A:1 B:2 B:3" << 3 << 4 << 0U << "0,2,1 3,1,2 0,2,1 3,1,2";
        QTest::newRow("PLC-6") << "r1:0 r3:1 r3:2 r2:3 r2:4 r1:5" << 3 << 6 << 0U
                               << "0,3,1 4,2,5 1,0,3 5,4,2 3,1,0 2,5,4";
        QTest::newRow("PLC-7") << "A:0 A:1 B:2" << 2 << 3 << 0U << "0,2 2,1 0,2";
        QTest::newRow("PLC-8") << "0 1 2!" << 3 << 3 << 0U << "0,1,2 1,0,2 1,0,2";
        QTest::newRow("PLC-9") << "A:0 A:1 B:2! C:3" << 2 << 3 << 0U << "0,2 3,2 3,1";
        QTest::newRow("PLC-10") << "0 A:1 A:2" << 2 << 3 << 0U << "0,1 2,0 0,1";
    }

    void golden()
    {
        QFETCH(QString, brokers);
        QFETCH(int, replicas);
        QFETCH(int, partitions);
        QFETCH(uint, draw);
        const auto placed = placeStriped(brokersOf(brokers), partitions, replicas,
                                         [draw](std::uint32_t bound) { return draw % bound; });
        QTEST(textOf(placed), "expected");
    }

    // Bounds and numbers as Kafka's placer drew them; a draw too many, too few or of another bound fails.
    void drawsAreThoseOfThePlacer_data()
    {
        QTest::addColumn<int>("replicas");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one replica") << 1 << "1 2 3 3 1 2 1";
        QTest::newRow("two replicas") << 2 << "1,2 2,3 3,1 3,1 1,2 2,3 1,3";
        QTest::newRow("three replicas") << 3 << "1,2,3 2,3,1 3,1,2 3,1,2 1,2,3 2,3,1 1,3,2";
    }

    void drawsAreThoseOfThePlacer()
    {
        QFETCH(int, replicas);
        const std::vector<std::pair<std::uint32_t, std::uint32_t>> recorded{{3, 0}, {1, 0}, {3, 1},
                                                                            {2, 0}, {3, 2}, {2, 0}};
        std::vector<std::uint32_t> bounds;
        const auto placed = placeStriped(brokersOf("1 2 3"), 7, replicas, [&](std::uint32_t bound) {
            bounds.push_back(bound);
            return bounds.size() <= recorded.size() ? recorded[bounds.size() - 1].second : 0;
        });
        QTEST(textOf(placed), "expected");
        QCOMPARE(bounds.size(), recorded.size());
        for (std::size_t i = 0; i < bounds.size(); ++i)
            QCOMPARE(bounds[i], recorded[i].first);
    }
};

TIDELINE_RULE_TEST(StripedPlacementTest)
#include "striped_placement_test.moc"
