// SPDX-License-Identifier: GPL-3.0-or-later
// Alter a partition: the leader proposes another ISR (KIP-497, KIP-841, KIP-903).
//
// Judged in this order: the sender's epoch; the topic and partition exist; the leader epoch and the partition
// epoch are not from the future (NOT_CONTROLLER: this controller may be the one that is behind); the leader
// epoch is current (FENCED_LEADER_EPOCH); the sender leads; the partition epoch is current
// (INVALID_UPDATE_VERSION); the ISR holds replicas, each once, and the leader; a leader that recovers from an
// unclean election is alone, and nobody begins to recover (INVALID_REQUEST); every member is active under the
// epoch that is named, -1 naming none (INELIGIBLE_REPLICA).
// Accepting may finish a reassignment, and with it move the leader: then the change is made, and
// NEW_LEADER_ELECTED answered. Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

#include <vector>

namespace tideline::control {

struct ProposedIsrMember
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = -1; // as the leader knows it; -1: it does not
    TIDELINE_FIELDS(ProposedIsrMember, broker, brokerEpoch)
};

struct AlterPartitionRequest
{
    BrokerId broker = 0; // who asks: the leader
    std::int64_t brokerEpoch = 0;
    TopicIndex topic = kNone;
    std::int32_t number = 0; // of the partition within the topic
    LeaderEpoch leaderEpoch = 0;
    std::int32_t partitionEpoch = 0;
    std::vector<ProposedIsrMember> isr;
    LeaderRecovery recovery = LeaderRecovery::Recovered;
    TIDELINE_FIELDS(AlterPartitionRequest, broker, brokerEpoch, topic, number, leaderEpoch, partitionEpoch,
                    isr, recovery)
};

// The partition as it is after an accepted change.
Decision<PartitionRegistration> alterPartition(const ClusterControl& control,
                                               const AlterPartitionRequest& request);

} // namespace tideline::control
