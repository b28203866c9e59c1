// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about producers. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string_view>

namespace tideline {

enum class ErrorCode : std::int16_t; // engine/cluster/error_code.h

struct ProduceRefused
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    ErrorCode error{};
    std::int32_t records = 0;
    bool willRetry = false;
    static constexpr std::string_view kName = "ProduceRefused";
    TIDELINE_FIELDS(ProduceRefused, producer, partition, error, records, willRetry)
};

// The producer gave a batch up: delivery.timeout.ms, retries or an error that cannot be retried.
struct SendFailed
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    ErrorCode error{};
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    static constexpr std::string_view kName = "SendFailed";
    TIDELINE_FIELDS(SendFailed, producer, partition, error, firstK, records)
};

struct RateChanged
{
    ProducerIndex producer = 0;
    std::int64_t recordsPerSecond = 0;
    static constexpr std::string_view kName = "RateChanged";
    TIDELINE_FIELDS(RateChanged, producer, recordsPerSecond)
};

struct SourceEnded
{
    ProducerIndex producer = 0;
    std::int64_t records = 0;
    static constexpr std::string_view kName = "SourceEnded";
    TIDELINE_FIELDS(SourceEnded, producer, records)
};

} // namespace tideline
