// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about pipelines. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string_view>

namespace tideline {

// A window fired for all its keys at one watermark, or fired again for a late record (firing > 0).
struct PaneFired
{
    PipelineIndex pipeline = 0;
    std::int32_t keys = 0;
    Millis start = 0; // window [start, end)
    Millis end = 0;
    std::int32_t firing = 0;  // 0 = when the watermark passed the end; else the n-th late firing
    std::int32_t records = 0; // as many as fit, if there are more
    static constexpr std::string_view kName = "PaneFired";
    TIDELINE_FIELDS(PaneFired, pipeline, keys, start, end, firing, records)
};

struct RecordsDroppedLate
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    Offset offset = 0;    // of the first
    Millis eventTime = 0; // of the first
    std::int32_t records = 0;
    static constexpr std::string_view kName = "RecordsDroppedLate";
    TIDELINE_FIELDS(RecordsDroppedLate, pipeline, partition, offset, eventTime, records)
};

struct PartitionIdle
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    static constexpr std::string_view kName = "PartitionIdle";
    TIDELINE_FIELDS(PartitionIdle, pipeline, partition)
};

struct EndOfInput
{
    PipelineIndex pipeline = 0;
    static constexpr std::string_view kName = "EndOfInput";
    TIDELINE_FIELDS(EndOfInput, pipeline)
};

} // namespace tideline
