// SPDX-License-Identifier: GPL-3.0-or-later
// Queues beside the log: each a box with what waits, how much of it lies on disk, and what is gone.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

// Side by side, as many as fit; the others are counted.
void layoutQueues(SceneWriter& writer, const Frame& frame, const QRectF& area);

} // namespace tideline::widgets
