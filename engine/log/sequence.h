// SPDX-License-Identifier: GPL-3.0-or-later
// Sequence numbers of idempotent producers: 0 .. 2^31-1, then 0 again.
//
// Source: DefaultRecordBatch.incrementSequence and decrementSequence of Kafka, KIP-98. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <limits>

namespace tideline {

inline constexpr std::int32_t kNoSequence = -1;

// The sequence `by` records later; sequence and by >= 0.
constexpr std::int32_t incrementSequence(std::int32_t sequence, std::int32_t by)
{
    constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::max();
    return sequence > kLast - by ? by - (kLast - sequence) - 1 : sequence + by;
}

// The sequence `by` records earlier; sequence and by >= 0.
constexpr std::int32_t decrementSequence(std::int32_t sequence, std::int32_t by)
{
    constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::max();
    return sequence < by ? kLast - (by - sequence) + 1 : sequence - by;
}

} // namespace tideline
