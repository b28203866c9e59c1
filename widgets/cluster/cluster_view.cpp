// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_view.h"

#include "widgets/cluster/cluster_hit.h"
#include "widgets/cluster/cluster_layout.h"

namespace tideline::widgets {

Scene ClusterView::buildScene(const QSizeF& size, const TextMetrics& metrics) const
{
    return layoutCluster(*frame(), size, selection(), metrics);
}

HitRegion ClusterView::refined(const HitRegion& region, QPointF point) const
{
    return frame() ? refineClusterRegion(*frame(), size(), region, point) : region;
}

QString ClusterView::tooltipOf(const HitRegion& region) const
{
    return frame() ? clusterTooltip(*frame(), region) : SceneView::tooltipOf(region);
}

} // namespace tideline::widgets
