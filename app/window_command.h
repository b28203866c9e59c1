// SPDX-License-Identifier: GPL-3.0-or-later
// tideline [FILE]: the window, on a scenario; without a file on the first of those that come with the
// program.
#pragma once

#include <string>

namespace tideline::app {

int windowCommand(const std::string& file, int argc, char** argv);

} // namespace tideline::app
