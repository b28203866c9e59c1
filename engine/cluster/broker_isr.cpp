// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: the ISR of the partitions that it leads, and its proposals to the controller (KIP-497).
#include "engine/cluster/broker.h"
#include "engine/cluster/high_watermark.h"

#include <algorithm>
#include <utility>

namespace tideline {

namespace {

constexpr Micros kAlterPartitionRetry = 50'000; // source: DefaultAlterPartitionManager of Kafka

AlterPartitionRequest::Part proposalOf(const Replica& replica)
{
    return {replica.partition, replica.leaderEpoch, replica.partitionEpoch, replica.proposedIsr,
            replica.proposedEpochs};
}

} // namespace

// A follower outside the ISR may join it when it has reached the high watermark and the start of this
// leadership, may be in it (high_watermark.h), and nothing that was proposed is undecided.
bool Broker::mayJoinIsr(const Replica& replica, const FollowerProgress& follower) const
{
    return !replica.inMaximalIsr(follower.broker) && replica.proposedIsr.empty() &&
           isIsrEligible(follower, image_) && follower.leo >= replica.highWatermark &&
           follower.leo >= replica.epochStart;
}

// Whoever may join because something else than its fetch has changed does so with its next fetch, which need
// not name the partition: Kafka's leaders look at every partition of the session then.
void Broker::lookAgainAtFollowers(const Replica& replica)
{
    if (replica.role != Replica::Role::Leader || replica.isr.size() > replica.followers.size())
        return;
    for (const FollowerProgress& follower : replica.followers) {
        if (mayJoinIsr(replica, follower))
            session(follower.broker).lookAgain.push_back(replica.partition);
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
            if (!isCaughtUp(replicas_[i], follower, step.wallClock(), limit))
                kept.erase(follower.broker);
        }
        if (kept.size() < replicas_[i].isr.size())
            proposeIsr(replicas_.edit(i), kept);
    }
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

// One request at a time, with all that waits; what has been given up meanwhile is left out. Source:
// DefaultAlterPartitionManager of Kafka.
void Broker::sendProposals(Step step)
{
    if (proposals_.empty() || alterPartitionRetryRuns_)
        return;
    const auto& asked = outstanding_.all();
    if (std::any_of(asked.begin(), asked.end(),
                    [](const auto& request) { return request.tag.what == Asked::What::AlterPartition; }))
        return;
    std::erase_if(proposals_, [this](const auto& proposal) { return !isOpen(proposal); });
    if (proposals_.empty())
        return;
    std::vector<AlterPartitionRequest::Part> proposals = std::exchange(proposals_, {});
    if (observer_.leader() == kNone) {
        proposeAgain(std::move(proposals), step);
        return;
    }
    AlterPartitionRequest request{id_, brokerEpoch_, proposals};
    outstanding_.send(observer_.leader(), std::move(request),
                      Asked{Asked::What::AlterPartition, kNone, std::move(proposals)}, step.now,
                      kControllerTimeout, step.out);
}

bool Broker::isOpen(const AlterPartitionRequest::Part& proposal) const
{
    const Replica* own = replica(proposal.partition);
    return own && own->role == Replica::Role::Leader && own->leaderEpoch == proposal.leaderEpoch &&
           own->partitionEpoch == proposal.partitionEpoch && own->proposedIsr == proposal.isr;
}

void Broker::proposeAgain(std::vector<AlterPartitionRequest::Part> proposals, Step step)
{
    proposals.insert(proposals.end(), proposals_.begin(), proposals_.end());
    proposals_ = std::move(proposals);
    if (!std::exchange(alterPartitionRetryRuns_, true))
        step.out.timer(step.now + kAlterPartitionRetry, Timer{TimerKind::AlterPartitionRetry, 0, 0});
}

// Only an answer that says that the change was not made lets go of it; until then the controller may have
// made it, and the leader counts with the larger ISR of the two. Source: Partition.handleAlterPartitionError
// of Kafka.
void Broker::onAlterPartitionAnswer(const AlterPartitionResponse& response, const Asked& asked, Step step)
{
    if (response.error != ErrorCode::None) {
        proposeAgain(asked.proposals, step);
        return;
    }
    std::vector<AlterPartitionRequest::Part> again;
    for (std::size_t i = 0; i < asked.proposals.size() && i < response.parts.size(); ++i) {
        const AlterPartitionRequest::Part& proposal = asked.proposals[i];
        if (!isOpen(proposal))
            continue; // the metadata log was faster
        Replica* replica = editReplica(proposal.partition);
        switch (response.parts[i].error) {
        case ErrorCode::None:
            replica->isr = proposal.isr;
            replica->partitionEpoch = proposal.partitionEpoch + 1;
            break;
        case ErrorCode::IneligibleReplica:
            break;
        case ErrorCode::NotController:
            again.push_back(proposal);
            continue;
        default: // FENCED_LEADER_EPOCH, INVALID_UPDATE_VERSION: the metadata log will tell
            continue;
        }
        replica->proposedIsr = {};
        replica->proposedEpochs = {};
        advanceHighWatermark(*replica, step);
        lookAgainAtFollowers(*replica);
    }
    if (!again.empty())
        proposeAgain(std::move(again), step);
}

} // namespace tideline
