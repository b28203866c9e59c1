// SPDX-License-Identifier: GPL-3.0-or-later
// causeOfSilence: what was done to a node or a link, when a fact says that somebody was not heard of in time.
//
// The event behind such a fact is a timer that nobody stopped, and its own cause lies before the fault. What
// kept the other side silent is the answer that a person looks for: a kill, a pause, a slowed follower, a cut
// link. Pure; any thread.
#pragma once

#include "engine/lab/fact.h"

namespace tideline {

struct World;

// The number of that fact; 0 when the fact is of another kind, or nothing was done from outside.
FactNumber causeOfSilence(const World& world, const FactBody& body, NodeIndex from);

// Whether the fact is such a deed, and to which node. kNone: none.
NodeIndex nodeOfDeed(const World& world, const FactBody& body);
// Whether the fact ends it, and for which node.
NodeIndex nodeMadeWell(const World& world, const FactBody& body);

} // namespace tideline
