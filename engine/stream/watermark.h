// SPDX-License-Identifier: GPL-3.0-or-later
// What flows beside the records: watermarks and stream statuses, as one kind of signal.
//
// A watermark W says "no more records with timestamp <= W" (Flink: inclusive). kMinMillis means none yet,
// kMaxMillis the end of input. An idle stream is left out when its receiver takes the minimum over its
// inputs. Plain values; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <vector>

namespace tideline {

struct StreamSignal
{
    enum class Kind : std::uint8_t { Watermark, Idle, Active };

    Kind kind = Kind::Watermark;
    Millis watermark = kMinMillis; // of kind Watermark

    static constexpr StreamSignal ofWatermark(Millis value) { return {Kind::Watermark, value}; }
    static constexpr StreamSignal idle() { return {Kind::Idle, kMinMillis}; }
    static constexpr StreamSignal active() { return {Kind::Active, kMinMillis}; }

    bool operator==(const StreamSignal&) const = default;
    TIDELINE_FIELDS(StreamSignal, kind, watermark)
};

// What one step emits, in order.
using Signals = std::vector<StreamSignal>;

} // namespace tideline
