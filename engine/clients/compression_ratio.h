// SPDX-License-Identifier: GPL-3.0-or-later
// The compression ratio that a producer expects of its next batch of a topic.
//
// A batch's compressed size is known only when it is closed, so batch.size is held against an estimate. It
// follows the batches that were closed: up at once, by at least kDeteriorateStep, and down by kImprovingStep
// at most, so that batches become too large rarely. Ratios are compressed by uncompressed bytes of the
// records, in millionths. Source: CompressionRatioEstimator of Kafka. Pure functions; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace tideline {

inline constexpr std::int32_t kFirstCompressionRatio = 1'000'000; // nothing is known yet
inline constexpr std::int32_t kDeteriorateStep = 50'000;
inline constexpr std::int32_t kImprovingStep = 5'000;

// Of one batch, 1 to 1 000 000 000: a stream of a few bytes is larger than they are.
constexpr std::int32_t compressionRatio(std::size_t compressed, std::size_t plain)
{
    const std::uint64_t millionths =
        static_cast<std::uint64_t>(compressed) * 1'000'000 / std::max<std::size_t>(plain, 1);
    return static_cast<std::int32_t>(std::clamp<std::uint64_t>(millionths, 1, 1'000'000'000));
}

// After a batch of ratio `observed`.
constexpr std::int32_t nextCompressionRatio(std::int32_t current, std::int32_t observed)
{
    if (observed > current)
        return std::max(current + kDeteriorateStep, observed);
    return std::max(current - kImprovingStep, observed);
}

} // namespace tideline
