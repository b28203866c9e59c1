// SPDX-License-Identifier: GPL-3.0-or-later
// "Why?": the walk from a fact back to the first cause that the journal still holds.
//
// Every fact names the number of its cause, a smaller one; 0 means that the scenario or a person did it. Pure
// functions over a frame; any thread.
#pragma once

#include "engine/lab/frame.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tideline::model {

// Where in `journal.facts` the fact with this number lies; nothing when it is not stored. Numbers ascend but
// may have gaps.
std::optional<std::size_t> findFact(const JournalFrame& journal, FactNumber number);

struct CauseWalk
{
    std::vector<Fact> facts; // the fact itself first, then its cause, and so on
    FactNumber notStored =
        0; // the next cause, when it exists but is not stored; 0 = the walk reached the beginning
};

CauseWalk causesOf(const JournalFrame& journal, FactNumber number);

} // namespace tideline::model
