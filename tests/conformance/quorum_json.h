// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the quorum vectors, and the engine's requests, answers and states.
#pragma once

#include "engine/quorum/raft_node.h"
#include "tests/conformance/vector_file.h"

namespace tideline::vectors {

// The settings under which all cases were recorded: the defaults, but no linger, and at most two batches in
// an answer to a fetch.
QuorumConfig quorumOf(std::vector<ReplicaId> voters);
// [[epoch, records]...] as data batches from an offset on.
std::vector<RaftBatch> batchesOf(const Json& list, Offset baseOffset);
// A step "recv", for the node `self`.
RaftRequest requestOf(const Json& input, ReplicaId self);
// A step "reply" as the answer to the request.
RaftAnswer answerOf(const Json& input, const RaftRequest& request);

Json toJson(const OffsetAndEpoch& end);
Json toJson(const RaftRequest& request);
Json toJson(const RaftAnswer& answer);
Json toJson(const RaftStatus& status);

} // namespace tideline::vectors
