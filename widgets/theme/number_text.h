// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and times as people read them, the same in every view. Pure functions; any thread.
#pragma once

#include "engine/base/time.h"

#include <QString>

#include <cstdint>

namespace tideline::widgets {

// A time of the run with all its digits down to the millisecond: "00:01:23.450". Rounded down.
QString clockText(Micros time);
// A time of the run, short: "1:20", "1:02:03", "−0:05". Rounded down to the second.
QString shortTimeText(Micros time);
// A length of time with its unit, two or three digits: "350 µs", "214 ms", "9.0 s", "2 min 5 s", "1 h 3 min",
// "3 d". Whole seconds and milliseconds have no decimal: "5 s" is exact, "5.0 s" is rounded down.
QString durationText(Micros duration);
// "10 682": thin spaces every three digits; "−5".
QString countText(std::int64_t count);
// Bytes by powers of 1000: "512 B", "1.9 GB".
QString bytesText(std::int64_t bytes);

} // namespace tideline::widgets
