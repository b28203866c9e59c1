// SPDX-License-Identifier: GPL-3.0-or-later
// A grid of cells as one image: 20 000 rectangles cost 9 ms, one blit does not.
#pragma once

#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"

#include <QImage>

namespace tideline::widgets {

// One pixel of the image a logical pixel; gaps and empty cells are transparent.
QImage cellImage(const CellGridShape& grid, const Theme& theme);

} // namespace tideline::widgets
