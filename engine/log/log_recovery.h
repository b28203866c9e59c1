// SPDX-License-Identifier: GPL-3.0-or-later
// Recovery of a partition's directory after a broker did not stop cleanly: what it does at its next start.
//
// 1. Cleaning that was interrupted is finished first, see interrupted_cleaning.h; indexes without a log go
// too.
// 2. From the segment of the recovery point on, each log is scanned. The first bad batch ends the log: the
// file is cut there, and all later segments are dropped, however sound.
// An earlier segment is trusted, unless its offset index is missing.
// 3. Indexes, transaction index, producers and leader epochs are built anew from what is left.
// Source: LogLoader.load and recoverLog, LogSegment.recover of Kafka. A pure function; any thread.
#pragma once

#include "engine/log/partition_files.h"
#include "engine/log/segment_fault.h"
#include "engine/log/segment_roll.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct RecoveredPartition
{
    PartitionFiles files;
    Offset logEndOffset = 0;
    std::int64_t truncatedBytes = 0;       // of the segment that was cut
    std::optional<SegmentFault> fault;     // why it was cut
    std::vector<std::string> deletedFiles; // by name
};

// `recoveryPoint`: what lies below was flushed and is trusted; 0 scans all. Of `config` only the indexes
// count. The producers are replayed from the first segment on; those that are older come from the snapshot at
// its base offset, but of a transaction that began before it nothing is known.
RecoveredPartition recoverPartition(const PartitionFiles& files, Offset recoveryPoint,
                                    const SegmentConfig& config);

} // namespace tideline
