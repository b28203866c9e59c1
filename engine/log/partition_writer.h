// SPDX-License-Identifier: GPL-3.0-or-later
// Writing batches as the directory of a partition that a broker has stopped cleanly: segments with their
// indexes, the producers at each roll and at the end, leader epochs and the topic's id.
//
// Batches are written as they are, byte for byte. Source: UnifiedLog.append and roll of Kafka. A pure
// function; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/log/partition_files.h"
#include "engine/log/partition_metadata.h"
#include "engine/log/producer_state.h"
#include "engine/log/segment_builder.h"

#include <optional>
#include <span>

namespace tideline {

struct PartitionToWrite
{
    std::span<const Bytes> batches; // whole and sound, with rising offsets
    Offset logStartOffset = 0;      // base offset of the first segment; not after the first batch
    std::optional<PartitionMetadata> metadata;
    // Base offsets of the segments after the first one, rising; empty: the configuration says where they
    // begin.
    std::span<const Offset> laterSegments = {};
};

// `now` in ms: the age of a segment whose first batch has no timestamp counts from it. An Error when a batch
// is not whole and sound, or its offsets go back.
Result<PartitionFiles> writePartition(const PartitionToWrite& partition, const SegmentConfig& config,
                                      Millis now = 0);

// Puts the files of one closed segment into `files`; `aborted` may be empty, then there is no .txnindex.
void addSegmentFiles(PartitionFiles& files, const SegmentBuilder& segment,
                     std::span<const AbortedTransaction> aborted);

} // namespace tideline
