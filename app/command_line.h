// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: which subcommand with which options, checked before anything runs.
//
// Standard output carries only results; whatever goes wrong is one sentence on standard error and exit
// status 2.
#pragma once

namespace tideline::app {

// The whole program, from arguments to exit status (exit_status.h).
int runCommandLine(int argc, char** argv);

} // namespace tideline::app
