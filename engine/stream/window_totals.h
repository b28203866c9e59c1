// SPDX-License-Identifier: GPL-3.0-or-later
// WindowTotals: one window over all its keys, for views: how far it is, what it counted, and how late records
// fared.
//
// Late has one meaning each: behind the watermark (the window had not fired), after its window fired, after
// it was cleaned up (dropped). A plain value; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/aggregate.h"

namespace tideline {

enum class WindowPhase : std::uint8_t {
    Open,    // waits for the watermark
    Fired,   // has fired, and stays open for allowed lateness
    Cleaned, // its state is gone; also a window that only ever got dropped records
};

struct WindowTotals
{
    TimeWindow window;
    WindowPhase phase = WindowPhase::Open;
    Aggregate aggregate;              // of the counted records
    std::int64_t keys = 0;            // distinct, with at least one counted record
    std::int64_t behindWatermark = 0; // of the counted: came with t <= W, before the window fired
    std::int64_t afterFiring = 0;     // of the counted: came after the window had fired; each fired it again
    std::int64_t dropped = 0;         // came after the window was cleaned up: not counted
    Millis firstFiring = kMinMillis;  // the watermark at the first firing; kMinMillis while there was none

    bool operator==(const WindowTotals&) const = default;
    TIDELINE_FIELDS(WindowTotals, window, phase, aggregate, keys, behindWatermark, afterFiring, dropped,
                    firstFiring)
};

} // namespace tideline
