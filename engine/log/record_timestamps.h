// SPDX-License-Identifier: GPL-3.0-or-later
// forEachTimestamp: the times of a batch's records and nothing else, for whoever only wants their age.
//
// Steps from record to record by their lengths, so that keys and values are not touched; of a compressed
// batch they come out of the codec all the same. Reads nothing outside the batch, whatever the bytes say, and
// stops at a record that breaks the format; a reader that wants to know why uses RecordBatchReader. Pure; any
// thread.
#pragma once

#include "engine/log/record_batch.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/varint.h"

#include <cstdint>

namespace tideline {

// Calls visit(Millis timestamp) for the records `first` to `last` - 1 by their place in the batch,
// which holds at least its header.
template <class Visit>
void forEachTimestamp(Bytes batch, std::int64_t first, std::int64_t last, Visit&& visit)
{
    const BatchHeader header = readBatchHeader(batch);
    if (header.compressed()) {
        RecordBatchReader reader(batch);
        RecordView record;
        for (std::int64_t i = 0; i < last && reader.next(record); ++i) {
            if (i >= first)
                visit(record.timestamp);
        }
        return;
    }
    const bool logAppendTime = header.timestampType() == TimestampType::LogAppendTime;
    const char* at = batch.data() + kBatchHeaderBytes;
    const char* const end = batch.data() + batch.size();
    for (std::int64_t i = 0; i < last && i < header.recordCount; ++i) {
        std::int32_t size = 0;
        if (getVarint(at, end, size) != VarintRead::Done || size < 1 || end - at < size)
            return;
        const char* delta = at + 1; // after the attributes
        at += size;
        std::int64_t timestampDelta = 0;
        if (i < first)
            continue;
        if (getVarlong(delta, at, timestampDelta) != VarintRead::Done)
            return;
        // Wraps, as Kafka's long arithmetic does.
        visit(logAppendTime ? header.maxTimestamp
                            : static_cast<Millis>(static_cast<std::uint64_t>(header.baseTimestamp) +
                                                  static_cast<std::uint64_t>(timestampDelta)));
    }
}

} // namespace tideline
