// SPDX-License-Identifier: GPL-3.0-or-later
// GroupConsumer: finding the coordinator, joining, syncing, heartbeats, and giving partitions up.
#include "engine/clients/group_consumer.h"

#include "engine/clients/range_assignor.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kRetryBackoff = 100'000; // retry.backoff.ms
constexpr Micros kJoinExtra = 5'000'000;  // a join may take the rebalance timeout and this much more
constexpr Micros kMetadataMaxAge = 300'000'000;

bool coordinatorGone(ErrorCode error)
{
    return error == ErrorCode::NotCoordinator || error == ErrorCode::CoordinatorNotAvailable ||
           error == ErrorCode::CoordinatorLoadInProgress || error == ErrorCode::NetworkException;
}

} // namespace

const GroupSpec& GroupConsumer::spec(const Step& step) const
{
    return step.topology.scenario->groups[static_cast<std::size_t>(group_)];
}

void GroupConsumer::setState(MemberState state, Step step)
{
    state_ = state;
    since_ = step.now;
}

void GroupConsumer::ask(NodeIndex node, MessageBody body, Asked asked, Micros timeout, Step step)
{
    outstanding_.send(node, std::move(body), asked, step.now, timeout, step.out);
}

void GroupConsumer::start(Step step)
{
    GroupConsumer fresh(index_, group_);
    fresh.outstanding_ = outstanding_; // numbers are not used twice
    fresh.outstanding_.forgetAll();
    fresh.processingCount_ = processingCount_;
    *this = fresh;
    setState(MemberState::FindingCoordinator, step);
    step.out.fact(MemberStarted{index_});
    advance(step);
}

void GroupConsumer::stop(Step step)
{
    if (spec(step).commit == CommitOrder::Auto && generation_ >= 0 && !assigned_.empty())
        commit(Asked::Then::Nothing, step);
    if (coordinator_ != kNone && !memberId_.empty())
        ask(coordinatorNode(), LeaveGroupRequest{group_, memberId_}, Asked{Asked::What::Leave, kNone, {}},
            spec(step).requestTimeout, step);
    revoke(false, step);
    setState(MemberState::Stopped, step);
    step.out.fact(MemberStopped{index_});
}

void GroupConsumer::crash(Step step)
{
    if (processing_ != 0 && spec(step).processing > 0)
        deliver((step.now - processingSince_) / spec(step).processing, step);
    inHand_.clear();
    processing_ = 0;
    assigned_.clear();
    fetch_.clear();
    setState(MemberState::Crashed, step);
    step.out.fact(MemberCrashed{index_});
}

void GroupConsumer::onMessage(const Message& message, Step step)
{
    const auto asked = outstanding_.answered(message.from, message.correlation);
    if (!asked)
        return;
    if (const auto* metadata = message.body.as<MetadataResponse>()) {
        const TopicIndex topic = step.topology.topicIndex(spec(step).topics.front());
        const PartitionIndex first = step.topology.topics[static_cast<std::size_t>(topic)].firstPartition;
        const bool complete = metadata->image.partition(first).leaderEpoch >= 0;
        metadata_.answered(metadata->image, complete, step.now, kMetadataMaxAge, kRetryBackoff);
    } else if (const auto* found = message.body.as<FindCoordinatorResponse>()) {
        if (found->error == ErrorCode::None)
            coordinator_ = found->coordinator;
        else
            retryLater(step);
    } else if (const auto* joined = message.body.as<JoinGroupResponse>()) {
        onJoined(*joined, step);
    } else if (const auto* synced = message.body.as<SyncGroupResponse>()) {
        onSynced(*synced, step);
    } else if (const auto* heartbeat = message.body.as<HeartbeatResponse>()) {
        onHeartbeat(*heartbeat, step);
    } else if (const auto* committed = message.body.as<OffsetCommitResponse>()) {
        onCommitted(committed, asked->tag.then, step);
    } else if (const auto* offsets = message.body.as<OffsetFetchResponse>()) {
        onCommittedOffsets(*offsets, step);
    } else if (const auto* listed = message.body.as<ListOffsetsResponse>()) {
        onListedOffsets(*listed, step);
    } else if (const auto* data = message.body.as<FetchResponse>()) {
        if (fetch_.onResponse(asked->tag.broker, *data)) {
            metadata_.wantUpdate();
            retryLater(step);
            askForMetadata(step);
            return; // asked again at once, the same broker would say the same
        }
    }
    advance(step);
}

void GroupConsumer::onTimer(const Timer& timer, Step step)
{
    if (timer.kind == TimerKind::MemberHeartbeat) {
        heartbeatTimer(step);
    } else if (timer.kind == TimerKind::Processing) {
        if (timer.a == processing_)
            processed(step);
    } else if (timer.kind == TimerKind::ClientTimeout) {
        for (const NodeIndex peer : outstanding_.silentPeers(step.now, step.out))
            step.out.close(peer);
    } else if (timer.kind == TimerKind::ClientRetry) {
        if (timer.a == retryAt_)
            retryAt_ = kNever;
    }
    advance(step);
}

void GroupConsumer::onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step)
{
    const auto lost = outstanding_.lost(peer, upTo);
    for (const auto& request : lost) {
        switch (request.tag.what) {
        case Asked::What::Metadata:
            metadata_.lost(step.now, kRetryBackoff);
            break;
        case Asked::What::Fetch:
            fetch_.onLost(request.tag.broker);
            metadata_.wantUpdate();
            break;
        case Asked::What::Commit:
            onCommitted(nullptr, request.tag.then, step);
            break;
        case Asked::What::OffsetFetch:
        case Asked::What::ListOffsets:
            positionsAsked_ = false;
            metadata_.wantUpdate();
            break;
        case Asked::What::Join:
        case Asked::What::Sync:
            coordinator_ = kNone;
            setState(MemberState::FindingCoordinator, step);
            break;
        case Asked::What::Heartbeat:
            coordinator_ = kNone;
            break;
        case Asked::What::FindCoordinator:
        case Asked::What::Leave:
            break;
        }
    }
    if (!lost.empty())
        retryLater(step);
}

void GroupConsumer::retryLater(Step step)
{
    if (retryAt_ != kNever)
        return;
    retryAt_ = step.now + kRetryBackoff;
    step.out.timer(retryAt_, Timer{TimerKind::ClientRetry, retryAt_, 0});
}

void GroupConsumer::askForMetadata(Step step)
{
    if (const auto broker = metadata_.due(step.now, step.topology)) {
        metadata_.asked();
        ask(Topology::brokerNode(*broker), MetadataRequest{}, Asked{Asked::What::Metadata, kNone, {}},
            spec(step).requestTimeout, step);
    } else if (metadata_.nextTry() != kNever && metadata_.nextTry() > step.now && retryAt_ == kNever) {
        retryAt_ = metadata_.nextTry();
        step.out.timer(retryAt_, Timer{TimerKind::ClientRetry, retryAt_, 0});
    }
}

// Does whatever can be done next. While a retry is due later, nothing is asked.
void GroupConsumer::advance(Step step)
{
    if (state_ == MemberState::Stopped || state_ == MemberState::Crashed)
        return;
    askForMetadata(step);
    if (!metadata_.known())
        return;
    const bool backingOff = retryAt_ != kNever && retryAt_ <= step.now + kRetryBackoff;
    if (coordinator_ == kNone) {
        if (!backingOff)
            findCoordinator(step);
        if (state_ != MemberState::Stable)
            return;
    }
    if (state_ == MemberState::FindingCoordinator) {
        if (coordinator_ != kNone && !backingOff)
            join(step);
    } else if (state_ == MemberState::Stable) {
        poll(step);
    }
}

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
    JoinGroupRequest request{group_, index_, memberId_, spec(step).sessionTimeout, spec(step).maxPollInterval,
                             {}};
    for (const std::string& topic : spec(step).topics)
        request.topics.push_back(step.topology.topicIndex(topic));
    ask(coordinatorNode(), std::move(request), Asked{Asked::What::Join, kNone, {}},
        spec(step).maxPollInterval + kJoinExtra, step);
}

void GroupConsumer::onJoined(const JoinGroupResponse& response, Step step)
{
    if (state_ != MemberState::Joining)
        return;
    if (response.error == ErrorCode::MemberIdRequired) {
        memberId_ = response.memberId;
        join(step);
        return;
    }
    if (response.error != ErrorCode::None) {
        if (response.error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        if (coordinatorGone(response.error))
            coordinator_ = kNone;
        setState(MemberState::FindingCoordinator, step);
        retryLater(step);
        return;
    }
    memberId_ = response.memberId;
    generation_ = response.generation;
    setState(MemberState::Syncing, step);
    SyncGroupRequest request{group_, memberId_, generation_, {}};
    if (response.leader)
        request.assignments = assign(response, step);
    ask(coordinatorNode(), std::move(request), Asked{Asked::What::Sync, kNone, {}},
        spec(step).maxPollInterval + kJoinExtra, step);
}

// The leader's work: the range assignor over what the members subscribe to.
std::vector<MemberAssignment> GroupConsumer::assign(const JoinGroupResponse& response, const Step& step) const
{
    std::vector<GroupMember> members;
    AssignableTopics topics;
    for (const JoinGroupResponse::Member& member : response.members) {
        GroupMember subscriber;
        subscriber.id = member.memberId;
        for (const TopicIndex index : member.topics) {
            const TopicLayout& topic = step.topology.topics[static_cast<std::size_t>(index)];
            subscriber.topics.push_back(topic.name);
            topics[topic.name].partitionCount = topic.partitions;
        }
        members.push_back(std::move(subscriber));
    }
    std::vector<MemberAssignment> assignments;
    for (const auto& [memberId, byTopic] : assignRange(members, topics)) {
        MemberAssignment assignment{memberId, {}};
        for (const auto& [topic, partitions] : byTopic) {
            const PartitionIndex first =
                step.topology.topics[static_cast<std::size_t>(step.topology.topicIndex(topic))]
                    .firstPartition;
            for (const std::int32_t partition : partitions)
                assignment.partitions.push_back(first + partition);
        }
        assignments.push_back(std::move(assignment));
    }
    return assignments;
}

void GroupConsumer::onSynced(const SyncGroupResponse& response, Step step)
{
    if (state_ != MemberState::Syncing)
        return;
    if (response.error != ErrorCode::None) {
        if (response.error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        if (coordinatorGone(response.error))
            coordinator_ = kNone;
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
    if (!heartbeatTimerRuns_) {
        heartbeatTimerRuns_ = true;
        step.out.timer(step.now + spec(step).heartbeatInterval, Timer{TimerKind::MemberHeartbeat, 0, 0});
    }
}

// The background thread: heartbeats while not joining, and an eye on max.poll.interval.ms.
void GroupConsumer::heartbeatTimer(Step step)
{
    step.out.timer(step.now + spec(step).heartbeatInterval, Timer{TimerKind::MemberHeartbeat, 0, 0});
    if (state_ != MemberState::Stable || coordinator_ == kNone)
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

void GroupConsumer::onHeartbeat(const HeartbeatResponse& response, Step step)
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
        lose(step);
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
