// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up but consistent frames of the Time view: what an ordinary windowing over a pseudo-random stream
// would give.
#pragma once

#include "engine/lab/frame.h"

namespace tideline::test {

struct TimeSampleOptions
{
    int records = 400;
    Millis start = 0;       // of event and processing time
    Millis span = 84'000;   // ms until now
    Millis window = 10'000; // ms, tumbling
    Millis outOfOrderness = 6'000;
    Millis lateness = 5'000;
    bool early = false; // some records are seen before they happen by their own clock
};

Frame timeSample(const TimeSampleOptions& options = {});

} // namespace tideline::test
