// SPDX-License-Identifier: GPL-3.0-or-later
// RaftSnapshot: the state that replaying a quorum's log up to an offset gives, in place of that part of the
// log (KIP-630).
//
// 1. Its id is the end of what it stands for: the offset behind the last record in it, and that record's
// epoch. Everything in it is committed, so that two snapshots of one id say the same.
// 2. The state is the user's, opaque to the quorum, and never changes. Nodes share it. A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/quorum/offset_and_epoch.h"
#include "engine/quorum/raft_records.h"

#include <cstdint>

namespace tideline {

struct RaftSnapshot
{
    OffsetAndEpoch id;
    Micros made = 0;        // µs, on the clock of the node that made it: its age counts from here
    std::int64_t bytes = 0; // > 0
    RaftPayload state;
    TIDELINE_FIELDS(RaftSnapshot, id, made, bytes, state)
};

} // namespace tideline
