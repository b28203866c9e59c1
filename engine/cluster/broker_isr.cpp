// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: the ISR of the partitions that it leads, and its proposals to the controller (KIP-497).
#include "engine/cluster/broker.h"
#include "engine/cluster/high_watermark.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kAlterPartitionRetry = 50'000; // source: DefaultAlterPartitionManager of Kafka

AlterPartitionRequest::Part proposalOf(const Replica& replica)
{
    return {replica.partition, replica.leaderEpoch, replica.partitionEpoch, replica.proposedIsr,
            replica.proposedEpochs};
}

} // namespace

// Followers that a fetch session does not name, because nothing is new for them, may still have become
// eligible.
void Broker::expandIsrs()
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].role != Replica::Role::Leader ||
            replicas_[i].isr.size() > replicas_[i].followers.size())
            continue;
        Replica& replica = replicas_.edit(i);
        for (const FollowerProgress& follower : replica.followers) {
            if (follower.leo == replica.leo()) // else it speaks for itself with its next fetch, if it lives
                maybeExpandIsr(replica, follower);
        }
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
    replica.proposedIsr = isr.sorted(); // as Kafka's leaders send it
    replica.proposedEpochs = brokerEpochsOf(replica, replica.proposedIsr);
    proposals_.push_back(proposalOf(replica));
}

// So that the controller takes in nobody whose broker has been started anew since (KIP-903). Source:
// Partition.addBrokerEpochToIsr of Kafka.
std::vector<std::int64_t> Broker::brokerEpochsOf(const Replica& replica, const BrokerIds& isr) const
{
    std::vector<std::int64_t> epochs;
    for (const BrokerId member : isr) {
        std::int64_t epoch = member == id_ ? brokerEpoch_ : -1;
        for (const FollowerProgress& follower : replica.followers) {
            if (follower.broker == member)
                epoch = follower.brokerEpoch;
        }
        epochs.push_back(epoch);
    }
    return epochs;
}

void Broker::sendProposals(Step step)
{
    if (proposals_.empty())
        return;
    AlterPartitionRequest request{id_, brokerEpoch_, proposals_};
    Asked asked{Asked::What::AlterPartition, kNone, std::move(proposals_)};
    proposals_.clear();
    if (observer_.leader() == kNone)
        onAlterPartitionAnswer(nullptr, asked, step); // as good as lost
    else
        outstanding_.send(observer_.leader(), std::move(request), std::move(asked), step.now,
                          kControllerTimeout, step.out);
}

// No response: the request was lost. Only an answer that says that the change was not made lets go of it;
// until then the controller may have made it, and the leader counts with the larger ISR of the two. Source:
// Partition.handleAlterPartitionError of Kafka.
void Broker::onAlterPartitionAnswer(const AlterPartitionResponse* response, const Asked& asked, Step step)
{
    bool again = !response || response->error != ErrorCode::None;
    for (std::size_t i = 0; !again && i < asked.proposals.size() && i < response->parts.size(); ++i) {
        const AlterPartitionRequest::Part& proposal = asked.proposals[i];
        Replica* replica = editReplica(proposal.partition);
        if (!replica || replica->role != Replica::Role::Leader ||
            replica->leaderEpoch != proposal.leaderEpoch ||
            replica->partitionEpoch != proposal.partitionEpoch)
            continue; // the metadata log was faster
        const ErrorCode error = response->parts[i].error;
        again = again || error == ErrorCode::NotController;
        if (error == ErrorCode::None) {
            replica->isr = proposal.isr;
            replica->partitionEpoch = proposal.partitionEpoch + 1;
        } else if (error != ErrorCode::IneligibleReplica) {
            continue; // FENCED_LEADER_EPOCH, INVALID_UPDATE_VERSION: the metadata log will tell
        }
        replica->proposedIsr = {};
        replica->proposedEpochs = {};
        advanceHighWatermark(*replica, step);
    }
    if (again && !alterPartitionRetryRuns_) {
        alterPartitionRetryRuns_ = true;
        step.out.timer(step.now + kAlterPartitionRetry, Timer{TimerKind::AlterPartitionRetry, 0, 0});
    }
}

// Whatever has been proposed and is not under way is proposed again, as it was.
void Broker::retryProposals()
{
    alterPartitionRetryRuns_ = false;
    const auto underWay = [this](PartitionIndex partition) {
        return std::any_of(outstanding_.all().begin(), outstanding_.all().end(), [=](const auto& request) {
            return std::any_of(request.tag.proposals.begin(), request.tag.proposals.end(),
                               [=](const auto& proposal) { return proposal.partition == partition; });
        });
    };
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        const Replica& replica = replicas_[i];
        if (replica.role == Replica::Role::Leader && !replica.proposedIsr.empty() &&
            !underWay(replica.partition))
            proposals_.push_back(proposalOf(replica));
    }
}

} // namespace tideline
