// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the directory of a partition: all that its files say, checked against each other.
//
// What is sound is kept: of each file everything before its first fault, and of the log every segment.
// Nothing is repaired here; log_recovery.h does that. A pure function; any thread.
#pragma once

#include "engine/log/leader_epoch_checkpoint.h"
#include "engine/log/offset_index.h"
#include "engine/log/partition_files.h"
#include "engine/log/partition_metadata.h"
#include "engine/log/producer_snapshot.h"
#include "engine/log/segment_scan.h"
#include "engine/log/time_index.h"

#include <map>
#include <optional>
#include <vector>

namespace tideline {

struct SegmentContents
{
    Offset baseOffset = 0;
    Bytes log; // of the files that were read: they must stay
    SegmentScan scan;
    OffsetIndex offsetIndex;
    TimeIndex timeIndex;
    std::vector<AbortedTransaction> aborted;

    Offset nextOffset() const
    {
        return scan.batches.empty() ? baseOffset : scan.batches.back().header.nextOffset();
    }
    // Of all its batches, ms; kNoTimestamp when there is none.
    Millis largestTimestamp() const;
};

struct PartitionContents
{
    std::vector<SegmentContents> segments; // by base offset
    std::map<Offset, ProducerSnapshot> snapshots;
    std::vector<CheckpointedEpoch> epochs;
    std::optional<PartitionMetadata> metadata;
    std::vector<SegmentFault> faults; // in the order in which the files were read; empty: all is sound

    Offset logEndOffset() const { return segments.empty() ? 0 : segments.back().nextOffset(); }
};

PartitionContents readPartition(const PartitionFiles& files);

} // namespace tideline
