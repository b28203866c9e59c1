// SPDX-License-Identifier: GPL-3.0-or-later
// layoutTime: the Time view as a scene: the plane of event time and processing time, the windows, and what a
// wall clock would say.
//
// Pure: the same frame, size and metrics give the same scene. The number of shapes is bounded by pixels and
// by the frame's own bounds (400 windows, 200 processing windows). Any thread, as long as the metrics are.
#pragma once

#include "widgets/scene/scene.h"
#include "widgets/time/time_plane.h"

namespace tideline::widgets {

struct TimeViewport
{
    QSizeF size;
    double zoom = 1;     // >= 1
    double centre = 0.5; // 0..1 of the whole run
};

// Regions with a tag > 0 are records: dots[tag - 1] of the frame.
Scene layoutTime(const Frame& frame, const TimeViewport& viewport, const Selection& selection,
                 const TextMetrics& metrics);
// The plane that layoutTime() draws for this frame; its area is empty when there is none.
TimePlane timePlaneOf(const Frame& frame, const TimeViewport& viewport, const TextMetrics& metrics);

} // namespace tideline::widgets
