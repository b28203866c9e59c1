// SPDX-License-Identifier: GPL-3.0-or-later
// tideline check FILE: reads a scenario and its logs, says every mistake, one sentence each.
#pragma once

#include <string>

namespace tideline::app {

int checkCommand(const std::string& file);

} // namespace tideline::app
