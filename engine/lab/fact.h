// SPDX-License-Identifier: GPL-3.0-or-later
// Fact: one thing that happened, typed, with the number of what caused it.
//
// Facts are never one per record: what happens to every batch is a run (RecordsAppended) that grows while it
// is contiguous. A fact holds numbers only; words are made where they are shown. At most 64 bytes each, so
// that a journal of millions fits. The field list of a kind drives printing, hashing and equality alike
// (engine/base/fields.h). Plain values.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/lab/cluster_facts.h"
#include "engine/lab/group_facts.h"
#include "engine/lab/partition_facts.h"
#include "engine/lab/pipeline_facts.h"
#include "engine/lab/producer_facts.h"
#include "engine/lab/quorum_facts.h"

#include <cstdint>
#include <string_view>
#include <variant>

namespace tideline {

// An invariant of ours broke: the engine has a bug, and the run stops here.
struct InvariantBroken
{
    std::int32_t invariant = 0; // engine/lab/invariants.h
    PartitionIndex partition = 0;
    std::int64_t left = 0;
    std::int64_t right = 0;
    static constexpr std::string_view kName = "InvariantBroken";
    TIDELINE_FIELDS(InvariantBroken, invariant, partition, left, right)
};

using FactBody = std::variant<
    BrokerRegistered, BrokerUnfenced, BrokerFenced, BrokerKilled, BrokerStopping, ControlledShutdownStarted,
    BrokerStopped, BrokerStarted, BrokerPaused, BrokerResumed, BrokerLostPower, BrokerHalted, DiskSlowed,
    DiskFilled, DiskFailed, DiskRepaired, FollowerSlowed, QuorumElectionStarted, QuorumVoteGranted,
    ControllerElected, ControllerResigned, ControllerKilled, ControllerStopping, ControllerStopped,
    ControllerStarted, ControllerPaused, ControllerResumed, TopicCreated, LeaderElected, PartitionOffline,
    IsrShrank, IsrExpanded, ReassignmentStarted, ReassignmentEnded, AdminRequestRefused, LogTruncated,
    SegmentRolled, SegmentsDeleted, RecordsDeleted, LogCompacted, UnflushedRecordsLost, RecordsAppended,
    LinkCut, LinkHealed, LinkChanged, ClockSkewed, FaultAimed, MessageDropped, MessageDelayed,
    ConnectionTimedOut, ProduceRefused, SendFailed, RateChanged, SourceEnded, MemberStarted, MemberStopped,
    MemberCrashed, MemberPaused, MemberResumed, MemberJoined, MemberLeft, MemberExpired, RebalanceStarted,
    GenerationStarted, PartitionsAssigned, PartitionsRevoked, OffsetsCommitted, CommitRefused, OffsetResetTo,
    CoordinatorMoved, RecordsRedelivered, RecordsLost, RecordsExpired, PaneFired, RecordsDroppedLate,
    PartitionIdle, EndOfInput, PartitionsCreated, TopicDeleted, LogDeleted, RollingRestartStarted,
    RollingRestartReached, RollingRestartEnded, RollingRestartCancelled, AimCancelled, SnapshotCreated,
    SnapshotLoaded, SnapshotFetchStarted, SnapshotFetched, MetadataLogStartMoved, InvariantBroken>;

struct Fact
{
    FactNumber number = 0; // running, from 1
    FactNumber cause = 0;  // 0 = nothing earlier: the scenario or a person
    Micros time = 0;       // µs
    FactBody body;
};
static_assert(sizeof(Fact) <= 64);

} // namespace tideline
