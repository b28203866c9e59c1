// SPDX-License-Identifier: GPL-3.0-or-later
// judgeCommand: whether an act can be done to a world as it is now, and if not, why.
#pragma once

#include "engine/base/error.h"
#include "engine/cluster/error_code.h"
#include "engine/lab/command.h"

#include <optional>

namespace tideline {

struct World;

// Kafka's answer to DeleteRecords now: None when it may be.
ErrorCode judgeDeleteRecords(const World& world, const DeleteRecords& command);

// Nothing: it can be done. Otherwise one sentence with what is named, the rule and a way out. Pure.
std::optional<Error> judgeCommand(const World& world, const Command& command);

} // namespace tideline
