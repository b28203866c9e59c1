// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/journal.h"

namespace tideline {

FactNumber Journal::add(Micros time, FactNumber cause, const FactBody& body)
{
    const Fact fact{++total_, cause, time, body};
    Hasher hasher(hash_);
    hasher(static_cast<std::uint64_t>(fact.number));
    hasher(static_cast<std::uint64_t>(cause));
    hasher(static_cast<std::uint64_t>(time));
    hashValue(hasher, body);
    hash_ = hasher.digest();
    if (!growRun(fact)) {
        if (facts_.size() >= kFactsKept)
            forgetOldest();
        facts_.push(fact);
        if (const auto* run = std::get_if<RecordsAppended>(&body))
            openRuns_[static_cast<std::uint64_t>(run->partition)] = facts_.size();
    }
    return fact.number;
}

bool Journal::growRun(const Fact& fact)
{
    const auto* more = std::get_if<RecordsAppended>(&fact.body);
    if (!more)
        return false;
    const std::size_t place = openRuns_[static_cast<std::uint64_t>(more->partition)];
    if (place == 0 || fact.time - facts_[place - 1].time >= kMicrosPerSecond)
        return false;
    const auto& open = std::get<RecordsAppended>(facts_[place - 1].body);
    if (open.broker != more->broker || open.baseOffset + open.records != more->baseOffset)
        return false;
    auto& run = std::get<RecordsAppended>(facts_.edit(place - 1).body);
    run.batches += more->batches;
    run.records += more->records;
    run.bytes += more->bytes;
    return true;
}

void Journal::forgetOldest()
{
    const std::size_t gone = facts_.size() / 2;
    Facts kept;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (i < gone)
            ++summary_[facts_[i].body.index()];
        else
            kept.push(facts_[i]);
    }
    facts_ = std::move(kept);
    openRuns_.clear();
}

const Fact* Journal::find(FactNumber number) const
{
    std::size_t low = 0;
    std::size_t high = facts_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (facts_[middle].number <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? nullptr : &facts_[low - 1];
}

} // namespace tideline
