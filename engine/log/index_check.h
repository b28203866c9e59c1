// SPDX-License-Identifier: GPL-3.0-or-later
// Holding a segment's indexes against its log: an index that lies leads a reader past what it looks for.
//
// 1. An entry of the offset index points to where a batch begins, and its offset is the last one of that
// batch (or, as brokers before 4.0 wrote it, of a later batch of the same append).
// 2. An entry of the time index names the batch that brought its timestamp, and no batch up to there is
// younger.
// 3. The last offset of an aborted transaction is that of a control batch, unless compaction has taken it.
// Source: kafka-dump-log --index-sanity-check and --verify-index-only. Pure functions; any thread.
#pragma once

#include "engine/log/offset_index.h"
#include "engine/log/producer_state.h"
#include "engine/log/segment_scan.h"
#include "engine/log/time_index.h"

#include <optional>
#include <span>
#include <string>

namespace tideline {

// The first entry that lies, of each file.
std::optional<SegmentFault> checkOffsetIndex(const OffsetIndex& index, const SegmentScan& scan,
                                             const std::string& file);
std::optional<SegmentFault> checkTimeIndex(const TimeIndex& index, const SegmentScan& scan,
                                           const std::string& file);
std::optional<SegmentFault> checkTransactionIndex(std::span<const AbortedTransaction> aborted,
                                                  const SegmentScan& scan, const std::string& file);

} // namespace tideline
