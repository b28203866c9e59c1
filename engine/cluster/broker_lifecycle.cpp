// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: start, registration, heartbeats, and who handles what arrives.
#include "engine/cluster/broker.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kRegistrationBackoff = 100'000;       // between two tries to register
constexpr Micros kHeartbeatRetry = 100'000;            // when there was no controller to send it to
constexpr Micros kHighWatermarkCheckpoint = 5'000'000; // replica.high.watermark.checkpoint.interval.ms

// What a heartbeat waits for its answer: so that another one fits into the session. Source: KAFKA-14392.
Micros heartbeatTimeout(const Step& step)
{
    return step.topology.config.brokerSessionTimeout / 2;
}

} // namespace

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
    shuttingDown_ = false;
    heartbeatTimerRuns_ = false;
    heartbeatRetryRuns_ = false;
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
    registerWithController(step);
    step.out.timer(step.now + step.topology.config.replicaLagTimeMax / 2, Timer{TimerKind::IsrCheck, 0, 0});
    step.out.timer(step.now + kHighWatermarkCheckpoint, Timer{TimerKind::HighWatermarkCheckpoint, 0, 0});
    armStorageTimers(step);
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
            onAlterPartitionAnswer(altered, asked->tag, step);
        else if (const auto* heartbeat = message.body.as<BrokerHeartbeatResponse>())
            onHeartbeatAnswer(*heartbeat, step);
        else if (const auto* registered = message.body.as<RegisterBrokerResponse>())
            onRegistered(*registered, step);
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
    case TimerKind::BrokerHeartbeat:
        sendHeartbeat(step);
        break;
    case TimerKind::BrokerRegister:
        registerWithController(step);
        break;
    case TimerKind::HeartbeatRetry:
        heartbeatRetryRuns_ = false;
        askController(step);
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
        retryProposals();
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
            step.out.reply(*waiting.parked, std::move(response));
            waiting.parked.reset();
        }
        break;
    }
    case TimerKind::HighWatermarkCheckpoint:
        haltIfUnwritable(step);
        for (std::size_t i = 0; i < replicas_.size(); ++i) {
            if (replicas_[i].checkpointedHighWatermark != replicas_[i].highWatermark)
                replicas_.edit(i).checkpointedHighWatermark = replicas_[i].highWatermark;
        }
        step.out.timer(step.now + kHighWatermarkCheckpoint, Timer{TimerKind::HighWatermarkCheckpoint, 0, 0});
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
    for (const auto& request : outstanding_.lost(peer, upTo)) {
        switch (request.tag.what) {
        case Asked::What::Register:
            step.out.timer(step.now + kRegistrationBackoff, Timer{TimerKind::BrokerRegister, 0, 0});
            break;
        case Asked::What::Heartbeat:
            break; // the next one is on its way
        case Asked::What::AlterPartition:
            onAlterPartitionAnswer(nullptr, request.tag, step);
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

void Broker::registerWithController(Step step)
{
    if (observer_.leader() == kNone) {
        step.out.timer(step.now + kRegistrationBackoff, Timer{TimerKind::BrokerRegister, 0, 0});
        return;
    }
    outstanding_.send(observer_.leader(),
                      RegisterBrokerRequest{id_, incarnation_, cleanEpoch_, step.topology.config.rackOf(id_)},
                      Asked{Asked::What::Register, kNone, {}}, step.now, heartbeatTimeout(step), step.out);
}

void Broker::onRegistered(const RegisterBrokerResponse& response, Step step)
{
    if (response.error != ErrorCode::None) {
        step.out.timer(step.now + kRegistrationBackoff, Timer{TimerKind::BrokerRegister, 0, 0});
        return;
    }
    brokerEpoch_ = response.brokerEpoch;
    cleanEpoch_ = -1; // from now on only another clean stop makes it clean
    takeMetadata(step);
}

// Caught up to its own registration: now it knows what has been moved or deleted while it was away, leads and
// follows as the metadata say, and asks to be unfenced. Before, it may still stand there as the leader or in
// the ISR with what its disk has lost since. Source: BrokerServer.startup of Kafka, which publishes no
// metadata until then.
void Broker::startHeartbeats(Step step)
{
    heartbeatTimerRuns_ = true;
    dropStrayReplicas(step);
    for (PartitionIndex partition = 0; partition < image_.topics.nextPartition(); ++partition)
        applyPartition(partition, step);
    for (BrokerId leader = 1; leader <= step.topology.config.brokers; ++leader)
        fetchFrom(leader, step);
    sendHeartbeat(step);
}

void Broker::sendHeartbeat(Step step)
{
    step.out.timer(step.now + step.topology.config.brokerHeartbeatInterval,
                   Timer{TimerKind::BrokerHeartbeat, 0, 0});
    // One at a time: while an answer is missing none is sent. Source: BrokerLifecycleManager of Kafka.
    const auto& asked = outstanding_.all();
    if (std::none_of(asked.begin(), asked.end(),
                     [](const auto& request) { return request.tag.what == Asked::What::Heartbeat; }))
        askController(step);
}

void Broker::askController(Step step)
{
    if (observer_.leader() == kNone) {
        retryHeartbeat(step);
        return;
    }
    outstanding_.send(observer_.leader(),
                      BrokerHeartbeatRequest{id_, brokerEpoch_, image_.offset - 1, shuttingDown_},
                      Asked{Asked::What::Heartbeat, kNone, {}}, step.now, heartbeatTimeout(step), step.out);
}

void Broker::retryHeartbeat(Step step)
{
    if (heartbeatRetryRuns_)
        return;
    heartbeatRetryRuns_ = true;
    step.out.timer(step.now + kHeartbeatRetry, Timer{TimerKind::HeartbeatRetry, 0, 0});
}

void Broker::onHeartbeatAnswer(const BrokerHeartbeatResponse& response, Step step)
{
    if (response.error == ErrorCode::NotController)
        retryHeartbeat(step);
    else if (response.error == ErrorCode::StaleBrokerEpoch ||
             response.error == ErrorCode::BrokerIdNotRegistered)
        registerWithController(step);
    else if (shuttingDown_ && response.shouldShutDown)
        endCleanly(step);
}

// Asks the controller, which moves the leaderships first. Source: KIP-631, BrokerLifecycleManager of Kafka.
void Broker::shutDown(Step step)
{
    shuttingDown_ = true;
    if (brokerEpoch_ < 0)
        endCleanly(step); // not registered: nobody counts on it
    else
        askController(step);
    finish(step);
}

void Broker::endCleanly(Step step)
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_.edit(i);
        replica.checkpointedHighWatermark = replica.highWatermark;
        replica.log.flush(step.wallTime());
    }
    cleanEpoch_ = brokerEpoch_;
    step.out.endProcess();
}

} // namespace tideline
