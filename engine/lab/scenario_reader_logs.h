// SPDX-License-Identifier: GPL-3.0-or-later
// Finding the recorded log that a scenario names, and what columns it has.
//
// Only the first line is read; the rows are read when the run begins. Any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/lab/scenario_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace tideline {

struct FoundLog
{
    std::string path;
    std::vector<std::string> columns; // names in the first line, in its order; at least one
};

// The sentence begins with the file as written: `"quakes.csv" is not there ...`.
Result<FoundLog> findLog(const std::string& file, const ScenarioPlace& place);

// The fields of one CSV line (RFC 4180: quotes around, "" for a quote), without a byte-order mark or the
// line's end.
std::vector<std::string> splitHeader(std::string_view line);

} // namespace tideline
