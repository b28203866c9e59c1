// SPDX-License-Identifier: GPL-3.0-or-later
// WindowSpec: the windows that a pipeline was asked for, and the rules that they have to obey.
//
// Times in milliseconds. A plain value; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tideline {

struct WindowSpec
{
    enum class Kind : std::uint8_t { Tumbling, Sliding };

    Kind kind = Kind::Tumbling;
    Millis size = 1;            // > 0
    Millis slide = 1;           // > 0; sliding only. With slide > size some times belong to no window
    Millis offset = 0;          // |offset| < size, for sliding < slide
    Millis allowedLateness = 0; // >= 0: how long a window stays open after it has fired

    static WindowSpec tumbling(Millis size, Millis allowedLateness = 0, Millis offset = 0)
    {
        return {Kind::Tumbling, size, size, offset, allowedLateness};
    }
    static WindowSpec sliding(Millis size, Millis slide, Millis allowedLateness = 0, Millis offset = 0)
    {
        return {Kind::Sliding, size, slide, offset, allowedLateness};
    }

    bool operator==(const WindowSpec&) const = default;
    TIDELINE_FIELDS(WindowSpec, kind, size, slide, offset, allowedLateness)
};

// The first rule that the windows break, as one sentence that begins with `place`; none when they are fine.
// The rules are those of Flink 2.3.0: TumblingEventTimeWindows, SlidingEventTimeWindows, allowedLateness.
std::optional<Error> checkWindowSpec(const WindowSpec& spec, const std::string& place);

} // namespace tideline
