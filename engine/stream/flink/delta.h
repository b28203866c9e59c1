// SPDX-License-Identifier: GPL-3.0-or-later
// The delta function of DeltaTrigger and DeltaEvictor: the absolute difference of two values, at most 2^63
// - 1. Pure; any thread.
#pragma once

#include "engine/stream/window_arithmetic.h"

#include <cstdint>

namespace tideline::flink {

constexpr std::int64_t delta(std::int64_t a, std::int64_t b)
{
    return a > b ? saturatingSubtract(a, b) : saturatingSubtract(b, a);
}

} // namespace tideline::flink
