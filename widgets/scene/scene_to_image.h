// SPDX-License-Identifier: GPL-3.0-or-later
// A scene as a picture without a window: the same painter as on the screen, for files, reports and tests.
#pragma once

#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"

#include <QImage>

namespace tideline::widgets {

// `scale`: device pixels a logical pixel, 1..4.
QImage sceneToImage(const Scene& scene, const Theme& theme, const Selection& selection = {}, qreal scale = 1);

} // namespace tideline::widgets
