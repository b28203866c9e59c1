// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: registration, heartbeats, following the metadata log, and the ISR of what it leads.
#include "engine/cluster/broker.h"

#include "engine/cluster/high_watermark.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kControllerTimeout = 30'000'000;    // request.timeout.ms of the broker's channel to the controller
constexpr Micros kRegistrationBackoff = 100'000;     // between two tries to register
constexpr Micros kMetadataRetry = 100'000;           // after a lost metadata fetch
constexpr Micros kHighWatermarkCheckpoint = 5'000'000; // replica.high.watermark.checkpoint.interval.ms

} // namespace

Broker::Broker(BrokerId id, const Topology& topology)
    : id_(id), sessions_(static_cast<std::size_t>(topology.config.brokers)),
      fetchers_(static_cast<std::size_t>(topology.config.brokers))
{
}

const Replica* Broker::replica(PartitionIndex partition) const
{
    const std::int32_t* slot = slots_.find(static_cast<std::uint64_t>(partition));
    return slot ? &replicas_[static_cast<std::size_t>(*slot)] : nullptr;
}

Replica* Broker::editReplica(PartitionIndex partition)
{
    const std::int32_t* slot = slots_.find(static_cast<std::uint64_t>(partition));
    return slot ? &replicas_.edit(static_cast<std::size_t>(*slot)) : nullptr;
}

void Broker::start(Step step)
{
    ++incarnation_;
    brokerEpoch_ = -1;
    fenced_ = true;
    heartbeatTimerRuns_ = false;
    image_ = emptyImage(step.topology.config.brokers, step.topology.partitionCount());
    sessions_.assign(sessions_.size(), {});
    fetchers_.assign(fetchers_.size(), {});
    purgatory_.forgetAll();
    outstanding_.forgetAll();
    coordinator_ = {};
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_.edit(i);
        Replica fresh;
        fresh.partition = replica.partition;
        fresh.log = replica.log;
        fresh.highWatermark = std::min(replica.checkpointedHighWatermark, replica.leo());
        fresh.checkpointedHighWatermark = fresh.highWatermark;
        replica = std::move(fresh);
    }
    registerWithController(step);
    step.out.timer(step.now + step.topology.config.replicaLagTimeMax / 2, Timer{TimerKind::IsrCheck, 0, 0});
    step.out.timer(step.now + kHighWatermarkCheckpoint, Timer{TimerKind::HighWatermarkCheckpoint, 0, 0});
}

void Broker::onMessage(const Message& message, const ReplyTo& from, Step step)
{
    if (const auto* produce = std::get_if<ProduceRequest>(&message.body)) {
        onProduce(*produce, from, step);
    } else if (const auto* fetch = std::get_if<FetchRequest>(&message.body)) {
        onFetch(*fetch, from, step);
    } else if (const auto* replicaFetch = std::get_if<ReplicaFetchRequest>(&message.body)) {
        onReplicaFetch(*replicaFetch, from, step);
    } else if (auto asked = outstanding_.answered(message.from, message.correlation)) {
        if (const auto* data = std::get_if<ReplicaFetchResponse>(&message.body))
            onReplicaData(*data, asked->tag.leader, step);
        else if (const auto* metadata = std::get_if<MetadataFetchResponse>(&message.body))
            onMetadata(*metadata, step);
        else if (const auto* altered = std::get_if<AlterPartitionResponse>(&message.body))
            onAlterPartitionAnswer(altered, asked->tag, step);
        else if (const auto* heartbeat = std::get_if<BrokerHeartbeatResponse>(&message.body))
            onHeartbeatAnswer(*heartbeat, step);
        else if (const auto* registered = std::get_if<RegisterBrokerResponse>(&message.body))
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
    if (std::holds_alternative<MetadataRequest>(message.body)) {
        step.out.reply(from, MetadataResponse{image_});
    } else if (const auto* list = std::get_if<ListOffsetsRequest>(&message.body)) {
        onListOffsets(*list, from, step);
    } else if (const auto* find = std::get_if<FindCoordinatorRequest>(&message.body)) {
        const BrokerId leader = image_.partition(step.topology.offsetsPartition(find->group)).leader;
        const ErrorCode error = leader == kNone ? ErrorCode::CoordinatorNotAvailable : ErrorCode::None;
        step.out.reply(from, FindCoordinatorResponse{error, leader});
    }
}

void Broker::onTimer(const Timer& timer, Step step)
{
    switch (timer.kind) {
    case TimerKind::BrokerHeartbeat: sendHeartbeat(step); break;
    case TimerKind::BrokerRegister: registerWithController(step); break;
    case TimerKind::MetadataRetry: fetchMetadata(step); break;
    case TimerKind::FetchBackoff: fetchFrom(static_cast<BrokerId>(timer.a), step); break;
    case TimerKind::IsrCheck: checkIsr(step); break;
    case TimerKind::Purgatory: expirePurgatory(step); break;
    case TimerKind::GroupTimer: coordinator_.onTimer(static_cast<GroupIndex>(timer.a), step); break;
    case TimerKind::SessionWait: {
        FetchSession& waiting = session(static_cast<BrokerId>(timer.a));
        if (waiting.parked && waiting.waits == timer.b) {
            bool answerAtOnce = false;
            ReplicaFetchResponse response = readForFollower(waiting, answerAtOnce, step);
            step.out.reply(*waiting.parked, std::move(response));
            waiting.parked.reset();
        }
        break;
    }
    case TimerKind::HighWatermarkCheckpoint:
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
    default: break;
    }
    finish(step);
}

void Broker::onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step)
{
    for (const auto& request : outstanding_.lost(peer, upTo)) {
        switch (request.tag.what) {
        case Asked::What::Register: step.out.timer(step.now + kRegistrationBackoff, Timer{TimerKind::BrokerRegister, 0, 0}); break;
        case Asked::What::Heartbeat: break; // the next one is on its way
        case Asked::What::Metadata: step.out.timer(step.now + kMetadataRetry, Timer{TimerKind::MetadataRetry, 0, 0}); break;
        case Asked::What::AlterPartition: onAlterPartitionAnswer(nullptr, request.tag, step); break;
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

// What a step has set going: answers to parked fetches, ISR proposals, the coordinator's writes. Each may set going another.
void Broker::finish(Step step)
{
    carryOutWrites(step);
    answerTouchedSessions(step);
    recheckFetches(step);
    sendProposals(step);
}

void Broker::registerWithController(Step step)
{
    outstanding_.send(step.topology.controllerNode(), RegisterBrokerRequest{id_, incarnation_}, Asked{Asked::What::Register, kNone, {}},
                      step.now, kControllerTimeout, step.out);
}

void Broker::onRegistered(const RegisterBrokerResponse& response, Step step)
{
    if (response.error != ErrorCode::None) {
        step.out.timer(step.now + kRegistrationBackoff, Timer{TimerKind::BrokerRegister, 0, 0});
        return;
    }
    brokerEpoch_ = response.brokerEpoch;
    fetchMetadata(step);
}

void Broker::sendHeartbeat(Step step)
{
    step.out.timer(step.now + step.topology.config.brokerHeartbeatInterval, Timer{TimerKind::BrokerHeartbeat, 0, 0});
    outstanding_.send(step.topology.controllerNode(), BrokerHeartbeatRequest{id_, brokerEpoch_, image_.offset},
                      Asked{Asked::What::Heartbeat, kNone, {}}, step.now, kControllerTimeout, step.out);
}

void Broker::onHeartbeatAnswer(const BrokerHeartbeatResponse& response, Step step)
{
    fenced_ = response.fenced;
    if (response.error == ErrorCode::StaleBrokerEpoch || response.error == ErrorCode::BrokerIdNotRegistered)
        registerWithController(step);
}

void Broker::fetchMetadata(Step step)
{
    outstanding_.send(step.topology.controllerNode(), MetadataFetchRequest{id_, image_.offset}, Asked{Asked::What::Metadata, kNone, {}},
                      step.now, kNever - step.now, step.out);
}

void Broker::onMetadata(const MetadataFetchResponse& response, Step step)
{
    image_ = response.image;
    std::vector<PartitionIndex> touched;
    for (const MetadataRecord& record : response.records) {
        if (const auto* created = std::get_if<PartitionRecord>(&record))
            touched.push_back(created->partition);
        else if (const auto* changed = std::get_if<PartitionChangeRecord>(&record))
            touched.push_back(changed->partition);
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const PartitionIndex partition : touched)
        applyPartition(partition, step);
    const bool unfenced = std::any_of(response.records.begin(), response.records.end(), [](const MetadataRecord& record) {
        const auto* change = std::get_if<BrokerRegistrationChangeRecord>(&record);
        return change && !change->fenced;
    });
    if (unfenced)
        expandIsrs();
    for (BrokerId leader = 1; leader <= step.topology.config.brokers; ++leader)
        fetchFrom(leader, step);
    if (!heartbeatTimerRuns_ && image_.offset > brokerEpoch_) {
        heartbeatTimerRuns_ = true; // caught up to its own registration: now it asks to be unfenced
        sendHeartbeat(step);
    }
    fetchMetadata(step);
}

void Broker::applyPartition(PartitionIndex index, Step step)
{
    const PartitionImage& partition = image_.partition(index);
    if (!partition.replicas.contains(id_))
        return;
    if (!replica(index)) {
        slots_[static_cast<std::uint64_t>(index)] = static_cast<std::int32_t>(replicas_.size());
        Replica fresh;
        fresh.partition = index;
        replicas_.push(std::move(fresh));
    }
    Replica& replica = *editReplica(index);
    if (partition.leaderEpoch > replica.leaderEpoch) {
        if (partition.leader == id_)
            becomeLeader(replica, partition, step);
        else
            becomeFollower(replica, partition, step);
    } else if (replica.role == Replica::Role::Leader && partition.partitionEpoch > replica.partitionEpoch) {
        replica.isr = partition.isr;
        replica.partitionEpoch = partition.partitionEpoch;
        replica.proposedIsr = {};
        advanceHighWatermark(replica, step);
    }
}

void Broker::becomeLeader(Replica& replica, const PartitionImage& partition, Step step)
{
    if (replica.role == Replica::Role::Follower && replica.leader != kNone)
        fetcher(replica.leader).remove(replica.partition);
    const bool wasLeader = replica.role == Replica::Role::Leader;
    replica.role = Replica::Role::Leader;
    replica.leader = id_;
    replica.leaderEpoch = partition.leaderEpoch;
    replica.partitionEpoch = partition.partitionEpoch;
    replica.isr = partition.isr;
    replica.proposedIsr = {};
    replica.epochStart = replica.leo(); // a new leader never truncates
    replica.log.startEpoch(partition.leaderEpoch);
    replica.followers.clear();
    for (const BrokerId other : partition.replicas) {
        if (other == id_)
            continue;
        FollowerProgress follower;
        follower.broker = other;
        // Members of the ISR get a lag time of grace; the others have never been caught up with this leader.
        follower.lastCaughtUp = partition.isr.contains(other) ? step.now : kNeverCaughtUp;
        replica.followers.push_back(follower);
    }
    advanceHighWatermark(replica, step);
    if (!wasLeader && step.topology.topicOf(replica.partition).internal)
        coordinator_.load(replica.partition, replica.log, step);
}

void Broker::becomeFollower(Replica& replica, const PartitionImage& partition, Step step)
{
    if (replica.role == Replica::Role::Follower && replica.leader != kNone && replica.leader != partition.leader)
        fetcher(replica.leader).remove(replica.partition);
    const bool wasLeader = replica.role == Replica::Role::Leader;
    replica.role = Replica::Role::Follower;
    replica.leader = partition.leader;
    replica.leaderEpoch = partition.leaderEpoch;
    replica.partitionEpoch = partition.partitionEpoch;
    replica.isr = partition.isr;
    replica.proposedIsr = {};
    replica.followers.clear();
    if (partition.leader != kNone)
        fetcher(partition.leader).add(replica.partition);
    failWaiting(replica, ErrorCode::NotLeaderOrFollower, step);
    touchedFetches_.insert(touchedFetches_.end(), replica.parkedFetches.begin(), replica.parkedFetches.end());
    if (wasLeader) {
        for (BrokerId follower = 1; follower <= step.topology.config.brokers; ++follower) {
            if (FetchSession::Part* part = session(follower).find(replica.partition)) {
                session(follower).mark(*part);
                touchedSessions_.push_back(follower);
            }
        }
        if (step.topology.topicOf(replica.partition).internal)
            coordinator_.unload(replica.partition, step);
    }
}

// Followers that a fetch session does not name, because nothing is new for them, may still have become eligible.
void Broker::expandIsrs()
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].role != Replica::Role::Leader || replicas_[i].isr.size() > replicas_[i].followers.size())
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
        if (replicas_[i].role != Replica::Role::Leader || replicas_[i].isr.size() < 2 || !replicas_[i].proposedIsr.empty())
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
    outstanding_.send(step.topology.controllerNode(), std::move(request), Asked{Asked::What::AlterPartition, kNone, std::move(proposals_)},
                      step.now, kControllerTimeout, step.out);
    proposals_.clear();
}

// No response: the request was lost, and what it proposed is open again.
void Broker::onAlterPartitionAnswer(const AlterPartitionResponse* response, const Asked& asked, Step step)
{
    for (std::size_t i = 0; i < asked.proposals.size(); ++i) {
        const AlterPartitionRequest::Part& proposal = asked.proposals[i];
        Replica* replica = editReplica(proposal.partition);
        if (!replica || replica->role != Replica::Role::Leader || replica->leaderEpoch != proposal.leaderEpoch ||
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
