// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the blocks: how many partitions each broker leads, what the colours and patterns mean, and how many
// of each there are.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

void layoutScaleSide(SceneWriter& writer, const Frame& frame, const QRectF& area);

} // namespace tideline::widgets
