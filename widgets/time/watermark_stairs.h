// SPDX-License-Identifier: GPL-3.0-or-later
// The watermark as a staircase: it stands still while processing time passes and jumps to the right when it
// advances.
//
// Only what lies in the plane, and no corner twice in one pixel, so that the number of points is bounded by
// pixels. Pure; any thread.
#pragma once

#include "widgets/time/time_plane.h"

#include <vector>

namespace tideline::widgets {

// Polylines, each inside `plane.area`; usually one. `frame.steps` ascend in both times.
std::vector<std::vector<QPointF>> watermarkStairs(const TimeFrame& frame, const TimePlane& plane);

} // namespace tideline::widgets
