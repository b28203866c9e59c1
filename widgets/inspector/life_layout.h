// SPDX-License-Identifier: GPL-3.0-or-later
// layoutLife: the life of a record as a vertical story, a time and a sentence a step. Pure but for
// translations.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::widgets {

// As high as the story is; `width` px.
Scene layoutLife(const RecordLife& life, const Directory& names, qreal width, const TextMetrics& metrics);

} // namespace tideline::widgets
