// SPDX-License-Identifier: GPL-3.0-or-later
// The .txnindex file of a segment: the transactions that were aborted by markers in it, by which
// read_committed consumers skip their records.
//
// An entry is 34 bytes: version (2, always 0), producer id, first offset, last offset (the marker's) and last
// stable offset (8 each). The file is there only when it has an entry. Source: TransactionIndex and
// AbortedTxn of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/producer_state.h"
#include "engine/log/segment_fault.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tideline {

inline constexpr std::size_t kTransactionIndexEntryBytes = 34;

// Appends the file's entries to `aborted`; on a fault, those before it. Last offsets must rise and not lie
// before the segment's base offset.
std::optional<SegmentFault> readTransactionIndex(Bytes bytes, Offset baseOffset, const std::string& file,
                                                 std::vector<AbortedTransaction>& aborted);

std::string transactionIndexBytes(std::span<const AbortedTransaction> aborted);

// What a read_committed fetch of [from, to) needs of one segment's index, and whether the next segments
// cannot add to it.
struct AbortedInRange
{
    std::vector<AbortedTransaction> transactions;
    bool complete = false;
};
AbortedInRange abortedInRange(std::span<const AbortedTransaction> aborted, Offset from, Offset to);

} // namespace tideline
