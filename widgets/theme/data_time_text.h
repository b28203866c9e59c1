// SPDX-License-Identifier: GPL-3.0-or-later
// Times inside the data as words: "1:20" for data that counts from the start of the run, dates for data that
// counts from 1970.
//
// Times within 100 days of 0 read as elapsed time (m:ss, h:mm:ss), later and earlier ones as dates in UTC.
// Pure; any thread.
#pragma once

#include "engine/base/time.h"

#include <QString>

#include <vector>

namespace tideline::widgets {

// True when `time` reads as a date.
bool isDate(Millis time);
// "1:20", "1:20.5", "1:02:03", "−0:05"; "Jan 3 06:00", "Jan 3 06:00:10". Fractions only when there are any.
// Beyond every calendar: "−∞" and "∞".
QString dataTimeText(Millis time);
// "[1:20, 1:30)", "[Jan 3 06:00, 07:00)", "[Jan 3, Jan 4)": the day is said once when both ends lie in it,
// the time of day not at all when both are midnight.
QString dataWindowText(Millis start, Millis end);
// A length of time: "200 ms", "1.5 s", "10 s", "5 min", "1 h 30 min", "2 d"; a minus sign before negative
// ones.
QString spanText(Millis span);

struct TimeTick
{
    Millis at = 0;
    QString label;
    bool operator==(const TimeTick&) const = default;
};

// The smallest usual step (1, 2, 5, 10 ... ms, s, min; then hours, days, weeks) of which at most `most` fit
// into the span.
Millis tickStep(Millis from, Millis to, int most);
// At most `most` + 1 ticks on multiples of that step within [from, to], ascending; none when to < from.
std::vector<TimeTick> timeTicks(Millis from, Millis to, int most);

} // namespace tideline::widgets
