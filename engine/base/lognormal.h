// SPDX-License-Identifier: GPL-3.0-or-later
// lognormal: a random delay whose logarithm is normally distributed, in integers.
//
// Libraries' exp() and distributions differ between machines in the last bit; here a table of 1 024 normal
// quantiles and a table of powers of two do, so that a run is the same everywhere. Pure but for the draw it
// takes.
#pragma once

#include "engine/base/random.h"

#include <cstdint>

namespace tideline {

// A draw with this median (any unit, >= 0) and this sigma of the natural logarithm, in thousandths (0..5000).
// Takes one number. The tail ends at the quantile 1 - 1/2048.
std::int64_t lognormal(Random& draws, std::int64_t median, std::int32_t sigmaMilli);

} // namespace tideline
