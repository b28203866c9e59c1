// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas as thin bars: who leads, who is in the ISR and how far the others have got.
#include "tests/support/gui_main.h"
#include "widgets/cluster/broker_card.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

namespace {

using Rects = std::vector<std::pair<QRect, ColorRole>>;

// Four replicas: a leader, a follower in sync, one that is five records behind and out of the ISR, and
// another in sync.
ClusterFrame::Broker fourReplicas()
{
    ClusterFrame::Broker broker;
    broker.id = 7;
    for (PartitionIndex partition = 0; partition < 4; ++partition) {
        ClusterFrame::Replica replica;
        replica.partition = partition;
        replica.leader = partition == 0;
        replica.inIsr = partition != 2;
        replica.lag = partition == 2 ? 5 : 0;
        broker.rows.push_back(replica);
    }
    return broker;
}

// In two columns of two strips, 28 px wide and 16 px high, 30 and 18 px apart.
Scene stripsOf(const ClusterFrame::Broker& broker)
{
    Scene scene;
    const FixedMetrics metrics;
    SceneWriter writer(scene, metrics);
    const Directory names;
    const RowPlan strips;
    const std::vector<const ClusterFrame::Replica*> leaders;
    const std::vector<QString> partitionNames{"t-0", "t-1", "t-2", "t-3"};
    layoutStrips(writer, {names, broker, strips, leaders, partitionNames}, QRectF(0, 0, 60, 40));
    return scene;
}

Rects rectsOf(const Scene& scene)
{
    Rects all;
    for (const Shape& shape : scene.shapes) {
        if (const auto* many = std::get_if<RectsShape>(&shape))
            all.insert(all.end(), many->rects.begin(), many->rects.end());
    }
    return all;
}

} // namespace

class ReplicaStripsTest : public QObject
{
    Q_OBJECT
private slots:
    void lengthColourAndMarkTellTheState()
    {
        const Rects expected{
            {QRect(0, 0, 28, 16), ColorRole::Leader},    {QRect(2, 8, 24, 1), ColorRole::LeaderFill},
            {QRect(0, 18, 28, 16), ColorRole::BarFill},  {QRect(30, 0, 28, 16), ColorRole::Track},
            {QRect(30, 0, 19, 16), ColorRole::Warning},  {QRect(47, 0, 2, 16), ColorRole::Text},
            {QRect(30, 18, 28, 16), ColorRole::BarFill},
        };
        QVERIFY(rectsOf(stripsOf(fourReplicas())) == expected);
    }

    void aStoppedBrokersStripsAreAllNotched()
    {
        ClusterFrame::Broker broker = fourReplicas();
        broker.state = BrokerState::Stopped;
        const Rects rects = rectsOf(stripsOf(broker));
        QCOMPARE(rects.size(), std::size_t{12});
        for (std::size_t i = 0; i < rects.size(); i += 3) {
            QCOMPARE(rects[i].second, ColorRole::Track);
            QCOMPARE(rects[i + 1].first, rects[i].first);
            QCOMPARE(rects[i + 1].second, ColorRole::Bad);
            QCOMPARE(rects[i + 2].second, ColorRole::Text);
            QCOMPARE(rects[i + 2].first.right(), rects[i].first.right());
        }
    }

    void eachStripSelectsItsPartition()
    {
        const Scene scene = stripsOf(fourReplicas());
        QCOMPARE(scene.regions.size(), std::size_t{4});
        const HitRegion& third = scene.regions[2];
        QCOMPARE(third.rect, QRectF(30, 0, 28, 16));
        QCOMPARE(third.selection.index, 2);
        QCOMPARE(third.name, QStringLiteral("t-2"));
        QCOMPARE(third.tag, std::int64_t{7});
    }
};

TIDELINE_GUI_TEST_MAIN(ReplicaStripsTest)
#include "replica_strips_test.moc"
