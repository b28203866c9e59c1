// SPDX-License-Identifier: GPL-3.0-or-later
// Histogram: counts of non-negative integers in log-linear buckets (16 a power of two: 6 % wide), for
// quantiles.
//
// Integer only, so that it is the same on every machine; the idea is that of HdrHistogram. A plain value.
#pragma once

#include "engine/base/fields.h"

#include <bit>
#include <cstdint>
#include <vector>

namespace tideline {

class Histogram
{
public:
    // Values below 0 count as 0.
    void add(std::int64_t value, std::int64_t times = 1)
    {
        const std::size_t bucket = bucketOf(value);
        if (bucket >= counts_.size())
            counts_.resize(bucket + 1);
        counts_[bucket] += times;
        total_ += times;
    }
    void add(const Histogram& other)
    {
        if (other.counts_.size() > counts_.size())
            counts_.resize(other.counts_.size());
        for (std::size_t i = 0; i < other.counts_.size(); ++i)
            counts_[i] += other.counts_[i];
        total_ += other.total_;
    }
    void clear()
    {
        counts_.assign(counts_.size(), 0);
        total_ = 0;
    }
    std::int64_t total() const { return total_; }
    // The lower end of the bucket in which the permille-th value lies; 0 when nothing was counted.
    std::int64_t quantile(std::int64_t permille) const
    {
        if (total_ == 0)
            return 0;
        std::int64_t rest = (total_ * permille + 999) / 1000;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            rest -= counts_[i];
            if (rest <= 0)
                return lowerEnd(i);
        }
        return lowerEnd(counts_.size() - 1);
    }
    TIDELINE_FIELDS(Histogram, counts_, total_)

private:
    static constexpr int kSubBits = 4;

    static std::size_t bucketOf(std::int64_t value)
    {
        if (value < (1 << kSubBits))
            return value < 0 ? 0 : static_cast<std::size_t>(value);
        const int exponent = 63 - std::countl_zero(static_cast<std::uint64_t>(value));
        const auto mantissa = static_cast<std::size_t>(value >> (exponent - kSubBits)) - (1U << kSubBits);
        return (static_cast<std::size_t>(exponent - kSubBits + 1) << kSubBits) + mantissa;
    }
    static std::int64_t lowerEnd(std::size_t bucket)
    {
        if (bucket < (1U << kSubBits))
            return static_cast<std::int64_t>(bucket);
        const int exponent = static_cast<int>(bucket >> kSubBits) - 1 + kSubBits;
        const auto mantissa = static_cast<std::int64_t>(bucket & ((1U << kSubBits) - 1)) + (1 << kSubBits);
        return mantissa << (exponent - kSubBits);
    }

    std::vector<std::int64_t> counts_;
    std::int64_t total_ = 0;
};

} // namespace tideline
