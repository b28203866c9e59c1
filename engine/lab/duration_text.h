// SPDX-License-Identifier: GPL-3.0-or-later
// Durations, rates and bandwidths as a person writes them: "41 s", "10 min", "200/s", "1 Gbit/s".
//
// Exact to the microsecond: what cannot be kept exactly is refused, never rounded. format and parse are
// inverse to each other. An Error's sentence begins with the value ("10 meters" has the unit ...), so that
// the caller puts the place in front of it. Pure functions; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/time.h"

#include <string>
#include <string_view>

namespace tideline {

// The longest duration that anything may have, in µs: 1000 days, as "1000 d".
inline constexpr Micros kLongestDuration = 86'400'000'000'000;

// "41 s", "1.5 h", "-2 s", "200us"; units us, ms, s, min, h, d. µs, within +-kLongestDuration * 100.
Result<Micros> parseDuration(std::string_view text);
// The same for a moment of a run, where a time past the end means the end: one that is longer counts as the
// longest.
Result<Micros> parseMoment(std::string_view text);

// In the largest unit that keeps it whole: 90'000'000 -> "90 s", 0 -> "0 s", 1'500 -> "1500 us".
std::string formatDuration(Micros duration);

// "200/s": records a second, >= 0.
Result<std::int64_t> parseRate(std::string_view text);
std::string formatRate(std::int64_t recordsPerSecond);

// "1 Gbit/s", "800 kbit/s", "20 MB/s" (powers of 1000, as networks count): whole bytes a second, >= 1.
Result<std::int64_t> parseBandwidth(std::string_view text);
// In the largest unit of bytes that keeps it whole: 1'000'000 -> "1 MB/s".
std::string formatBandwidth(std::int64_t bytesPerSecond);

} // namespace tideline
