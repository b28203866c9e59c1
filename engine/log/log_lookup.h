// SPDX-License-Identifier: GPL-3.0-or-later
// Finding an offset or a time in a log: by the segment, then by its index, then by scanning.
//
// Source: LogSegment.translateOffset and findOffsetByTimestamp, LocalLog.read,
// UnifiedLog.fetchOffsetByTimestamp of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/partition_reader.h"

#include <optional>
#include <span>

namespace tideline {

// The first batch of the segment that ends at `target` or later; null at the end of the segment. Offsets that
// compaction took lead to the next batch.
const BatchPosition* translateOffset(const SegmentContents& segment, Offset target);

struct FoundBatch
{
    const SegmentContents* segment = nullptr;
    const BatchPosition* batch = nullptr;
};

// The batch from which a fetch of `target` is answered; none when the log has ended or begins later.
std::optional<FoundBatch> findBatch(std::span<const SegmentContents> segments, Offset target);

struct FoundRecord
{
    Offset offset = 0;
    Millis timestamp = 0;
    LeaderEpoch leaderEpoch = kNoLeaderEpoch;

    bool operator==(const FoundRecord&) const = default;
};

// The first record of the segment from `startingOffset` on that is not older than `target`, ms.
std::optional<FoundRecord> findOffsetByTimestamp(const SegmentContents& segment, Millis target,
                                                 Offset startingOffset);

// The same for a log: the first segment whose largest timestamp is not older decides. What ListOffsets
// answers.
std::optional<FoundRecord> fetchOffsetByTimestamp(std::span<const SegmentContents> segments, Millis target,
                                                  Offset logStartOffset);

} // namespace tideline
