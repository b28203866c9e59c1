// SPDX-License-Identifier: GPL-3.0-or-later
// How long members stood still during a rebalance. Pure; any thread.
#pragma once

#include "engine/lab/frame.h"

namespace tideline::widgets {

struct RebalancePause
{
    MemberIndex member =
        kNone;          // who spent longest finding the coordinator, joining and syncing; kNone: nobody
    Micros longest = 0; // µs
    Micros all = 0;     // µs during which nobody read at all
};

// Of the time between `started` and `ended` (or `now` while it is going on). A member reads when it is stable
// and has partitions.
RebalancePause rebalancePause(const GroupsFrame::Rebalance& rebalance, Micros now);

} // namespace tideline::widgets
