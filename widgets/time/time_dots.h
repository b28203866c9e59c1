// SPDX-License-Identifier: GPL-3.0-or-later
// The records of the time plane as marks: a dot each while there are few, one coloured cell a place when
// there are many.
//
// A record's sign says what became of it: on time (dot in its key's colour), behind the watermark but counted
// when its window fired (diamond), counted after its window had fired (triangle), dropped after clean-up
// (cross). However many records there are, no place of the plane gets two marks of the same sign, so their
// number is bounded by pixels. Pure; any thread.
#pragma once

#include "widgets/charts/scene_pen.h"
#include "widgets/time/time_plane.h"

namespace tideline::widgets {

struct LateSign
{
    MarkerShape shape = MarkerShape::Circle;
    ColorRole role = ColorRole::Neutral;
    qreal size = 8; // px
};

LateSign signOf(TimeFrame::Fate fate);
QString fateText(TimeFrame::Fate fate);

// Places of 6 x 6 px; a mark stands for all records of its sign there.
inline constexpr qreal kDotPlace = 6;
// From so many records on time on, they are cells instead of dots.
inline constexpr int kMostDots = 2500;

// Marks in paint order: records on time first, dropped ones last. Regions get the index of their dot + 1 as
// tag.
void addDots(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane);

} // namespace tideline::widgets
