// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a scenario back, with what a person did as its script.
//
// Everything but the script stays as it was written, its order and its numbers included; only the layout is
// ours. What readScenario() reads from it has the same commands at the same times. Pure functions; any
// thread.
#pragma once

#include "engine/base/error.h"
#include "engine/lab/command.h"

#include <string>
#include <string_view>
#include <vector>

namespace tideline {

// `text`: a scenario that readScenario() accepts (Scenario::text). The result ends with a line feed. An error
// when the text is no JSON object. `logFolder`: not empty when the file moves away from that folder; logs
// that lie there and are named relative to it get their whole path, so that the scenario still finds them.
Result<std::string> writeScenario(std::string_view text, const std::vector<TimedCommand>& script,
                                  const std::string& logFolder = {});

// One entry of a script: { "at": "41 s", "kill": { "broker": 2 } }.
std::string writeCommand(const TimedCommand& command);

} // namespace tideline
