// SPDX-License-Identifier: GPL-3.0-or-later
// Elect leaders: on request (KIP-460), and by the two jobs of the controller.
//
// 1. A preferred election makes replicas[0] lead if it is in sync; it is not needed when it leads already. An
// unclean one finds a leader outside the ISR when no other can; it is not needed while somebody leads.
// 2. The balance job (auto.leader.rebalance.enable) holds a preferred election wherever replicas[0] does not
// lead; the unclean job an unclean one wherever nobody leads and the topic allows it. Each writes at most
// kMaxElectionsPerRun records a run and says whether it should run again at once.
// Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/decision.h"

#include <cstddef>
#include <string>

namespace tideline::control {

inline constexpr std::size_t kMaxElectionsPerRun = 1000;

struct ElectLeaderRequest
{
    std::string topic;
    std::int32_t number = 0;                         // of the partition within the topic
    ElectionKind election = ElectionKind::Preferred; // Preferred or Unclean
    TIDELINE_FIELDS(ElectLeaderRequest, topic, number, election)
};

// UNKNOWN_TOPIC_OR_PARTITION, ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE,
// ELIGIBLE_LEADERS_NOT_AVAILABLE.
Decision<Done> electLeader(const ClusterControl& control, const ElectLeaderRequest& request);

struct MoreElections
{
    bool more = false;
};

Decision<MoreElections> balanceLeaders(const ClusterControl& control,
                                       std::size_t maxElections = kMaxElectionsPerRun);
Decision<MoreElections> electUncleanLeaders(const ClusterControl& control,
                                            std::size_t maxElections = kMaxElectionsPerRun);

} // namespace tideline::control
