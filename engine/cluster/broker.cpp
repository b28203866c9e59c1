// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: its start, and who handles what arrives.
#include "engine/cluster/broker.h"

#include <algorithm>

namespace tideline {

Broker::Broker(BrokerId id, const Topology& topology)
    : id_(id)
    , observer_(Topology::brokerNode(id), topology)
    , sessions_(static_cast<std::size_t>(topology.config.brokers))
    , fetchers_(static_cast<std::size_t>(topology.config.brokers))
{}

void Broker::start(Step step)
{
    ++incarnation_;
    brokerEpoch_ = -1;
    previousEpoch_ = cleanEpoch_;
    processEnded();
    proposals_.clear();
    alterPartitionRetryRuns_ = false;
    loader_.start(step.now);
    image_ = {};
    logConfigs_ = {};
    sessions_.assign(sessions_.size(), {});
    fetchers_.assign(fetchers_.size(), {});
    purgatory_.forgetAll();
    outstanding_.forgetAll();
    coordinator_ = {};
    leaderQuota_ = followerQuota_ = {};
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_.edit(i);
        Replica fresh;
        fresh.partition = replica.partition;
        fresh.log = replica.log;
        fresh.log.truncateTo(fresh.leo()); // an epoch in which nothing was written is forgotten
        fresh.highWatermark =
            std::clamp(replica.checkpointedHighWatermark, fresh.log.startOffset(), fresh.leo());
        fresh.checkpointedHighWatermark = fresh.highWatermark;
        replica = std::move(fresh);
    }
    observer_.start(step);
    armWriteBack(step); // of the operating system, whatever the process does
    step.out.timer(saturatingAdd(step.now, step.topology.config.initialRegistrationTimeout),
                   Timer{TimerKind::RegistrationTimeout, 0, 0});
    armCommunication(lifecycle_.start(step.now), step);
}

void Broker::processEnded()
{
    lifecycle_ = {};
    published_ = false;
}

void Broker::onMessage(const Message& message, const ReplyTo& from, Step step)
{
    if (const auto* produce = message.body.as<ProduceRequest>()) {
        onProduce(*produce, from, step);
    } else if (const auto* fetch = message.body.as<FetchRequest>()) {
        onFetch(*fetch, from, step);
    } else if (const auto* replicaFetch = message.body.as<ReplicaFetchRequest>()) {
        onReplicaFetch(*replicaFetch, from, step);
    } else if (observer_.onMessage(message, step)) {
        takeMetadata(step);
    } else if (auto asked = outstanding_.answered(message.from, message.correlation)) {
        if (const auto* data = message.body.as<ReplicaFetchResponse>())
            onReplicaData(*data, asked->tag.leader, step);
        else if (const auto* altered = message.body.as<AlterPartitionResponse>())
            onAlterPartitionAnswer(*altered, asked->tag, step);
        else if (const auto* heartbeat = message.body.as<BrokerHeartbeatResponse>())
            onHeartbeatAnswer(*heartbeat, message.from, step);
        else if (const auto* registered = message.body.as<RegisterBrokerResponse>())
            onRegistered(*registered, message.from, step);
    } else {
        answerClient(message, from, step);
    }
    finish(step);
}

void Broker::answerClient(const Message& message, const ReplyTo& from, Step step)
{
    if (coordinator_.onMessage(message, from, step))
        return;
    if (message.body.as<ApiVersionsRequest>()) {
        step.out.reply(from, ApiVersionsResponse{});
    } else if (message.body.as<MetadataRequest>()) {
        step.out.reply(from, MetadataResponse{image_});
    } else if (const auto* list = message.body.as<ListOffsetsRequest>()) {
        onListOffsets(*list, from, step);
    } else if (const auto* find = message.body.as<FindCoordinatorRequest>()) {
        const BrokerId leader = image_.partition(step.topology.offsetsPartition(find->group)).leader;
        const ErrorCode error = leader == kNone ? ErrorCode::CoordinatorNotAvailable : ErrorCode::None;
        step.out.reply(from, FindCoordinatorResponse{error, leader});
    }
}

void Broker::onTimer(const Timer& timer, Step step)
{
    switch (timer.kind) {
    case TimerKind::Communication:
        communicate(timer.b, step);
        break;
    case TimerKind::CommunicationRetry:
        retryCommunication(timer.b, step);
        break;
    case TimerKind::RegistrationTimeout:
        if (!lifecycle_.registered()) {
            closeLogs(step);
            step.out.endProcess(ProcessEnd::NotRegistered);
        }
        break;
    case TimerKind::ShutdownTimeout:
        endCleanly(step);
        break;
    case TimerKind::Quorum:
        observer_.onTimer(step);
        takeMetadata(step);
        break;
    case TimerKind::FetchBackoff:
        fetchFrom(static_cast<BrokerId>(timer.a), step);
        break;
    case TimerKind::IsrCheck:
        checkIsr(step);
        break;
    case TimerKind::AlterPartitionRetry:
        alterPartitionRetryRuns_ = false; // finish() sends them
        break;
    case TimerKind::Purgatory:
        expirePurgatory(step);
        break;
    case TimerKind::GroupTimer:
        coordinator_.onTimer(static_cast<GroupIndex>(timer.a), step);
        break;
    case TimerKind::SessionWait: {
        FetchSession& waiting = session(static_cast<BrokerId>(timer.a));
        if (waiting.parked && waiting.waits == timer.b) {
            bool answerAtOnce = false;
            ReplicaFetchResponse response =
                readForFollower(static_cast<BrokerId>(timer.a), answerAtOnce, step);
            chargeLeader(response, step);
            step.out.reply(*waiting.parked, std::move(response));
            waiting.parked.reset();
        }
        break;
    }
    case TimerKind::HighWatermarkCheckpoint:
        checkpointHighWatermarks(step);
        break;
    case TimerKind::ClientTimeout:
        for (const NodeIndex peer : outstanding_.silentPeers(step.now, step.out))
            step.out.close(peer);
        break;
    default:
        onStorageTimer(timer, step);
        break;
    }
    finish(step);
}

void Broker::onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step)
{
    observer_.onConnectionClosed(peer, step);
    for (const auto& request : outstanding_.lost(peer, upTo)) {
        switch (request.tag.what) {
        case Asked::What::Register:
        case Asked::What::Heartbeat:
            onControllerLost(peer, step);
            break;
        case Asked::What::AlterPartition:
            proposeAgain(request.tag.proposals, step);
            break;
        case Asked::What::ReplicaFetch: {
            Fetcher& fetching = fetcher(request.tag.leader);
            fetching.inFlight = false;
            fetching.fullNext = true;
            fetching.notBefore = step.now + step.topology.config.replicaFetchBackoff;
            step.out.timer(fetching.notBefore, Timer{TimerKind::FetchBackoff, request.tag.leader, 0});
            break;
        }
        }
    }
    takeMetadata(step);
    finish(step);
}

// What a step has set going: answers to parked fetches, ISR proposals, the coordinator's writes. Each may set
// going another.
void Broker::finish(Step step)
{
    carryOutWrites(step);
    answerTouchedSessions(step);
    recheckFetches(step);
    sendProposals(step);
}

} // namespace tideline
