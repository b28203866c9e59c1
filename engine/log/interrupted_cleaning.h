// SPDX-License-Identifier: GPL-3.0-or-later
// What a broker does at its start about files that a cleaner or a deletion has left half done.
//
// 1. Files that wait for their deletion (.deleted) and segments that were still being cleaned (.cleaned) go.
// 2. A cleaned segment that was about to replace others (.swap) does so now: the files of the offsets that it
// covers go, and it takes its name; but not when a .cleaned file of its offset or an earlier one shows that
// it is not whole. Source: LogLoader.load and removeTempFilesAndCollectSwapFiles of Kafka. A pure function;
// any thread.
#pragma once

#include "engine/log/partition_files.h"

#include <string>
#include <vector>

namespace tideline {

// Changes `files` and adds the names of those that went to `deleted`.
void finishInterruptedCleaning(PartitionFiles& files, std::vector<std::string>& deleted);

} // namespace tideline
