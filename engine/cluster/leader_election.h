// SPDX-License-Identifier: GPL-3.0-or-later
// Leader election: which replica leads a partition after something has changed, and what else changes with it
// (KRaft's PartitionChangeBuilder; KIP-455 for reassignments, KIP-966 for eligible leader replicas).
//
// 1. A replica is eligible when it is in the ISR and its broker may lead (registered, not fenced, not
// shutting down); with an empty ISR, when it is in the ELR. The order is that of the assignment, not of the
// ISR.
// 2. Nobody eligible: no leader. Without ELR the last member then stays in the ISR; with ELR the ISR may
// become empty, and the last leader is remembered.
// 3. A leader from outside the ISR and the ELR is unclean: it is the new ISR alone, and it recovers.
// Pure functions; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/cluster/broker_ids.h"

#include <functional>
#include <optional>

namespace tideline {

enum class ElectionKind : std::uint8_t {
    Online,    // the current leader stays if it can, else the first eligible replica
    Preferred, // replicas[0] if it can, else as Online
    Unclean,   // as Online, and if nobody is eligible the first replica whose broker may lead
};

enum class LeaderRecovery : std::uint8_t {
    Recovered,
    Recovering // elected uncleanly, and not yet done with what that means for the log
};

// A partition as the controller knows it, under the names of Kafka's PartitionRegistration.
struct PartitionRegistration
{
    BrokerIds replicas; // in the order of assignment; brokers that are to leave come last
    BrokerIds isr;
    BrokerIds elr; // eligible leader replicas: as good as the ISR while fewer than min ISR are in sync
    BrokerIds lastKnownElr; // the last leader of a partition without one; else empty
    BrokerIds adding;       // of a reassignment that runs
    BrokerIds removing;
    BrokerId leader = kNone;
    LeaderRecovery recovery = LeaderRecovery::Recovered;
    LeaderEpoch leaderEpoch = 0;
    std::int32_t partitionEpoch = 0;
    TIDELINE_FIELDS(PartitionRegistration, replicas, isr, elr, lastKnownElr, adding, removing, leader,
                    recovery, leaderEpoch, partitionEpoch)
};

// What is asked for; what is not set stays as it is.
struct RequestedChange
{
    ElectionKind election = ElectionKind::Online;
    std::optional<BrokerIds> isr;
    std::optional<BrokerIds> replicas;
    std::optional<BrokerIds> adding;
    std::optional<BrokerIds> removing;
    std::optional<LeaderRecovery> recovery;
    BrokerIds uncleanRestarted; // came back without a clean shutdown: no longer eligible
};

struct ElectionRules
{
    bool elr = false;               // eligible.leader.replicas.version = 1
    std::int32_t minIsr = 1;        // min.insync.replicas; only matters with elr
    bool useLastKnownLeader = true; // only matters with elr: elect it when ISR and ELR are empty
};

// Only what is set changes.
struct PartitionChange
{
    std::optional<BrokerId> leader; // set, even to the same broker: the leader epoch grows
    std::optional<BrokerIds> isr;
    std::optional<BrokerIds> elr;
    std::optional<BrokerIds> lastKnownElr;
    std::optional<BrokerIds> replicas;
    std::optional<BrokerIds> adding;
    std::optional<BrokerIds> removing;
    std::optional<LeaderRecovery> recovery;

    bool empty() const
    {
        return !leader && !isr && !elr && !lastKnownElr && !replicas && !adding && !removing && !recovery;
    }
    TIDELINE_FIELDS(PartitionChange, leader, isr, elr, lastKnownElr, replicas, adding, removing, recovery)
};

// Whether a broker may lead.
using MayLead = std::function<bool(BrokerId)>;

// What follows from the request: a reassignment whose new replicas are in sync is completed, the ELR is
// renewed, a leader elected. Empty when nothing changes. The partition has at least one replica.
PartitionChange changePartition(const PartitionRegistration& partition, const RequestedChange& request,
                                const ElectionRules& rules, const MayLead& mayLead);

// Carries a change out; one that is not empty raises the partition epoch.
void apply(PartitionRegistration& partition, const PartitionChange& change);

} // namespace tideline
