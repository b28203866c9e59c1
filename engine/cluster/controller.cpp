// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/controller.h"

#include "engine/cluster/leader_election.h"
#include "engine/cluster/striped_placement.h"

#include <algorithm>

namespace tideline {

Controller::Controller(const Topology& topology)
    : image_(emptyImage(topology.config.brokers, topology.partitionCount()))
    , contacts_(static_cast<std::size_t>(topology.config.brokers))
{}

void Controller::onMessage(const Message& message, const ReplyTo& from, Step step)
{
    if (const auto* request = message.body.as<RegisterBrokerRequest>())
        onRegister(*request, from, step);
    else if (const auto* heartbeat = message.body.as<BrokerHeartbeatRequest>())
        onHeartbeat(*heartbeat, from, step);
    else if (const auto* fetch = message.body.as<MetadataFetchRequest>())
        onMetadataFetch(*fetch, from, step);
    else if (const auto* alter = message.body.as<AlterPartitionRequest>())
        onAlterPartition(*alter, from, step);
    answerParked(step);
}

void Controller::onTimer(const Timer& timer, Step step)
{
    if (timer.kind == TimerKind::ControllerStart)
        start(step);
    else if (timer.kind == TimerKind::BrokerSession)
        checkSession(static_cast<BrokerId>(timer.a), step);
    else if (timer.kind == TimerKind::PreferredElection)
        electPreferred(step);
    answerParked(step);
}

void Controller::start(Step step)
{
    epoch_ = 1; // a single voter elects itself at start
    activeSince_ = step.now;
    step.out.fact(ControllerElected{step.topology.controllerNode(), epoch_});
    if (step.topology.config.autoLeaderRebalance)
        step.out.timer(step.now + step.topology.config.leaderImbalanceCheckInterval,
                       Timer{TimerKind::PreferredElection, 0, 0});
}

void Controller::onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step)
{
    const BrokerImage& known = image_.broker(request.broker);
    Contact& session = contact(request.broker);
    const bool sessionLives = known.brokerEpoch >= 0 && !known.fenced &&
                              step.now - session.last <= step.topology.config.brokerSessionTimeout;
    if (sessionLives && known.incarnation != request.incarnation) {
        step.out.reply(from, RegisterBrokerResponse{ErrorCode::DuplicateBrokerRegistration, -1});
        return;
    }
    if (!known.fenced)
        fence(request.broker, step); // its earlier process is gone and its session with it
    session.last = step.now;
    const std::int64_t brokerEpoch = metadataEnd();
    write(RegisterBrokerRecord{request.broker, request.incarnation, brokerEpoch}, step);
    step.out.fact(BrokerRegistered{request.broker, brokerEpoch});
    step.out.reply(from, RegisterBrokerResponse{ErrorCode::None, brokerEpoch});
}

void Controller::onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step)
{
    const BrokerImage& known = image_.broker(request.broker);
    if (known.brokerEpoch != request.brokerEpoch) {
        const ErrorCode error =
            known.brokerEpoch < 0 ? ErrorCode::BrokerIdNotRegistered : ErrorCode::StaleBrokerEpoch;
        step.out.reply(from, BrokerHeartbeatResponse{error, true});
        return;
    }
    Contact& session = contact(request.broker);
    session.last = step.now;
    if (known.fenced && request.metadataOffset > known.brokerEpoch)
        unfence(request.broker, step);
    if (!session.sessionTimerRuns) {
        session.sessionTimerRuns = true;
        step.out.timer(step.now + step.topology.config.brokerSessionTimeout + 1,
                       Timer{TimerKind::BrokerSession, request.broker, 0});
    }
    step.out.reply(from, BrokerHeartbeatResponse{ErrorCode::None, image_.broker(request.broker).fenced});
}

void Controller::checkSession(BrokerId broker, Step step)
{
    Contact& session = contact(broker);
    if (image_.broker(broker).fenced) {
        session.sessionTimerRuns = false;
        return;
    }
    // Stale only after more than the time-out: at exactly 9000 ms the session still lives.
    const Micros expiry = session.last + step.topology.config.brokerSessionTimeout + 1;
    if (step.now < expiry) {
        step.out.timer(expiry, Timer{TimerKind::BrokerSession, broker, 0});
        return;
    }
    session.sessionTimerRuns = false;
    fence(broker, step);
}

void Controller::fence(BrokerId broker, Step step)
{
    write(BrokerRegistrationChangeRecord{broker, true, contact(broker).last}, step);
    step.out.fact(BrokerFenced{broker, contact(broker).last});
    for (PartitionIndex p = 0; p < step.topology.partitionCount(); ++p) {
        if (!image_.partition(p).replicas.contains(broker))
            continue;
        if (const auto change = changeAfterFencing(p, image_, broker))
            write(*change, step);
    }
}

void Controller::unfence(BrokerId broker, Step step)
{
    write(BrokerRegistrationChangeRecord{broker, false, step.now}, step);
    step.out.fact(BrokerUnfenced{broker});
    for (PartitionIndex p = 0; p < step.topology.partitionCount(); ++p) {
        if (const auto change = changeAfterUnfencing(p, image_))
            write(*change, step);
    }
    if (!topicsCreated_)
        createTopics(step);
}

// The scenario's topics, once its whole cluster is up: an administrator's first act.
void Controller::createTopics(Step step)
{
    std::vector<UsableBroker> brokers;
    for (BrokerId id = 1; id <= step.topology.config.brokers; ++id) {
        if (!image_.alive(id))
            return;
        brokers.push_back(UsableBroker{id, {}, false});
    }
    topicsCreated_ = true;
    const DrawBelow draw = [&step](std::uint32_t bound) {
        return static_cast<std::uint32_t>(step.draws.below(bound));
    };
    for (std::size_t t = 0; t < step.topology.topics.size(); ++t) {
        const TopicLayout& topic = step.topology.topics[t];
        const auto index = static_cast<TopicIndex>(t);
        write(TopicRecord{index, topic.firstPartition, topic.partitions, topic.replicationFactor}, step);
        const std::vector<BrokerIds> placed =
            placeStriped(brokers, topic.partitions, topic.replicationFactor, draw);
        for (std::int32_t p = 0; p < topic.partitions; ++p) {
            const BrokerIds& replicas = placed[static_cast<std::size_t>(p)];
            write(PartitionRecord{topic.firstPartition + p, replicas, replicas, replicas[0]}, step);
        }
        step.out.fact(TopicCreated{index, topic.partitions, topic.replicationFactor});
    }
}

void Controller::electPreferred(Step step)
{
    for (PartitionIndex p = 0; p < step.topology.partitionCount(); ++p) {
        if (const auto change = changeToPreferred(p, image_))
            write(*change, step);
    }
    step.out.timer(step.now + step.topology.config.leaderImbalanceCheckInterval,
                   Timer{TimerKind::PreferredElection, 0, 0});
}

void Controller::onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step)
{
    AlterPartitionResponse response;
    if (image_.broker(request.broker).brokerEpoch != request.brokerEpoch) {
        response.error = ErrorCode::StaleBrokerEpoch;
        step.out.reply(from, std::move(response));
        return;
    }
    for (const AlterPartitionRequest::Part& part : request.parts) {
        const ErrorCode error = judgeAlterPartition(part, request.broker);
        if (error == ErrorCode::None)
            write(PartitionChangeRecord{part.partition, {}, part.isr}, step);
        response.parts.push_back({part.partition, error});
    }
    step.out.reply(from, std::move(response));
}

ErrorCode Controller::judgeAlterPartition(const AlterPartitionRequest::Part& part, BrokerId broker) const
{
    const PartitionImage& partition = image_.partition(part.partition);
    if (part.leaderEpoch > partition.leaderEpoch || part.partitionEpoch > partition.partitionEpoch)
        return ErrorCode::NotController;
    if (part.leaderEpoch < partition.leaderEpoch || partition.leader != broker)
        return ErrorCode::FencedLeaderEpoch;
    if (part.partitionEpoch < partition.partitionEpoch)
        return ErrorCode::InvalidUpdateVersion;
    for (const BrokerId member : part.isr) {
        if (!image_.alive(member))
            return ErrorCode::IneligibleReplica;
    }
    return ErrorCode::None;
}

void Controller::onMetadataFetch(const MetadataFetchRequest& request, const ReplyTo& from, Step step)
{
    // One fetch a broker is under way; a newer one replaces what its connection has lost.
    std::erase_if(parked_, [&from](const ParkedFetch& fetch) { return fetch.to.node == from.node; });
    if (request.offset < metadataEnd())
        step.out.reply(from, recordsFrom(request.offset));
    else
        parked_.push_back(ParkedFetch{from, request.offset});
}

// Everything that waits for records newer than it has, once per step.
void Controller::answerParked(Step step)
{
    for (const ParkedFetch& fetch : parked_) {
        if (fetch.offset < metadataEnd())
            step.out.reply(fetch.to, recordsFrom(fetch.offset));
    }
    std::erase_if(parked_, [this](const ParkedFetch& fetch) { return fetch.offset < metadataEnd(); });
}

MetadataFetchResponse Controller::recordsFrom(Offset offset) const
{
    MetadataFetchResponse response{offset, {}, image_};
    for (Offset i = offset; i < metadataEnd(); ++i)
        response.records.push_back(log_[static_cast<std::size_t>(i)]);
    return response;
}

void Controller::write(const MetadataRecord& record, Step step)
{
    const auto* change = std::get_if<PartitionChangeRecord>(&record);
    const PartitionImage before = change ? image_.partition(change->partition) : PartitionImage{};
    log_.push(record);
    replay(image_, record);
    if (change)
        tell(before, change->partition, step);
}

void Controller::tell(const PartitionImage& before, PartitionIndex partition, Step step) const
{
    const PartitionImage& after = image_.partition(partition);
    const auto size = static_cast<std::int32_t>(after.isr.size());
    for (const BrokerId member : before.isr) {
        if (!after.isr.contains(member))
            step.out.fact(IsrShrank{partition, member, size});
    }
    for (const BrokerId member : after.isr) {
        if (!before.isr.contains(member))
            step.out.fact(IsrExpanded{partition, member, size});
    }
    if (after.leaderEpoch == before.leaderEpoch)
        return;
    if (after.leader == kNone)
        step.out.fact(PartitionOffline{partition, before.leader, after.leaderEpoch});
    else
        step.out.fact(LeaderElected{partition, after.leader, before.leader, after.leaderEpoch});
}

} // namespace tideline
