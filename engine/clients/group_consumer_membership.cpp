// SPDX-License-Identifier: GPL-3.0-or-later
// GroupConsumer: finding the coordinator, joining, syncing, heartbeats, and giving partitions up.
#include "engine/clients/group_consumer.h"

#include "engine/clients/range_assignor.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kJoinExtra = 5'000'000; // a join may take the rebalance timeout and this much more

bool coordinatorGone(ErrorCode error)
{
    return error == ErrorCode::NotCoordinator || error == ErrorCode::CoordinatorNotAvailable ||
           error == ErrorCode::CoordinatorLoadInProgress || error == ErrorCode::NetworkException;
}

} // namespace

void GroupConsumer::findCoordinator(Step step)
{
    for (const auto& request : outstanding_.all()) {
        if (request.tag.what == Asked::What::FindCoordinator)
            return;
    }
    const auto brokers = static_cast<std::uint64_t>(step.topology.config.brokers);
    BrokerId broker = 1 + static_cast<BrokerId>(step.draws.below(brokers));
    for (std::uint64_t i = 0; i < brokers && !metadata_.image().alive(broker); ++i)
        broker = broker % step.topology.config.brokers + 1;
    ask(Topology::brokerNode(broker), FindCoordinatorRequest{group_},
        Asked{Asked::What::FindCoordinator, kNone, {}}, spec(step).requestTimeout, step);
}

void GroupConsumer::join(Step step)
{
    setState(MemberState::Joining, step);
    rejoinWanted_ = false;
    JoinGroupRequest request{group_,
                             index_,
                             memberId_,
                             spec(step).sessionTimeout,
                             spec(step).maxPollInterval,
                             {},
                             rack(step.topology)};
    for (const std::string& topic : spec(step).topics)
        request.topics.push_back(step.topology.topicIndex(topic));
    ask(coordinatorNode(), std::move(request), Asked{Asked::What::Join, kNone, {}},
        spec(step).maxPollInterval + kJoinExtra, step);
}

void GroupConsumer::onJoined(const JoinGroupResponse& response, Step step)
{
    if (state_ != MemberState::Joining)
        return;
    const bool goesOn = response.error == ErrorCode::None || response.error == ErrorCode::MemberIdRequired;
    if (goesOn)
        memberId_ = response.memberId;
    // The answer to something else, meanwhile, has said that it coordinates no longer. Source:
    // AbstractCoordinator.sendSyncGroupRequest of Kafka.
    if (goesOn && coordinator_ == kNone) {
        setState(MemberState::FindingCoordinator, step);
        backOff(step);
        return;
    }
    if (response.error == ErrorCode::MemberIdRequired) {
        join(step);
        return;
    }
    if (response.error != ErrorCode::None) {
        if (response.error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        if (coordinatorGone(response.error))
            coordinator_ = kNone;
        setState(MemberState::FindingCoordinator, step);
        backOff(step);
        return;
    }
    generation_ = response.generation;
    setState(MemberState::Syncing, step);
    SyncGroupRequest request{group_, memberId_, generation_, {}};
    leads_ = response.leader;
    assignedFrom_.clear();
    if (leads_)
        request.assignments = assign(response, step);
    ask(coordinatorNode(), std::move(request), Asked{Asked::What::Sync, kNone, {}},
        spec(step).maxPollInterval + kJoinExtra, step);
}

// The leader's work: the range assignor over what the members subscribe to.
std::vector<MemberAssignment> GroupConsumer::assign(const JoinGroupResponse& response, const Step& step)
{
    assignedFrom_ = subscribed(step);
    std::vector<GroupMember> members;
    AssignableTopics topics;
    for (const JoinGroupResponse::Member& member : response.members) {
        GroupMember subscriber;
        subscriber.id = member.memberId;
        subscriber.rack = member.rack;
        for (const TopicIndex index : member.topics) {
            const std::string& topic = step.topology.topics[static_cast<std::size_t>(index)].name;
            subscriber.topics.push_back(topic);
            const std::size_t partitions = metadata_.partitionsOf(topic).size();
            if (partitions > 0 && !topics.contains(topic))
                topics[topic] = {static_cast<std::int32_t>(partitions), racksOf(topic, step)};
        }
        members.push_back(std::move(subscriber));
    }
    std::vector<MemberAssignment> assignments;
    for (const auto& [memberId, byTopic] : assignRange(members, topics)) {
        MemberAssignment assignment{memberId, {}};
        for (const auto& [topic, partitions] : byTopic) {
            const std::vector<PartitionIndex>& indexes = metadata_.partitionsOf(topic);
            for (const std::int32_t partition : partitions)
                assignment.partitions.push_back(indexes[static_cast<std::size_t>(partition)]);
        }
        assignments.push_back(std::move(assignment));
    }
    return assignments;
}

// By partition, the racks of its replicas' brokers; empty when no broker has one (KIP-881).
std::vector<std::vector<std::string>> GroupConsumer::racksOf(const std::string& topic, const Step& step) const
{
    std::vector<std::vector<std::string>> racks;
    if (step.topology.config.racks.empty())
        return racks;
    for (const PartitionIndex partition : metadata_.partitionsOf(topic)) {
        std::vector<std::string>& own = racks.emplace_back();
        for (const BrokerId broker : metadata_.image().partition(partition).replicas) {
            const control::BrokerRegistration* registered = metadata_.image().brokers.find(broker);
            if (registered && !registered->rack.empty())
                own.push_back(registered->rack);
        }
    }
    return racks;
}

// Partitions of all topics that the group subscribes to, as this member knows them.
std::vector<PartitionIndex> GroupConsumer::subscribed(const Step& step) const
{
    std::vector<PartitionIndex> all;
    for (const std::string& topic : spec(step).topics) {
        const std::vector<PartitionIndex>& own = metadata_.partitionsOf(topic);
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

// Whoever made the assignment sees to it that it still fits the topics; no other member does. Source:
// ConsumerCoordinator.rejoinNeededOrPending of Kafka.
void GroupConsumer::watchSubscription(const Step& step)
{
    if (leads_ && state_ == MemberState::Stable && subscribed(step) != assignedFrom_)
        rejoinWanted_ = true;
}

void GroupConsumer::onSynced(const SyncGroupResponse& response, Step step)
{
    if (state_ != MemberState::Syncing)
        return;
    if (response.error != ErrorCode::None) {
        if (response.error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        if (coordinatorGone(response.error)) {
            coordinator_ = kNone;
            backOff(step);
        }
        setState(MemberState::FindingCoordinator, step);
        return;
    }
    assigned_ = response.partitions;
    std::sort(assigned_.begin(), assigned_.end());
    fetch_.assign(assigned_);
    positionsAsked_ = false;
    lastPoll_ = step.now;
    lastAutoCommit_ = step.now; // the timer restarts at each completed join
    setState(MemberState::Stable, step);
    step.out.fact(PartitionsAssigned{index_, generation_, static_cast<std::int32_t>(assigned_.size())});
    watchSubscription(step);
    if (!heartbeatTimerRuns_) {
        heartbeatTimerRuns_ = true;
        step.out.timer(step.now + spec(step).heartbeatInterval, Timer{TimerKind::MemberHeartbeat, 0, 0});
    }
}

// The background thread: heartbeats while not joining, and an eye on max.poll.interval.ms.
void GroupConsumer::heartbeatTimer(Step step)
{
    step.out.timer(step.now + spec(step).heartbeatInterval, Timer{TimerKind::MemberHeartbeat, 0, 0});
    if (state_ != MemberState::Stable || coordinator_ == kNone || generation_ < 0)
        return;
    if (processing_ != 0 && step.now - lastPoll_ > spec(step).maxPollInterval) {
        ask(coordinatorNode(), LeaveGroupRequest{group_, memberId_}, Asked{Asked::What::Leave, kNone, {}},
            spec(step).requestTimeout, step);
        generation_ = -1; // the next poll finds its partitions lost and joins again
        memberId_.clear();
        rejoinWanted_ = true;
        return;
    }
    for (const auto& request : outstanding_.all()) {
        if (request.tag.what == Asked::What::Heartbeat)
            return;
    }
    ask(coordinatorNode(), HeartbeatRequest{group_, memberId_, generation_},
        Asked{Asked::What::Heartbeat, kNone, {}}, spec(step).requestTimeout, step);
}

void GroupConsumer::onHeartbeat(const HeartbeatResponse& response)
{
    if (state_ != MemberState::Stable)
        return;
    if (response.error == ErrorCode::RebalanceInProgress) {
        rejoinWanted_ = true; // the next poll joins again
    } else if (coordinatorGone(response.error)) {
        coordinator_ = kNone;
    } else if (response.error == ErrorCode::UnknownMemberId ||
               response.error == ErrorCode::IllegalGeneration) {
        if (response.error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        generation_ = -1; // the application finishes what it has in hand; its next poll finds all lost
        rejoinWanted_ = true;
    }
}

// Ownership is already gone: no commit, no orderly giving up.
void GroupConsumer::lose(Step step)
{
    revoke(true, step);
    generation_ = -1;
    setState(MemberState::FindingCoordinator, step);
}

void GroupConsumer::revoke(bool lost, Step step)
{
    if (!assigned_.empty())
        step.out.fact(
            PartitionsRevoked{index_, generation_, static_cast<std::int32_t>(assigned_.size()), lost});
    assigned_.clear();
    fetch_.clear();
    inHand_.clear();
    processing_ = 0;
    waitingForCommit_ = false;
}

void GroupConsumer::prepareRejoin(Step step)
{
    if (generation_ < 0) {
        lose(step);
        return;
    }
    if (spec(step).commit == CommitOrder::Auto && !fetch_.positions().empty()) {
        commit(Asked::Then::Rejoin, step); // waits for the answer, then gives up and joins
        return;
    }
    revoke(false, step);
    setState(MemberState::FindingCoordinator, step);
}

} // namespace tideline
