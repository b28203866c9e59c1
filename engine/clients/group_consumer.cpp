// SPDX-License-Identifier: GPL-3.0-or-later
// GroupConsumer: start and end, who handles what arrives, and what is tried again when.
#include "engine/clients/group_consumer.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kRetryBackoff = 100'000; // retry.backoff.ms

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
    GroupConsumer fresh(index_, group_, number_);
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
    interrupt(step);
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
    interrupt(step);
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
        const std::vector<std::string>& topics = spec(step).topics;
        const bool complete = std::none_of(topics.begin(), topics.end(), [&](const std::string& topic) {
            return metadata->image.partitionsOf(topic).empty();
        });
        metadata_.answered(metadata->image, complete, step.now, spec(step).metadataMaxAge, kRetryBackoff);
        watchSubscription(step);
    } else if (const auto* found = message.body.as<FindCoordinatorResponse>()) {
        if (found->error == ErrorCode::None)
            coordinator_ = found->coordinator;
        else
            backOff(step);
    } else if (const auto* joined = message.body.as<JoinGroupResponse>()) {
        onJoined(*joined, step);
    } else if (const auto* synced = message.body.as<SyncGroupResponse>()) {
        onSynced(*synced, step);
    } else if (const auto* heartbeat = message.body.as<HeartbeatResponse>()) {
        onHeartbeat(*heartbeat);
    } else if (const auto* committed = message.body.as<OffsetCommitResponse>()) {
        onCommitted(committed, asked->tag.then, step);
    } else if (const auto* offsets = message.body.as<OffsetFetchResponse>()) {
        onCommittedOffsets(*offsets, step);
    } else if (const auto* listed = message.body.as<ListOffsetsResponse>()) {
        onListedOffsets(*listed, step);
    } else if (const auto* data = message.body.as<FetchResponse>()) {
        if (fetch_.onResponse(asked->tag.broker, *data, step.now + spec(step).metadataMaxAge)) {
            metadata_.wantUpdate();
            wakeAt(step.now + kRetryBackoff, step);
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
        if (timer.a == wakeAt_)
            wakeAt_ = kNever;
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
        backOff(step); // and nothing now: the same broker would refuse at once
}

void GroupConsumer::wakeAt(Micros at, Step step)
{
    if (wakeAt_ <= at)
        return;
    wakeAt_ = at;
    step.out.timer(at, Timer{TimerKind::ClientRetry, at, 0});
}

void GroupConsumer::backOff(Step step)
{
    backOffUntil_ = step.now + kRetryBackoff;
    wakeAt(backOffUntil_, step);
}

void GroupConsumer::askForMetadata(Step step)
{
    if (const auto broker = metadata_.due(step.now, step.topology)) {
        metadata_.asked();
        ask(Topology::brokerNode(*broker), MetadataRequest{}, Asked{Asked::What::Metadata, kNone, {}},
            spec(step).requestTimeout, step);
    } else if (metadata_.nextTry() != kNever && metadata_.nextTry() > step.now) {
        wakeAt(metadata_.nextTry(), step);
    }
}

// Does whatever can be done next.
void GroupConsumer::advance(Step step)
{
    if (state_ == MemberState::Stopped || state_ == MemberState::Crashed)
        return;
    askForMetadata(step);
    if (backingOff(step))
        wakeAt(backOffUntil_, step);
    if (!metadata_.known())
        return;
    if (coordinator_ == kNone) {
        if (!backingOff(step))
            findCoordinator(step);
        if (state_ != MemberState::Stable)
            return;
    }
    if (state_ == MemberState::FindingCoordinator) {
        if (coordinator_ != kNone && !backingOff(step))
            join(step);
    } else if (state_ == MemberState::Stable) {
        poll(step);
    }
}

} // namespace tideline
