// SPDX-License-Identifier: GPL-3.0-or-later
// RecordLife: what happened to one record, found by running again with an observer. Plain values.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// The steps of one record's life, found by running again with an observer.
struct RecordLife
{
    enum class Step : std::uint8_t {
        Happened,
        Sent /* handed to send() */,
        BatchSent,
        Appended,
        Replicated,
        HighWatermarkPassed,
        Acknowledged,
        Refused,
        GivenUp,
        Truncated,
        Delivered,
        Counted,
        CountedLate,
        CountedAfterFiring,
        Dropped,
        WindowFired
    };
    struct Entry
    {
        RecordLife::Step step = RecordLife::Step::Happened;
        Micros time = 0; // µs of the run
        BrokerId broker = kNone;
        MemberIndex member = kNone;
        PipelineIndex pipeline = kNone;
        Offset offset = kUnknownOffset;
        LeaderEpoch epoch = kNone;
        std::int32_t records = 0;  // of the batch
        Millis start = 0, end = 0; // window
        ErrorCode error = ErrorCode::None;
    };
    PartitionIndex partition = kNone;
    Offset offset = kUnknownOffset;
    ProducerIndex producer = kNone;
    RecordNumber k = 0;
    Millis eventTime = 0;
    std::string key, value;     // bytes
    std::vector<Entry> entries; // ascending time
};

} // namespace tideline
