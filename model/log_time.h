// SPDX-License-Identifier: GPL-3.0-or-later
// Times as recorded logs write them, to ms since 1970, in integers only.
//
// ISO 8601 with T or a space: 2018-01-31T02:23:11.235Z, 2001-01-01 01:19, 2018-01-31, with a zone (Z, +01:00,
// +0100, +01) or without one (UTC). Or a number since 1970: seconds (a fraction allowed) below 10^11 in size,
// else milliseconds. Finer than a millisecond is rounded down. Years 0000 to 9999 of the proleptic Gregorian
// calendar. Pure functions; any thread.
#pragma once

#include "engine/base/time.h"

#include <optional>
#include <string_view>

namespace tideline::model {

// Nothing when the text is no such time. A second of 60 (a leap second) is the next minute's first.
std::optional<Millis> parseLogTime(std::string_view text);

// Days since 1970-01-01 of a date that exists (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).
std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day);

} // namespace tideline::model
