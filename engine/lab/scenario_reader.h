// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a scenario file: JSON in, a checked Scenario or every mistake in it out.
//
// A Scenario that comes out is complete: defaults are filled in, every name that it uses is listed, every
// number is in its range, every log file is there and has its columns. Each sentence names the place, the
// value, the rule and the way out. Files are looked at only to find logs and read their first line. Never
// throws on bad input. Any thread.
#pragma once

#include "engine/lab/scenario.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tideline {

// Where the scenario lies, for the log files that it names.
struct ScenarioPlace
{
    std::string folder; // of the scenario; relative log names are looked up here first; empty: nowhere
    std::vector<std::string> logFolders; // then in these, in order: the shipped logs
};

struct ScenarioProblems
{
    std::vector<std::string> sentences; // at least one, in the order in which the parts are checked
};

using ScenarioRead = std::variant<Scenario, ScenarioProblems>;

// `json`: UTF-8, at most 16 MB, 64 levels deep.
ScenarioRead readScenario(std::string_view json, const ScenarioPlace& place);

// Reads the file first; its folder is where relative logs are looked up.
ScenarioRead readScenarioFile(const std::string& path, const std::vector<std::string>& logFolders);

} // namespace tideline
