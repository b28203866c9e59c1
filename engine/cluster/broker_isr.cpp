// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: the ISR of the partitions that it leads, and its proposals to the controller (KIP-497).
#include "engine/cluster/broker.h"
#include "engine/cluster/high_watermark.h"

namespace tideline {

// Followers that a fetch session does not name, because nothing is new for them, may still have become
// eligible.
void Broker::expandIsrs()
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].role != Replica::Role::Leader ||
            replicas_[i].isr.size() > replicas_[i].followers.size())
            continue;
        Replica& replica = replicas_.edit(i);
        for (const FollowerProgress& follower : replica.followers)
            maybeExpandIsr(replica, follower);
    }
}

// Every half replica.lag.time.max.ms: followers that have not caught up for longer than that leave the ISR.
void Broker::checkIsr(Step step)
{
    const Micros limit = step.topology.config.replicaLagTimeMax;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].role != Replica::Role::Leader || replicas_[i].isr.size() < 2 ||
            !replicas_[i].proposedIsr.empty())
            continue;
        BrokerIds kept = replicas_[i].isr;
        for (const FollowerProgress& follower : replicas_[i].followers) {
            if (!isCaughtUp(replicas_[i], follower, step.now, limit))
                kept.erase(follower.broker);
        }
        if (kept.size() < replicas_[i].isr.size())
            proposeIsr(replicas_.edit(i), kept);
    }
    expandIsrs();
    step.out.timer(step.now + limit / 2, Timer{TimerKind::IsrCheck, 0, 0});
}

void Broker::proposeIsr(Replica& replica, const BrokerIds& isr)
{
    replica.proposedIsr = isr;
    proposals_.push_back({replica.partition, replica.leaderEpoch, replica.partitionEpoch, isr});
}

void Broker::sendProposals(Step step)
{
    if (proposals_.empty())
        return;
    AlterPartitionRequest request{id_, brokerEpoch_, proposals_};
    outstanding_.send(step.topology.controllerNode(), std::move(request),
                      Asked{Asked::What::AlterPartition, kNone, std::move(proposals_)}, step.now,
                      kControllerTimeout, step.out);
    proposals_.clear();
}

// No response: the request was lost, and what it proposed is open again.
void Broker::onAlterPartitionAnswer(const AlterPartitionResponse* response, const Asked& asked, Step step)
{
    for (std::size_t i = 0; i < asked.proposals.size(); ++i) {
        const AlterPartitionRequest::Part& proposal = asked.proposals[i];
        Replica* replica = editReplica(proposal.partition);
        if (!replica || replica->role != Replica::Role::Leader ||
            replica->leaderEpoch != proposal.leaderEpoch ||
            replica->partitionEpoch != proposal.partitionEpoch)
            continue; // the metadata log was faster
        replica->proposedIsr = {};
        if (response && i < response->parts.size() && response->parts[i].error == ErrorCode::None) {
            replica->isr = proposal.isr;
            replica->partitionEpoch = proposal.partitionEpoch + 1;
        }
        advanceHighWatermark(*replica, step);
    }
}

} // namespace tideline
