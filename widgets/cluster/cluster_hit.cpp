// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_hit.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/cluster/scale_form.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

const ClusterFrame::Replica* findReplica(const ClusterFrame& cluster, BrokerId broker,
                                         PartitionIndex partition)
{
    for (const ClusterFrame::Broker& each : cluster.brokers) {
        if (each.id != broker)
            continue;
        for (const ClusterFrame::Replica& replica : each.rows) {
            if (replica.partition == partition)
                return &replica;
        }
    }
    return nullptr;
}

QString replicaTooltip(const Frame& frame, BrokerId broker, const ClusterFrame::Replica& replica)
{
    QString text = Words::tr("%1 on %2: %3, leader epoch %4\nlog end offset %5, high watermark %6, lag %7")
                       .arg(partitionText(replica.partition, *frame.names), brokerText(broker),
                            replica.leader  ? Words::tr("leader")
                            : replica.inIsr ? Words::tr("follower, in sync")
                                            : Words::tr("follower, out of the ISR"))
                       .arg(replica.epoch)
                       .arg(replica.leo)
                       .arg(replica.hw)
                       .arg(countText(replica.lag));
    const auto offset = [](Offset value) { return value < 0 ? QStringLiteral("–") : QString::number(value); };
    for (const ClusterFrame::GroupMark& mark : replica.marks)
        text += Words::tr("\n%1: position %2, committed %3")
                    .arg(groupText(mark.group, *frame.names), offset(mark.position), offset(mark.committed));
    return text;
}

QString blockTooltip(const Frame& frame, PartitionIndex partition)
{
    const ClusterFrame& cluster = frame.cluster;
    const auto block = static_cast<std::size_t>(partition);
    QString text =
        partitionText(partition, *frame.names) + QStringLiteral(": ") + healthText(cluster.blocks[block]);
    if (block < cluster.blockLeader.size())
        text += Words::tr("\npreferred leader %1").arg(brokerText(cluster.blockLeader[block]));
    if (block < cluster.blockLag.size()) {
        const int lag = cluster.blockLag[block];
        text += lag >= 7 ? Words::tr("\nworst replica 128 records or more behind")
                         : Words::tr("\nworst replica less than %1 records behind").arg(2 << lag);
    }
    return text;
}

QString recordTooltip(const Frame& frame, const Selection& record)
{
    for (const ClusterFrame::Broker& broker : frame.cluster.brokers) {
        for (const ClusterFrame::Replica& replica : broker.rows) {
            if (replica.partition != record.partition)
                continue;
            const auto cell =
                std::lower_bound(replica.cells.begin(), replica.cells.end(), record.offset,
                                 [](const RecordCell& each, Offset offset) { return each.offset < offset; });
            if (cell == replica.cells.end() || cell->offset != record.offset)
                continue;
            return Words::tr("%1 @ %2\nrecord %3 of %4 there")
                .arg(partitionText(record.partition, *frame.names))
                .arg(record.offset)
                .arg(countText(cell->k), producerText(cell->producer, *frame.names));
        }
    }
    return partitionText(record.partition, *frame.names) + QStringLiteral(" @ ") +
           QString::number(record.offset);
}

} // namespace

HitRegion refineClusterRegion(const Frame& frame, QSizeF size, const HitRegion& region, QPointF point)
{
    if (!frame.cluster.scale || region.selection.kind != Selection::Kind::Broker)
        return region;
    const BlockPlaces places = placeBlocks(frame.cluster, blocksArea(size));
    const std::optional<PartitionIndex> partition = blockAt(places, point);
    if (!partition)
        return region;
    HitRegion block = region;
    block.rect = blockOf(places, *partition).value_or(region.rect);
    block.selection = {.kind = Selection::Kind::Partition, .index = *partition};
    block.name = partitionText(*partition, *frame.names);
    block.role = RegionRole::Cell;
    return block;
}

QString clusterTooltip(const Frame& frame, const HitRegion& region)
{
    const Selection& what = region.selection;
    if (what.kind == Selection::Kind::Record)
        return recordTooltip(frame, what);
    if (what.kind == Selection::Kind::Partition) {
        if (const auto* replica = findReplica(frame.cluster, static_cast<BrokerId>(region.tag), what.index))
            return replicaTooltip(frame, static_cast<BrokerId>(region.tag), *replica);
        if (what.index >= 0 && what.index < static_cast<std::int32_t>(frame.cluster.blocks.size()))
            return blockTooltip(frame, what.index);
    }
    return region.tooltip.isEmpty() ? region.name : region.tooltip;
}

} // namespace tideline::widgets
