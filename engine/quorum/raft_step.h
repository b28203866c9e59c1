// SPDX-License-Identifier: GPL-3.0-or-later
// RaftStep: what a step of a quorum node gets, and what it wants done afterwards.
//
// A node touches no network, no queue and no clock. It is told the time on its own clock, draws by chance
// only through RaftDraws, and fills RaftEffects, in order. Belongs to one step; one thread.
#pragma once

#include "engine/base/random.h"
#include "engine/base/time.h"
#include "engine/quorum/raft_messages.h"
#include "engine/quorum/raft_role.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

// The driver's own number of a request that a node was given: it comes back with the answer.
using RaftTicket = std::int64_t;

// What is to be seen of a node from outside.
struct RaftStatus
{
    RaftRole role = RaftRole::Unattached;
    LeaderEpoch epoch = 0;
    ReplicaId leader = kNone;     // kNone: not known
    ReplicaId voted = kNone;      // for whom in this epoch
    Offset highWatermark = kNone; // -1: not known
    OffsetAndEpoch end;           // of the log
    bool stopped = false;         // has shut down
    TIDELINE_FIELDS(RaftStatus, role, epoch, leader, voted, highWatermark, end, stopped)
};

// --- effects
struct RaftSend
{
    ReplicaId to = kNone; // may be the node itself: it asks any voter who leads
    std::int32_t correlation = 0;
    RaftRequest request;
};
struct RaftReply
{
    RaftTicket ticket = 0;
    RaftAnswer answer;
};
// The status has changed since the last such notice.
struct RaftStatusChanged
{
    RaftStatus status;
};
// Records below this offset are committed for ever: the user applies them. It only rises while the process
// lives, even when a new leader does not know its high watermark yet.
struct RaftCommitted
{
    Offset offset = 0;
};
// Uncommitted records from this offset on are gone: from the log, or, when the node stops leading, before
// they were written.
struct RaftTruncated
{
    Offset offset = 0;
};
// The leader's log does not reach back to what this node has: it gets this snapshot first.
struct RaftSnapshotFetchStarted
{
    OffsetAndEpoch snapshot;
    ReplicaId leader = kNone;
};
// The log of this node has been replaced by a snapshot of its leader, which the log begins with now.
struct RaftSnapshotFetched
{
    OffsetAndEpoch snapshot;
};
// What lay before this offset is gone from the log: a snapshot has it.
struct RaftLogStartMoved
{
    Offset offset = 0;
};
using RaftEffect = std::variant<RaftSend, RaftReply, RaftStatusChanged, RaftCommitted, RaftTruncated,
                                RaftSnapshotFetchStarted, RaftSnapshotFetched, RaftLogStartMoved>;
using RaftEffects = std::vector<RaftEffect>;

// The two things that a node leaves to chance.
class RaftDraws
{
public:
    virtual ~RaftDraws() = default;
    // What is added to an election time-out, in [0, bound) µs; bound > 0.
    virtual Micros electionJitter(Micros bound) = 0;
    // Which of `count` voters is asked first for the leader, in [0, count); count > 0.
    virtual std::size_t voterToAsk(std::size_t count) = 0;
};

// Draws from the stream of the node.
class RandomRaftDraws : public RaftDraws
{
public:
    explicit RandomRaftDraws(Random& random)
        : random_(random)
    {}
    Micros electionJitter(Micros bound) override
    {
        return static_cast<Micros>(random_.below(static_cast<std::uint64_t>(bound)));
    }
    std::size_t voterToAsk(std::size_t count) override
    {
        return static_cast<std::size_t>(random_.below(count));
    }

private:
    Random& random_;
};

struct RaftStep
{
    Micros now = 0; // the node's own clock; never goes back
    RaftDraws& draws;
    RaftEffects& out;
};

} // namespace tideline
