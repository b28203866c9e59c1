// SPDX-License-Identifier: GPL-3.0-or-later
// exportLog: one replica's log, as it is now, as the files of a real partition directory: segments with their
// indexes, the producers and the leader epochs, as a broker that has stopped cleanly leaves them.
//
// The bytes are those that the producers encoded, with the base offset and the leader epoch that the leader
// gave them. Pure; any thread that may read the world.
#pragma once

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/log/partition_files.h"

#include <string>

namespace tideline {

struct World;

struct ExportedLog
{
    PartitionIndex partition = kNone;
    BrokerId broker = kNone;
    std::int64_t batches = 0;
    std::int64_t records = 0;
    PartitionFiles files;
};

// `partition` by name, as in "orders-0"; `broker` kNone: the leader. An Error when there is no such
// partition, or the broker has no replica of it.
Result<ExportedLog> exportLog(const World& world, const std::string& partition, BrokerId broker);

} // namespace tideline
