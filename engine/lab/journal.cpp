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
    const auto* appended = std::get_if<RecordsAppended>(&body);
    if (appended && continueRun(fact))
        return runs_[static_cast<std::size_t>(appended->partition)].number;
    keep(fact);
    if (appended)
        runs_.edit(static_cast<std::size_t>(appended->partition)) = {
            fact.number, time, appended->broker, appended->baseOffset + appended->records, facts_.size()};
    return fact.number;
}

// False when the appends of the partition up to now end elsewhere, or began a second ago.
bool Journal::continueRun(const Fact& fact)
{
    const auto& more = std::get<RecordsAppended>(fact.body);
    const auto partition = static_cast<std::size_t>(more.partition);
    while (runs_.size() <= partition)
        runs_.push({});
    const Run& before = runs_[partition];
    if (before.number == 0 || fact.time - before.began >= kMicrosPerSecond || before.broker != more.broker ||
        before.end != more.baseOffset)
        return false;
    Run& run = runs_.edit(partition);
    run.end += more.records;
    if (run.place != 0) {
        auto& stored = std::get<RecordsAppended>(facts_.edit(run.place - 1).body);
        stored.batches += more.batches;
        stored.records += more.records;
        stored.bytes += more.bytes;
    }
    return true;
}

void Journal::keep(const Fact& fact)
{
    if (facts_.size() >= kFactsKept)
        forgetOldest();
    facts_.push(fact);
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
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (runs_[i].place != 0)
            runs_.edit(i).place = runs_[i].place > gone ? runs_[i].place - gone : 0;
    }
}

const Fact* Journal::find(FactNumber number) const
{
    std::size_t low = 0;
    std::size_t high = facts_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (facts_[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < facts_.size() && facts_[low].number == number ? &facts_[low] : nullptr;
}

} // namespace tideline
