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
// A time inside the data: as shortTimeText() while it counts from zero (below 100 days), else the time of
// day, UTC: "14:05:00". Milliseconds are shown only when they are not zero. The ends of the range read "−∞"
// and "∞".
QString eventTimeText(Millis time);
// The same with the day: "2008-01-03 14:05:00".
QString eventTimeFullText(Millis time);
// "[1:20, 1:30)"; on the calendar as short as the two ends allow: "[14:00, 14:05)", "[3 Jan, 4 Jan)", "[3 Jan
// 18:00, 4 Jan 00:00)".
QString windowText(Millis start, Millis end);
// A length of time with its unit, two or three digits: "350 µs", "214 ms", "9.0 s", "2 min 5 s", "1 h 3 min",
// "3 d". Whole seconds and milliseconds have no decimal: "5 s" is exact, "5.0 s" is rounded down.
QString durationText(Micros duration);
// "10 682": thin spaces every three digits; "−5".
QString countText(std::int64_t count);
// At most four digits and a letter, for narrow places: "999", "4.1 k", "38 M".
QString shortCountText(std::int64_t count);
// Bytes by powers of 1000: "512 B", "1.9 GB".
QString bytesText(std::int64_t bytes);

} // namespace tideline::widgets
