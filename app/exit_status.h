// SPDX-License-Identifier: GPL-3.0-or-later
// What the program's exit status says. A broken guarantee is a result, not a failure.
#pragma once

namespace tideline::app {

inline constexpr int kWell = 0;
inline constexpr int kInvariantFailed = 1; // the engine found a bug in itself
inline constexpr int kBadInput = 2;        // usage, files, anything that the person can mend
inline constexpr int kInterrupted = 130;   // 128 + SIGINT, as shells count

} // namespace tideline::app
