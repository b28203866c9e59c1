// SPDX-License-Identifier: GPL-3.0-or-later
// What is at a point of the Cluster view, and what its tooltip says. Pure.
//
// Regions of records and of thin strips carry no text of their own: there are thousands, and one is asked for
// at a time.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

namespace tideline::widgets {

// The region itself, or, where it is a band of blocks, the block at `point` of a view of this size.
HitRegion refineClusterRegion(const Frame& frame, QSizeF size, const HitRegion& region, QPointF point);
QString clusterTooltip(const Frame& frame, const HitRegion& region);

} // namespace tideline::widgets
