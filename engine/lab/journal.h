// SPDX-License-Identifier: GPL-3.0-or-later
// Journal: every fact of a run, numbered, with what caused it, and the rolling hash of them all.
//
// 1. Numbers run from 1 without gaps, given whether a fact is stored or not.
// 2. Appends of batches are kept as runs: one stored fact per partition grows while it is contiguous and younger than a second.
// 3. The hash covers every fact as it was given, so it does not depend on runs or on what is still stored.
// Above a budget the oldest half goes and leaves its counts by kind; detail comes back by running again. A value; copies share pages.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/dense_map.h"
#include "engine/base/hash.h"
#include "engine/lab/fact.h"

#include <array>
#include <cstdint>

namespace tideline {

class Journal
{
public:
    using Facts = CowPages<Fact, 256>;
    static constexpr std::size_t kFactsKept = std::size_t{1} << 20; // 64 MB

    // Numbers the fact and keeps it; returns its number.
    FactNumber add(Micros time, FactNumber cause, const FactBody& body);

    const Facts& facts() const { return facts_; }
    FactNumber total() const { return total_; }
    std::uint64_t hash() const { return hash_; }
    // How many facts of each kind are no longer stored.
    const std::array<std::int64_t, std::variant_size_v<FactBody>>& summary() const { return summary_; }
    // The stored fact with this number or, when it went into a run, the run; null when it is gone.
    const Fact* find(FactNumber number) const;

private:
    bool growRun(const Fact& fact);
    void forgetOldest();

    Facts facts_;
    FactNumber total_ = 0;
    std::uint64_t hash_ = 0;
    std::array<std::int64_t, std::variant_size_v<FactBody>> summary_{};
    DenseMap<std::size_t> openRuns_; // partition -> place in facts_ + 1
};

} // namespace tideline
