// SPDX-License-Identifier: GPL-3.0-or-later
// Runs an engine to a time for a subcommand: in slices, with progress on the terminal, stopping when
// interrupted.
#pragma once

#include "engine/lab/engine.h"

namespace tideline::app {

// µs; past the end means the end. False when the person interrupted it.
bool runTo(Engine& engine, Micros until);

} // namespace tideline::app
