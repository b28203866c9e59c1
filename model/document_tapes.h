// SPDX-License-Identifier: GPL-3.0-or-later
// The recorded logs that a scenario names, opened in the order of its producers.
#pragma once

#include "model/document.h"

namespace tideline::model {

// Fills lab.tapes and lab.notes; every log that cannot be read gives a sentence. The reading may be given up
// by `progress`.
std::optional<ScenarioProblems> openTapes(OpenedLab& lab, const ReadProgress& progress);

} // namespace tideline::model
