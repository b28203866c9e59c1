// SPDX-License-Identifier: GPL-3.0-or-later
// Consumer groups: generation, members with what they read, and what the ledger has counted.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_anchors.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

void layoutGroups(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors);

} // namespace tideline::widgets
