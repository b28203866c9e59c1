// SPDX-License-Identifier: GPL-3.0-or-later
// newWorld: a world at time 0, as a scenario lays it out.
#pragma once

#include "engine/lab/world.h"

namespace tideline {

World newWorld(const Scenario& scenario, const std::vector<TapePtr>& tapes);

} // namespace tideline
