// SPDX-License-Identifier: GPL-3.0-or-later
// The outlines of markers: a shape says what a colour says again.
#pragma once

#include "widgets/scene/scene.h"

#include <QPainterPath>

namespace tideline::widgets {

// The outline of `shape`, `size` px wide around `centre`.
QPainterPath markerPath(MarkerShape shape, QPointF centre, qreal size);
// True for markers that are lines: their path is stroked, not filled.
bool isStroked(MarkerShape shape);

} // namespace tideline::widgets
