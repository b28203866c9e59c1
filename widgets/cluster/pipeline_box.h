// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines: each a box with its watermark and its newest windows, [start, end), how full they are and their
// state in a word.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_anchors.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

void layoutPipelines(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors);

} // namespace tideline::widgets
