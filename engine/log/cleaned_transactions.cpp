// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/cleaned_transactions.h"

#include "engine/log/control_batch.h"
#include "engine/log/record_batch_reader.h"

#include <utility>

namespace tideline {

void CleanedTransactions::expect(std::span<const LogSegment> log, Offset from, Offset to)
{
    for (const LogSegment& segment : log) {
        for (const AbortedTransaction& aborted : segment.aborted) {
            if (aborted.lastOffset >= from && aborted.firstOffset < to)
                expected_.emplace(aborted.firstOffset, aborted);
        }
    }
}

void CleanedTransactions::beginUpTo(Offset offset)
{
    while (!expected_.empty() && expected_.begin()->first <= offset) {
        const AbortedTransaction& next = expected_.begin()->second;
        aborted_.try_emplace(next.producerId,
                             Aborted{next, false}); // one that reaches over segments is there
        expected_.erase(expected_.begin());
    }
}

bool CleanedTransactions::onDataBatch(const BatchHeader& batch)
{
    beginUpTo(batch.lastOffset());
    if (!batch.transactional())
        return false;
    const auto found = aborted_.find(batch.producerId);
    if (found == aborted_.end()) {
        committed_.insert(batch.producerId);
        return false;
    }
    found->second.hasBatches = true;
    return true;
}

bool CleanedTransactions::onControlBatch(Bytes marker)
{
    RecordBatchReader reader(marker);
    const BatchHeader& batch = reader.header();
    beginUpTo(batch.lastOffset());
    RecordView record;
    if (!reader.next(record))
        return true; // an empty batch: cleaned before
    const std::optional<ControlType> type = controlTypeOf(record.key.value_or(Bytes()));
    if (type == ControlType::Commit)
        return committed_.erase(batch.producerId) == 0;
    if (type != ControlType::Abort)
        return false;
    const auto found = aborted_.find(batch.producerId);
    if (found == aborted_.end())
        return true;
    const Aborted aborted = found->second;
    aborted_.erase(found);
    if (aborted.hasBatches)
        kept_.push_back(aborted.transaction);
    return !aborted.hasBatches;
}

std::vector<AbortedTransaction> CleanedTransactions::takeKept()
{
    return std::exchange(kept_, {});
}

} // namespace tideline
