// SPDX-License-Identifier: GPL-3.0-or-later
// How long a client waits before it tries again: twice as long each time, up to a maximum, spread by a fifth
// either way.
//
// Source: KIP-580, ExponentialBackoff of Kafka. A pure function; any thread.
#pragma once

#include "engine/base/time.h"
#include "engine/clients/positive_draw.h"

#include <algorithm>
#include <cstdint>

namespace tideline {

// The wait after `failures` >= 1 attempts. `initial` and `maximum` are retry.backoff.ms and
// retry.backoff.max.ms in µs; when the maximum is not above the initial wait, each wait is the initial one
// and nothing is drawn.
inline Micros retryBackoff(Micros initial, Micros maximum, std::int32_t failures, PositiveDraw draw)
{
    if (maximum <= initial)
        return initial;
    Micros wait = initial;
    for (std::int32_t i = 1; i < failures && wait > 0 && wait < maximum; ++i)
        wait = saturatingAdd(wait, wait);
    wait = std::min(wait, maximum);
    const std::int64_t perMille = 800 + draw() % 400;
    return std::min(maximum, wait / 1000 * perMille + wait % 1000 * perMille / 1000);
}

} // namespace tideline
