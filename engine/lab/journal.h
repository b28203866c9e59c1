// SPDX-License-Identifier: GPL-3.0-or-later
// Journal: every fact of a run, numbered, with what caused it, and the rolling hash of them all.
//
// 1. Numbers run from 1 without gaps, given whether a fact is stored or not.
// 2. Appends of batches are kept as runs: one stored fact per partition grows while it is contiguous and
// younger than a second.
// 3. The hash covers every fact as it was given, so it does not depend on runs or on what is still stored.
// Above a budget the oldest half goes and leaves its counts by kind; detail comes back by running again. A
// value; copies share pages.
#pragma once

#include "engine/base/cow.h"
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

    // Numbers the fact and keeps it; returns the number by which what follows names it as its cause: its own,
    // or that of the run that it continues, whose fact is the one that is stored.
    FactNumber add(Micros time, FactNumber cause, const FactBody& body);

    const Facts& facts() const { return facts_; }
    FactNumber total() const { return total_; }
    std::uint64_t hash() const { return hash_; }
    // How many facts of each kind are no longer stored.
    const std::array<std::int64_t, std::variant_size_v<FactBody>>& summary() const { return summary_; }
    // The stored fact with this number; null when there is none.
    const Fact* find(FactNumber number) const;

private:
    // Appends to one partition in a row. What continues a run does not depend on what is still stored.
    struct Run
    {
        FactNumber number = 0; // of its first fact; 0: none
        Micros began = 0;
        BrokerId broker = kNone;
        Offset end = 0;        // where it goes on
        std::size_t place = 0; // in facts_ + 1; 0: no longer stored
    };
    bool continueRun(const Fact& fact);
    void keep(const Fact& fact);
    void forgetOldest();

    Facts facts_;
    FactNumber total_ = 0;
    std::uint64_t hash_ = 0;
    std::array<std::int64_t, std::variant_size_v<FactBody>> summary_{};
    CowPages<Run, 64> runs_; // by partition
};

} // namespace tideline
