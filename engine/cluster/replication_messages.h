// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and responses between a follower and its leader, and a leader and the controller. The rules of all
// messages stand in engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/broker_ids.h"
#include "engine/cluster/error_code.h"
#include "engine/cluster/replica_log.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// One per pair of brokers, with a fetch session: only what changed since the last request is named.
struct ReplicaFetchRequest
{
    BrokerId follower = 0;
    std::int64_t brokerEpoch = 0;
    bool fullSession = false; // the session starts: everything is named
    struct Part
    {
        PartitionIndex partition = 0;
        Offset fetchOffset = 0;
        LeaderEpoch currentEpoch = 0;
        LeaderEpoch lastFetchedEpoch = -1;
        bool forgotten = false; // no longer followed from this leader
        Offset logStart = 0;    // of the follower
        TIDELINE_FIELDS(Part, partition, fetchOffset, currentEpoch, lastFetchedEpoch, forgotten, logStart)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ReplicaFetchRequest, follower, brokerEpoch, fullSession, parts)
};

struct ReplicaFetchResponse
{
    ErrorCode error = ErrorCode::None; // of the session
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        LeaderEpoch leaderEpoch = 0;
        Offset fetchOffset = 0; // what was asked for
        Offset highWatermark = 0;
        Offset logStartOffset = 0;
        EpochEnd diverging; // set when the follower's log must be cut
        std::vector<LogBatch> batches;
        std::int64_t cutOff = 0; // bytes of one more batch, of no use without the rest
        TIDELINE_FIELDS(Part, partition, error, leaderEpoch, fetchOffset, highWatermark, logStartOffset,
                        diverging, batches, cutOff)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(ReplicaFetchResponse, error, parts)
};

// Of its records, with those of a batch that is cut off.
inline std::int64_t batchBytes(const ReplicaFetchResponse::Part& part)
{
    std::int64_t bytes = part.cutOff;
    for (const LogBatch& batch : part.batches)
        bytes += static_cast<std::int64_t>(batch.bytes.size());
    return bytes;
}

struct AlterPartitionRequest
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    struct Part
    {
        PartitionIndex partition = 0;
        LeaderEpoch leaderEpoch = 0;
        std::int32_t partitionEpoch = 0;
        BrokerIds isr;
        // Of each member, as the leader knows it from the member's last fetch; -1: it has not fetched yet
        // (KIP-903).
        std::vector<std::int64_t> brokerEpochs = {};
        TIDELINE_FIELDS(Part, partition, leaderEpoch, partitionEpoch, isr, brokerEpochs)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(AlterPartitionRequest, broker, brokerEpoch, parts)
};

struct AlterPartitionResponse
{
    ErrorCode error = ErrorCode::None;
    struct Part
    {
        PartitionIndex partition = 0;
        ErrorCode error = ErrorCode::None;
        TIDELINE_FIELDS(Part, partition, error)
    };
    std::vector<Part> parts;
    TIDELINE_FIELDS(AlterPartitionResponse, error, parts)
};

} // namespace tideline
