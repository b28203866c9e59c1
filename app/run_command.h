// SPDX-License-Identifier: GPL-3.0-or-later
// tideline run FILE [--until T] [--seed N] [--print journal|state|metrics|hash]
#pragma once

#include "engine/base/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tideline::app {

struct RunOptions
{
    std::string file;
    Micros until = kNever; // µs; past the end means the end
    std::optional<std::uint64_t> seed;
    std::string print; // empty: what became of the guarantees
};

int runCommand(const RunOptions& options);

} // namespace tideline::app
