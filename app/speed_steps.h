// SPDX-License-Identifier: GPL-3.0-or-later
// The speeds that the slider stops at: 0.001 to 1000 times real time in steps of 1, 2, 5, then as fast as it
// goes.
#pragma once

#include "model/transport.h"

#include <QString>

namespace tideline::app {

int speedSteps();
// `step` in [0, speedSteps()); the last one is unlimited.
model::Speed speedOfStep(int step);
// The step nearest below or at the speed.
int stepOfSpeed(model::Speed speed);
// "0.02×", "1×", "max"
QString speedText(model::Speed speed);

} // namespace tideline::app
