// SPDX-License-Identifier: GPL-3.0-or-later
// The Cluster tab: layoutCluster() on the screen.
#pragma once

#include "widgets/scene/scene_view.h"

namespace tideline::widgets {

class ClusterView final : public SceneView
{
    Q_OBJECT
public:
    using SceneView::SceneView;

protected:
    Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const override;
    HitRegion refined(const HitRegion& region, QPointF point) const override;
    QString tooltipOf(const HitRegion& region) const override;
};

} // namespace tideline::widgets
