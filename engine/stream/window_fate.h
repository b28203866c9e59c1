// SPDX-License-Identifier: GPL-3.0-or-later
// Fate: what became of one record at a window operator, and the counters that must always add up.
//
// Invariant of the pipeline: each record and assigned window is exactly one of counted and cleaned, dropped,
// still in state. Plain values; any thread.
#pragma once

#include "engine/base/fields.h"

#include <cstdint>

namespace tideline {

enum class Fate : std::uint8_t {
    Counted,            // in time: t > W
    CountedLate,        // behind the watermark, but its windows had not fired
    CountedAfterFiring, // a window of it had fired, and fired again at once
    // Sliding: some of its windows were cleaned up, others counted it; Flink does not call it late.
    PartlyDropped,
    Dropped,  // all of its windows were cleaned up
    NoWindow, // slide > size: it belongs to no window, and is not even late
};

struct WindowCounters
{
    // Records by fate.
    std::int64_t records = 0;
    std::int64_t countedLate = 0;
    std::int64_t countedAfterFiring = 0;
    std::int64_t partlyDropped = 0;
    std::int64_t numLateRecordsDropped = 0; // Flink's metric: records, not record x window
    std::int64_t withoutWindow = 0;
    // Record x window.
    std::int64_t assigned = 0;
    std::int64_t dropped = 0;
    std::int64_t cleaned = 0; // were counted, and their window's state is gone
    std::int64_t inState = 0;
    std::int64_t panes = 0;

    // Records that came in time.
    std::int64_t countedInTime() const
    {
        return records - countedLate - countedAfterFiring - partlyDropped - numLateRecordsDropped -
               withoutWindow;
    }
    // The cheap check of the invariant.
    bool balanced() const { return assigned == dropped + cleaned + inState; }

    bool operator==(const WindowCounters&) const = default;
    TIDELINE_FIELDS(WindowCounters, records, countedLate, countedAfterFiring, partlyDropped,
                    numLateRecordsDropped, withoutWindow, assigned, dropped, cleaned, inState, panes)
};

} // namespace tideline
