// SPDX-License-Identifier: GPL-3.0-or-later
// The moments of a run that a report shows: the first of each kind of thing that matters, and the end.
//
// Chosen from the journal alone, so the same run has the same moments. Pure; any thread.
#pragma once

#include "engine/base/cow.h"
#include "engine/lab/fact.h"

#include <cstdint>
#include <vector>

namespace tideline::model {

struct ReportMoment
{
    // In the order in which a tie in time is told.
    enum class Kind : std::uint8_t {
        BrokerFenced,
        LeaderChanged,
        Offline,
        Refused,
        Rebalance,
        Redelivered,
        Lost,
        PaneFired,
        Dropped,
        End
    };
    static constexpr std::size_t kKinds = 10;

    Kind kind = Kind::End;
    Micros at = 0;            // µs of the run
    Fact fact;                // the first of its kind; number 0 for the end
    std::int64_t further = 0; // facts of that kind after it
};

// Ascending time. `end`: where the run ended, µs.
std::vector<ReportMoment> reportMoments(const CowPages<Fact, 256>& journal, Micros end);

} // namespace tideline::model
