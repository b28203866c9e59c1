// SPDX-License-Identifier: GPL-3.0-or-later
// Which marks of the timeline carry words, and on which line, so that no two touch.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"
#include "widgets/timeline/timeline_layout.h"

#include <vector>

namespace tideline::widgets {

inline constexpr qreal kMarkLine = 14; // px, height of a line of labels

struct MarkLabel
{
    std::size_t mark = 0; // index in the frame's marks
    qreal y = 0;          // px, middle of its line
    QString text;         // empty: only the sign
    qreal width = 0;      // px of the text
};

// In the order of the marks. Labels give way to later signs; a mark whose sign would cover another one on
// every line is left out: its fact is in the journal.
std::vector<MarkLabel> placeMarkLabels(const Frame& frame, const TimelinePlaces& places,
                                       const TextMetrics& metrics);

} // namespace tideline::widgets
