// SPDX-License-Identifier: GPL-3.0-or-later
// Late, in Flink: the two tests of the window operator.
//
// A window is late once the watermark has reached its clean-up time: its state is gone, and elements can no
// longer join it. An element is late by its own timestamp. The first test decides whether it is counted; only
// if every one of its windows is late does the second decide whether it is reported (side output or
// numLateRecordsDropped). Allowed lateness is how long a window stays open after it has fired;
// out-of-orderness is how long the watermark waits: the two are different things. Source: Flink
// WindowOperator. Pure functions; any thread.
#pragma once

#include "engine/stream/window_arithmetic.h"

namespace tideline::flink {

// allowedLateness in milliseconds, >= 0. The clean-up time saturates, and then only the end of input makes a
// window late.
constexpr bool isWindowLate(const TimeWindow& window, Millis allowedLateness, Millis watermark)
{
    return cleanupTime(window, allowedLateness) <= watermark;
}

// The sum wraps as in Java: with a lateness near 2^63 every element of positive time counts as late here.
constexpr bool isElementLate(Millis timestamp, Millis allowedLateness, Millis watermark)
{
    return wrappingAdd(timestamp, allowedLateness) <= watermark;
}

} // namespace tideline::flink
