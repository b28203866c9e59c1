// SPDX-License-Identifier: GPL-3.0-or-later
// LogSegment: batches of a log from a base offset on, with the transactions that were aborted by markers
// among them.
//
// A log is a list of segments with rising base offsets; only the last one, the active one, is appended to. A
// copy shares the batches' bytes. A plain value.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/chunk.h"
#include "engine/log/producer_state.h"
#include "engine/log/record_batch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tideline {

struct LogSegment
{
    Offset baseOffset = 0;
    std::vector<Chunk> batches;              // whole and sound
    std::vector<AbortedTransaction> aborted; // the transaction index, by marker

    std::int64_t bytes() const
    {
        std::int64_t sum = 0;
        for (const Chunk& batch : batches)
            sum += static_cast<std::int64_t>(batch.size());
        return sum;
    }
    // The offset after the last batch.
    Offset nextOffset() const
    {
        return batches.empty() ? baseOffset : readBatchHeader(batches.back().bytes()).nextOffset();
    }
    // Of all records, ms; kNoTimestamp when there is none.
    Millis largestTimestamp() const
    {
        Millis largest = kNoTimestamp;
        for (const Chunk& batch : batches)
            largest = std::max(largest, readBatchHeader(batch.bytes()).maxTimestamp);
        return largest;
    }
};

// The segments that may hold offsets of [from, to): none when that is empty.
inline std::span<const LogSegment> segmentsBetween(std::span<const LogSegment> log, Offset from, Offset to)
{
    if (from >= to)
        return {};
    std::size_t first = 0;
    while (first + 1 < log.size() && log[first + 1].baseOffset <= from)
        ++first;
    std::size_t last = first;
    while (last < log.size() && log[last].baseOffset < to)
        ++last;
    return log.subspan(first, last - first);
}

} // namespace tideline
