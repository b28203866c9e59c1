// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_causes.h"

namespace tideline::model {

std::optional<std::size_t> findFact(const JournalFrame& journal, FactNumber number)
{
    std::size_t low = 0;
    std::size_t high = journal.facts.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (journal.facts[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == journal.facts.size() || journal.facts[low].number != number)
        return std::nullopt;
    return low;
}

CauseWalk causesOf(const JournalFrame& journal, FactNumber number)
{
    CauseWalk walk;
    while (number != 0) {
        const std::optional<std::size_t> row = findFact(journal, number);
        if (!row) {
            walk.notStored = number;
            break;
        }
        const Fact& fact = journal.facts[*row];
        walk.facts.push_back(fact);
        // A cause comes before its effect; anything else would walk for ever.
        if (fact.cause >= number)
            break;
        number = fact.cause;
    }
    return walk;
}

} // namespace tideline::model
