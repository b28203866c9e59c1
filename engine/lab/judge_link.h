// SPDX-License-Identifier: GPL-3.0-or-later
// judgeLink: whether what a person or a script wants of links, clocks and single messages can be done now. An
// Error's sentence says what is wrong and what to do. Pure functions; one thread.
#pragma once

#include "engine/base/error.h"
#include "engine/lab/command.h"
#include "engine/lab/world.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline {

// What is wrong with the two sides of links, whoever is there: a side without names, a name twice, or more
// than kMostLinksAtOnce links. Empty when nothing is.
std::string mistakeOfSides(const NodeNames& from, const NodeNames& to);

// The nodes of these names, in their order; kNone for a name that nobody has.
std::vector<NodeIndex> nodesNamed(const World& world, const NodeNames& side);

std::optional<Error> judgeLink(const World& world, const CutLink& command);
std::optional<Error> judgeLink(const World& world, const HealLink& command);
std::optional<Error> judgeLink(const World& world, const ChangeLink& command);
std::optional<Error> judgeLink(const World& world, const ResetLink& command);
std::optional<Error> judgeClock(const World& world, const SkewClock& command);
std::optional<Error> judgeAim(const World& world, const AimFault& command);
std::optional<Error> judgeAim(const World& world, const CancelAim& command);

} // namespace tideline
