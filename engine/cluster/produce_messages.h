// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and responses between a producer and a leader. The rules of all messages stand in
// engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"
#include "engine/cluster/replica_log.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

struct ProduceRequest
{
    std::int32_t acks = -1;
    // µs that the broker may wait for the replicas (request.timeout.ms of the producer).
    Micros timeout = 30'000'000;
    struct Part
    {
        PartitionIndex partition = 0;
        LogBatch batch; // base offset and epoch are the leader's to set
        TIDELINE_FIELDS(Part, partition, batch)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ProduceRequest, acks, timeout, parts)
};

struct ProduceResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset baseOffset = kUnknownOffset;
        TIDELINE_FIELDS(Part, partition, error, baseOffset)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ProduceResponse, parts)
};

} // namespace tideline
