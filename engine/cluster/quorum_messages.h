// SPDX-License-Identifier: GPL-3.0-or-later
// What the replicas of the metadata log say to each other: Vote, BeginQuorumEpoch, EndQuorumEpoch, Fetch,
// FetchSnapshot (engine/quorum/raft_messages.h), with the number by which the asking replica knows its
// request again.
//
// They need no connection's memory: a replica takes what is lost for silence. The rules of all messages stand
// in engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/raft_messages.h"

#include <cstdint>

namespace tideline {

struct QuorumRequest
{
    std::int32_t number = 0;
    RaftRequest request;
    TIDELINE_FIELDS(QuorumRequest, number, request)
};

struct QuorumResponse
{
    std::int32_t number = 0; // of the request
    RaftAnswer answer;
    TIDELINE_FIELDS(QuorumResponse, number, answer)
};

} // namespace tideline
