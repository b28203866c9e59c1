// SPDX-License-Identifier: GPL-3.0-or-later
// How long a follower waits before it stands for election when its leader ends the epoch (KIP-595).
//
// The leader lists its successors, the most advanced first: the first one starts at once, the others after
// waits that double from one to the next, a voter that is not listed after the longest one. Pure function.
#pragma once

#include "engine/quorum/quorum_config.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace tideline {

// µs, in whole milliseconds.
inline Micros electionBackoff(const std::vector<ReplicaId>& successors, ReplicaId self,
                              const QuorumConfig& config)
{
    const auto position =
        std::distance(successors.begin(), std::find(successors.begin(), successors.end(), self));
    const auto total = static_cast<std::ptrdiff_t>(successors.size());
    if (position == 0)
        return 0;
    if (position >= total)
        return config.electionBackoffMax;
    const Millis longest = toMillis(config.electionBackoffMax);
    const Millis base = longest >> std::min<std::ptrdiff_t>(total - 1, 31);
    Millis wait = base;
    for (std::ptrdiff_t i = 1; i < position && wait < longest; ++i)
        wait *= 2;
    return fromMillis(std::min(longest, wait));
}

} // namespace tideline
