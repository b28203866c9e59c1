// SPDX-License-Identifier: GPL-3.0-or-later
// The Cluster view as a scene: producers, brokers with their replicas, groups, pipelines, and what is under
// way between them.
//
// Pure: frame, size and text metrics in, scene out. At most O(pixels) shapes, however many partitions there
// are; nothing overlaps and nothing leaves the view; text that does not fit is elided, and its region's
// tooltip has all of it.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

namespace tideline::widgets {

// `size`: logical px; below 320x200 the scene is laid out for that and cut. `selection` keeps a selected
// block in reach of the keyboard.
Scene layoutCluster(const Frame& frame, QSizeF size, const Selection& selection, const TextMetrics& metrics);

} // namespace tideline::widgets
