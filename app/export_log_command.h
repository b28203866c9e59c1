// SPDX-License-Identifier: GPL-3.0-or-later
// tideline export-log FILE --partition NAME -o FOLDER: a partition as a real segment directory.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <string>

namespace tideline::app {

struct ExportLogOptions
{
    std::string file;
    std::string partition;
    BrokerId broker = kNone; // kNone: the leader
    Micros at = kNever;      // µs of the run; past the end means the end
    std::string folder;      // made when it is not there; empty when it is
};

int exportLogCommand(const ExportLogOptions& options);

} // namespace tideline::app
