// SPDX-License-Identifier: GPL-3.0-or-later
// The FILE of a subcommand: read and checked, or every mistake in it on standard error.
#pragma once

#include "model/document.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tideline::app {

// Says each mistake on standard error, one a line, and gives none then. `seed` replaces the scenario's own.
std::optional<model::OpenedLab> openInput(const std::string& file,
                                          std::optional<std::uint64_t> seed = std::nullopt);

} // namespace tideline::app
