// SPDX-License-Identifier: GPL-3.0-or-later
// What the nodes of a quorum ask each other, and how they answer (KIP-595, KIP-630, KIP-996).
//
// Plain values; no sizes, no transport. An answer always tells the epoch and the leader that its sender
// knows.
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/quorum_config.h"
#include "engine/quorum/quorum_error.h"
#include "engine/quorum/raft_log.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace tideline {

// --- requests
struct VoteRequest
{
    ReplicaId candidate = kNone;
    ReplicaId voter = kNone; // whom it is meant for; kNone: whoever gets it
    LeaderEpoch epoch = 0;   // the candidate's own
    OffsetAndEpoch end;      // of the candidate's log
    bool preVote = false;    // "would you": changes nobody's vote (KIP-996)
    TIDELINE_FIELDS(VoteRequest, candidate, voter, epoch, end, preVote)
};
struct BeginQuorumEpochRequest
{
    ReplicaId leader = kNone;
    LeaderEpoch epoch = 0;
    TIDELINE_FIELDS(BeginQuorumEpochRequest, leader, epoch)
};
struct EndQuorumEpochRequest
{
    ReplicaId leader = kNone;
    LeaderEpoch epoch = 0;
    std::vector<ReplicaId> preferredSuccessors; // the best first
    TIDELINE_FIELDS(EndQuorumEpochRequest, leader, epoch, preferredSuccessors)
};
struct RaftFetchRequest
{
    ReplicaId replica = kNone; // kNone or no voter: an observer
    LeaderEpoch currentLeaderEpoch = 0;
    OffsetAndEpoch end;           // fetch offset, last fetched epoch
    Offset highWatermark = kNone; // that the replica knows, -1: none
    Micros maxWait = 0;           // µs
    TIDELINE_FIELDS(RaftFetchRequest, replica, currentLeaderEpoch, end, highWatermark, maxWait)
};
// A voter tells its addresses and versions, which a leader under kraft.version 0 cannot read in the log
// (KIP-853). Here it carries nothing, but it takes the place of one fetch.
struct UpdateRaftVoterRequest
{
    ReplicaId voter = kNone;
    LeaderEpoch currentLeaderEpoch = 0;
    TIDELINE_FIELDS(UpdateRaftVoterRequest, voter, currentLeaderEpoch)
};
// The next piece of a snapshot whose id the leader has given in its answer to a fetch.
struct FetchSnapshotRequest
{
    ReplicaId replica = kNone; // kNone or no voter: an observer
    LeaderEpoch currentLeaderEpoch = 0;
    OffsetAndEpoch snapshot;   // its id
    std::int64_t position = 0; // bytes of it that the replica has
    std::int64_t maxBytes = 0; // of the piece
    TIDELINE_FIELDS(FetchSnapshotRequest, replica, currentLeaderEpoch, snapshot, position, maxBytes)
};
using RaftRequest = std::variant<VoteRequest, BeginQuorumEpochRequest, EndQuorumEpochRequest,
                                 RaftFetchRequest, UpdateRaftVoterRequest, FetchSnapshotRequest>;

// --- answers
struct VoteAnswer
{
    bool granted = false;
    TIDELINE_FIELDS(VoteAnswer, granted)
};
struct RaftFetchAnswer
{
    Offset highWatermark = kNone;            // the leader's, -1: not known yet
    std::optional<OffsetAndEpoch> diverging; // the replica has to cut its log back to this
    std::optional<OffsetAndEpoch> snapshot;  // it has to replace its log by this snapshot
    std::vector<RaftBatch> batches;          // back to back; the first one holds the fetch offset
    TIDELINE_FIELDS(RaftFetchAnswer, highWatermark, diverging, snapshot, batches)
};
// The answer that says nothing more, to a request of this kind.
enum class AcknowledgedCall : std::uint8_t { BeginQuorumEpoch, EndQuorumEpoch, UpdateRaftVoter };
struct Acknowledgement
{
    AcknowledgedCall of{};
    TIDELINE_FIELDS(Acknowledgement, of)
};
// A piece of a snapshot. Its state goes along with each piece, but is the replica's with the last one only.
struct FetchSnapshotAnswer
{
    RaftSnapshot snapshot;
    std::int64_t position = 0; // of the piece, in bytes
    std::int64_t bytes = 0;    // of the piece
    TIDELINE_FIELDS(FetchSnapshotAnswer, snapshot, position, bytes)
};
using RaftAnswerBody = std::variant<VoteAnswer, RaftFetchAnswer, Acknowledgement, FetchSnapshotAnswer>;

struct RaftAnswer
{
    QuorumError error = QuorumError::None;
    // The request failed as a whole: the answer knows neither epoch nor leader.
    bool wholeRequest = false;
    LeaderEpoch epoch = 0;
    ReplicaId leader = kNone;
    RaftAnswerBody body;
    TIDELINE_FIELDS(RaftAnswer, error, wholeRequest, epoch, leader, body)
};

} // namespace tideline
