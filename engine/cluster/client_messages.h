// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and responses of clients that read. The rules of all messages stand in engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/replica_log.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// The first request on a connection: it stands once the broker answers.
struct ApiVersionsRequest
{
    bool any = true; // the lab's brokers all speak the same versions
    TIDELINE_FIELDS(ApiVersionsRequest, any)
};

struct ApiVersionsResponse
{
    ErrorCode error = ErrorCode::None;
    TIDELINE_FIELDS(ApiVersionsResponse, error)
};

struct MetadataRequest
{
    bool any = true; // all topics, as the lab's clients ask
    TIDELINE_FIELDS(MetadataRequest, any)
};

struct MetadataResponse
{
    MetadataImage image;
    TIDELINE_FIELDS(MetadataResponse, image)
};

struct FetchRequest
{
    Micros maxWait = 500'000; // µs
    std::int32_t minBytes = 1;
    std::int32_t maxBytes = 52'428'800;
    struct Part
    {
        PartitionIndex partition = 0;
        Offset fetchOffset = 0;
        LeaderEpoch currentEpoch = 0;
        std::int32_t maxBytes = 1'048'576;
        TIDELINE_FIELDS(Part, partition, fetchOffset, currentEpoch, maxBytes)
    };
    std::vector<Part> parts;
    std::string rack = {}; // client.rack; empty: none
    TIDELINE_FIELDS(FetchRequest, maxWait, minBytes, maxBytes, parts, rack)
};

struct FetchResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset highWatermark = 0;
        std::vector<LogBatch> batches;
        std::int64_t cutOff = 0; // bytes of one more batch, of no use without the rest
        // Fetch it from this broker from now on (KIP-392); then there is no data. kNone: go on here.
        BrokerId preferredReadReplica = kNone;
        TIDELINE_FIELDS(Part, partition, error, highWatermark, batches, cutOff, preferredReadReplica)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(FetchResponse, parts)
};

struct ListOffsetsRequest
{
    bool latest = true; // -1, else -2 earliest
    std::vector<PartitionIndex> partitions;
    TIDELINE_FIELDS(ListOffsetsRequest, latest, partitions)
};

struct ListOffsetsResponse
{
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        Offset offset = kUnknownOffset;
        TIDELINE_FIELDS(Part, partition, error, offset)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ListOffsetsResponse, parts)
};

} // namespace tideline
