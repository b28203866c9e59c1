// SPDX-License-Identifier: GPL-3.0-or-later
// CleanedTransactions: which transactions the cleaner is in the middle of, as it reads a log from front to
// back (Kafka's CleanedTransactionMetadata).
//
// Data of aborted transactions can go at once. A marker can go when no batch of its transaction is left
// before it. A value; one thread at a time.
#pragma once

#include "engine/log/log_segment.h"

#include <map>
#include <set>
#include <span>
#include <vector>

namespace tideline {

class CleanedTransactions
{
public:
    // Aborted transactions that reach into [from, to), which is read next.
    void expect(std::span<const LogSegment> log, Offset from, Offset to);

    // True when the data batch belongs to an aborted transaction.
    bool onDataBatch(const BatchHeader& batch);
    // True when nothing is left of what the marker ended. `marker` is the whole control batch.
    bool onControlBatch(Bytes marker);

    // Aborted transactions of which something is left, in the order of their markers, since the last call.
    std::vector<AbortedTransaction> takeKept();

private:
    struct Aborted
    {
        AbortedTransaction transaction;
        bool hasBatches = false;
    };

    void beginUpTo(Offset offset);

    std::multimap<Offset, AbortedTransaction> expected_; // by first offset
    std::map<std::int64_t, Aborted> aborted_;            // by producer id
    std::set<std::int64_t> committed_;                   // producer ids whose transaction has batches
    std::vector<AbortedTransaction> kept_;
};

} // namespace tideline
