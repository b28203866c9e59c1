// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of the whole run as a scene: how much was appended when, what happened, and where now is.
//
// Pure. At most one column a pixel, and as many labels as fit without touching; every mark keeps its sign,
// and its region the words.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

namespace tideline::widgets {

// Where times lie: linear from 0 at `left` to the run's duration at `right`.
struct TimelinePlaces
{
    qreal left = 0, right = 0; // px of the axis
    qreal densityTop = 0, densityBottom = 0;
    qreal labelsTop = 0, labelsBottom = 0;
    Micros duration = 1; // µs, at least 1

    qreal xOf(Micros time) const; // px, kept on the axis
    Micros timeAt(qreal x) const; // µs, in [0, duration]
};

TimelinePlaces placeTimeline(const Frame& frame, QSizeF size);
Scene layoutTimeline(const Frame& frame, QSizeF size, const TextMetrics& metrics);

} // namespace tideline::widgets
