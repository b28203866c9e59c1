// SPDX-License-Identifier: GPL-3.0-or-later
// Frames made by hand for tests of what is painted: the same numbers every time, no engine.
#pragma once

#include "engine/lab/frame.h"

namespace tideline::samples {

// Three brokers, topic "orders" with so many partitions at replication factor 3, two producers, group
// "billing" with four members, pipeline "revenue", messages under way, a timeline. Broker 2 catches up.
// `cells` a replica, only up to 64 partitions. `step` moves every number a little on, as frames of a run do.
Frame cluster(int partitions, int step = 0, int cells = 13);

// The same with broker 3 stopped, a cut link, and a group that rebalances.
Frame troubledCluster(int partitions);

// So many brokers with so many partitions as blocks; brokers 42 to 44 are fenced when there are that many.
Frame scale(int brokers, int partitions, int step = 0);

// A frame in which nothing has happened and nothing is there.
Frame empty();

} // namespace tideline::samples
