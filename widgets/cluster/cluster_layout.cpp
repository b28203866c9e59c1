// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_layout.h"

#include "widgets/cluster/broker_card.h"
#include "widgets/cluster/client_boxes.h"
#include "widgets/cluster/cluster_areas.h"
#include "widgets/cluster/cluster_flows.h"
#include "widgets/cluster/cluster_form.h"
#include "widgets/cluster/group_box.h"
#include "widgets/cluster/pipeline_box.h"
#include "widgets/cluster/queue_box.h"
#include "widgets/cluster/scale_form.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

QString describe(const ClusterFrame& cluster)
{
    return Words::tr(
               "%1 brokers, %2 partitions, %3 under-replicated, %4 under min.insync.replicas, %5 offline")
        .arg(cluster.brokers.size())
        .arg(countText(cluster.partitions), countText(cluster.underReplicated),
             countText(cluster.underMinIsr), countText(cluster.offline));
}

void layoutNothing(SceneWriter& writer, QSizeF size)
{
    writer.text(QRectF(QPointF(0, 0), size),
                Words::tr("The scenario has no brokers: there is nothing to show."),
                in(ColorRole::TextMuted, kTitle), Qt::AlignHCenter);
}

// What strips mean is said in the line of the controllers, at its right end.
void layoutLegend(SceneWriter& writer, const ClusterAreas& areas, std::size_t controllers)
{
    const qreal used = static_cast<qreal>(controllers) * 440;
    const QRectF rest = areas.controllers.adjusted(std::min(used, areas.controllers.width()) + 8, 0, 0, 0);
    if (rest.width() > 40)
        layoutStripLegend(writer, rest);
}

void layoutRowsAndStrips(SceneWriter& writer, const Frame& frame, QSizeF size)
{
    const ClusterFrame& cluster = frame.cluster;
    const ClusterAreas areas = clusterAreas(cluster, size);
    const RowPlan plan = planRows(cluster, areas);
    const auto leaders = leadersOf(cluster);
    const auto partitionNames = partitionNamesOf(cluster, *frame.names);
    ClusterAnchors anchors;
    layoutControllers(writer, frame, areas.controllers, anchors);
    const bool anyReplica = std::any_of(cluster.brokers.begin(), cluster.brokers.end(),
                                        [](const auto& broker) { return !broker.rows.empty(); });
    if (anyReplica && plan.style == RowStyle::Strip)
        layoutLegend(writer, areas, cluster.controllers.size());
    layoutProducers(writer, frame, areas.producers, anchors);
    layoutPipelines(writer, frame, areas.pipelines, anchors);
    layoutGroups(writer, frame, areas.groups, anchors);
    layoutQueues(writer, frame, areas.queues);
    for (std::size_t i = 0; i < cluster.brokers.size(); ++i) {
        layoutBrokerCard(writer,
                         {*frame.names, cluster.brokers[i], plan, leaders, partitionNames, cluster.cellsBack},
                         areas.cards[i]);
        if (areas.oneRow)
            anchors.brokers[brokerNode(cluster.brokers[i].id)] = areas.cards[i];
    }
    if (!areas.oneRow)
        return; // cards in several lines: the channels do not reach them
    layoutChannels(writer, areas, anchors);
    layoutCuts(writer, frame, areas, anchors);
    layoutFlights(writer, frame, areas, anchors);
}

} // namespace

Scene layoutCluster(const Frame& frame, QSizeF size, const Selection& selection, const TextMetrics& metrics)
{
    Scene scene;
    scene.size = size;
    scene.name = Words::tr("Cluster at %1").arg(clockText(frame.now));
    scene.description = describe(frame.cluster);
    SceneWriter writer(scene, metrics);
    writer.fill(QRectF(QPointF(0, 0), size), ColorRole::Window);
    if (frame.cluster.brokers.empty() || !frame.names)
        layoutNothing(writer, size);
    else if (frame.cluster.scale)
        layoutScale(writer, frame, size, selection);
    else
        layoutRowsAndStrips(writer, frame, size);
    return scene;
}

} // namespace tideline::widgets
