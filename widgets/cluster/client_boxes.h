// SPDX-License-Identifier: GPL-3.0-or-later
// Producers at the left and controllers above the brokers.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_anchors.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

void layoutProducers(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors);
void layoutControllers(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors);

} // namespace tideline::widgets
