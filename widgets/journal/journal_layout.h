// SPDX-License-Identifier: GPL-3.0-or-later
// layoutJournal: the newest facts as a scene, for pictures and reports; the window uses a table. Pure but for
// translations.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::widgets {

// As many of the newest facts as fit, newest last.
Scene layoutJournal(const Frame& frame, const QSizeF& size, const TextMetrics& metrics);

} // namespace tideline::widgets
