// SPDX-License-Identifier: GPL-3.0-or-later
// SIGINT as a question that long work asks between two slices: has the person pressed Ctrl+C?
//
// The second Ctrl+C ends the process at once, as usual.
#pragma once

namespace tideline::app {

void watchForInterrupt();
bool interrupted();

} // namespace tideline::app
