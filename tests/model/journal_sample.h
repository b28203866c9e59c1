// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up journals for tests of the item models.
#pragma once

#include "engine/lab/frame.h"
#include "model/journal_model.h"

namespace tideline::test {

// Fact 1..count, one a millisecond: every tenth is a broker killed (cause 0), the others are commits caused
// by the fact before them.
inline JournalFrame journalSample(FactNumber count)
{
    JournalFrame journal;
    for (FactNumber number = 1; number <= count; ++number) {
        Fact fact;
        fact.number = number;
        fact.time = number * kMicrosPerMilli;
        fact.cause = number % 10 == 1 ? 0 : number - 1;
        if (number % 10 == 1)
            fact.body = BrokerKilled{static_cast<BrokerId>(number / 10 % 3 + 1)};
        else
            fact.body = OffsetsCommitted{0, 0, 1, static_cast<std::int32_t>(number)};
        journal.facts.push(fact);
    }
    journal.total = count;
    return journal;
}

inline Fact appended(FactNumber number, std::int32_t records)
{
    Fact fact;
    fact.number = number;
    fact.time = number * kMicrosPerMilli;
    fact.body = RecordsAppended{0, 1, 0, 1, records, 100};
    return fact;
}

// Words that a test can read: "killed 2", "committed 17", "appended 5".
inline model::JournalWords plainWords()
{
    model::JournalWords words;
    words.time = [](Micros time) { return QString::number(time); };
    words.kind = [](const FactBody& body) { return QStringLiteral("kind%1").arg(body.index()); };
    words.what = [](const Fact& fact, const Directory&) {
        if (const auto* killed = std::get_if<BrokerKilled>(&fact.body))
            return QStringLiteral("killed %1").arg(killed->broker);
        if (const auto* commit = std::get_if<OffsetsCommitted>(&fact.body))
            return QStringLiteral("committed %1").arg(commit->partitions);
        if (const auto* append = std::get_if<RecordsAppended>(&fact.body))
            return QStringLiteral("appended %1").arg(append->records);
        return QStringLiteral("other");
    };
    words.header = [](int column) { return QString::number(column); };
    return words;
}

} // namespace tideline::test
