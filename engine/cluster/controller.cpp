// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/controller.h"

#include "engine/cluster/alter_partition.h"
#include "engine/cluster/broker_heartbeat.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/judge_admin.h"
#include "engine/cluster/register_broker.h"
#include "engine/cluster/topic_log_config.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kSoon = 10 * kMicrosPerMilli; // between two rounds of a task that is not done

control::ControlSettings settingsOf(const ClusterConfig& config)
{
    control::ControlSettings settings;
    settings.brokerSessionTimeout = config.brokerSessionTimeout;
    settings.eligibleLeaderReplicas = config.eligibleLeaderReplicas;
    settings.numPartitions = config.numPartitions;
    settings.defaultReplicationFactor = config.defaultReplicationFactor;
    settings.server.minInsyncReplicas = config.minInsyncReplicas;
    settings.server.uncleanLeaderElection = config.uncleanLeaderElection;
    return settings;
}

// What of the broker's wishes a topic's creation has to say: what differs from the cluster's own settings.
std::vector<control::ConfigChange> configsOf(const TopicLayout& topic, const ClusterConfig& config)
{
    std::vector<control::ConfigChange> changes;
    if (topic.minInsyncReplicas != config.minInsyncReplicas)
        changes.push_back({"min.insync.replicas", std::to_string(topic.minInsyncReplicas)});
    if (topic.uncleanLeaderElection != config.uncleanLeaderElection)
        changes.push_back({"unclean.leader.election.enable", topic.uncleanLeaderElection ? "true" : "false"});
    for (auto& [key, value] : logConfigTexts(topic.log, config.log))
        changes.push_back({key, std::move(value)});
    return changes;
}

} // namespace

Controller::Controller(std::int32_t number, const Topology& topology)
    : number_(number)
    , quorum_(topology.controllerNode(number), topology)
    , settings_(settingsOf(topology.config))
    , image_(imageOf(control::ClusterControl(settings_, 0)))
{}

void Controller::onMessage(const Message& message, const ReplyTo& from, Step step)
{
    if (!quorum_.onMessage(message, step))
        handle(message, from, step);
    follow(step);
}

void Controller::handle(const Message& message, const ReplyTo& from, Step step)
{
    constexpr ErrorCode kNotController = ErrorCode::NotController;
    if (const auto* request = message.body.as<RegisterBrokerRequest>())
        active_ ? onRegister(*request, from, step)
                : step.out.reply(from, RegisterBrokerResponse{kNotController});
    else if (const auto* heartbeat = message.body.as<BrokerHeartbeatRequest>())
        active_ ? onHeartbeat(*heartbeat, from, step)
                : step.out.reply(from, BrokerHeartbeatResponse{kNotController});
    else if (const auto* alter = message.body.as<AlterPartitionRequest>())
        active_ ? onAlterPartition(*alter, from, step)
                : step.out.reply(from, AlterPartitionResponse{kNotController, {}});
}

void Controller::onTimer(const Timer& timer, Step step)
{
    const bool ofThisTerm = active_ && timer.a == activeEpoch_;
    if (timer.kind == TimerKind::ControllerStart)
        start(step);
    else if (timer.kind == TimerKind::Quorum)
        quorum_.onTimer(step);
    else if (timer.kind == TimerKind::BrokerSession && ofThisTerm)
        fenceStaleBroker(step);
    else if ((timer.kind == TimerKind::PreferredElection || timer.kind == TimerKind::UncleanElection) &&
             ofThisTerm)
        runElections(timer.kind, step);
    follow(step);
}

void Controller::onConnectionClosed(NodeIndex peer, std::int32_t, Step step)
{
    quorum_.onConnectionClosed(peer, step);
    follow(step);
}

void Controller::onAdmin(const AdminRequest& request, Step step)
{
    TIDELINE_ASSERT(active_);
    const DrawBelow draw = [&step](std::uint32_t bound) {
        return static_cast<std::uint32_t>(step.draws.below(bound));
    };
    write(judgeAdmin(control_, request, draw).records, step);
    follow(step);
}

void Controller::shutDown(Step step)
{
    stopping_ = true;
    quorum_.shutDown(step);
    follow(step);
}

void Controller::onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step)
{
    const auto decision = control::registerBroker(
        control_, {request.broker, request.incarnation, request.rack, request.previousEpoch}, step.now);
    write(decision.records, step);
    answer(from, RegisterBrokerResponse{decision.error, decision.answer.brokerEpoch}, step);
}

void Controller::onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step)
{
    control_.sessions.heard({request.broker, request.brokerEpoch}, step.now);
    const auto decision =
        control::judgeHeartbeat(control_, {request.broker, request.brokerEpoch, request.wantFence,
                                           request.wantShutdown, request.metadataOffset});
    write(decision.records, step);
    if (decision.ok() && active_) {
        control_.sessions.answered(request.broker, decision.answer.fenced, request.metadataOffset);
        if (decision.answer.inControlledShutdown)
            control_.sessions.enteredControlledShutdown(request.broker, control_.nextOffset - 1);
        if (control_.brokers.active(request.broker))
            createTopics(step);
    }
    answer(from,
           BrokerHeartbeatResponse{decision.error, decision.answer.caughtUp, decision.answer.fenced,
                                   decision.answer.shouldShutDown},
           step);
}

// A periodic task runs again after its period, or soon when it has left something to do. Source:
// PeriodicTaskControlManager of Kafka.
void Controller::runAgain(TimerKind task, bool more, Micros period, Step step)
{
    step.out.timer(saturatingAdd(step.now, more ? kSoon : period), Timer{task, activeEpoch_, 0});
}

// A broker is fenced after no more than nine eighths of its session, if no other is before it.
Micros Controller::staleBrokerPeriod() const
{
    return std::max(kMicrosPerMilli, settings_.brokerSessionTimeout / 8);
}

// One at a time, so that each shows its effect before the next. Source: QuorumController's
// maybeFenceStaleBroker of Kafka.
void Controller::fenceStaleBroker(Step step)
{
    const Micros timeout = control_.settings.brokerSessionTimeout;
    const Micros lastHeartbeat = control_.sessions.validUntil(timeout) - timeout;
    const auto stale = control_.sessions.takeStale(step.now, timeout);
    if (stale)
        write(control::fenceStaleBroker(control_, *stale), step, lastHeartbeat);
    runAgain(TimerKind::BrokerSession, stale.has_value(), staleBrokerPeriod(), step);
}

// The scenario's topics, once its whole cluster is up: an administrator's first act.
void Controller::createTopics(Step step)
{
    if (control_.topics.nextTopic() > 0)
        return;
    for (BrokerId id = 1; id <= step.topology.config.brokers; ++id) {
        if (!control_.brokers.active(id))
            return;
    }
    const DrawBelow draw = [&step](std::uint32_t bound) {
        return static_cast<std::uint32_t>(step.draws.below(bound));
    };
    for (const TopicLayout& topic : step.topology.topics) {
        control::CreateTopicRequest request;
        request.name = topic.name;
        if (topic.assignment.empty()) {
            request.partitions = topic.partitions;
            request.replicationFactor = topic.replicationFactor;
        }
        for (std::size_t p = 0; p < topic.assignment.size(); ++p)
            request.assignment.emplace_back(static_cast<std::int32_t>(p), topic.assignment[p]);
        request.configs = configsOf(topic, step.topology.config);
        const auto decision = control::createTopic(control_, request, draw);
        TIDELINE_ASSERT(decision.ok()); // the scenario was checked against the same rules
        write(decision.records, step);
        if (!active_)
            return;
    }
}

void Controller::runElections(TimerKind job, Step step)
{
    const bool preferred = job == TimerKind::PreferredElection;
    const auto decision =
        preferred ? control::balanceLeaders(control_) : control::electUncleanLeaders(control_);
    write(decision.records, step);
    const Micros interval = preferred ? step.topology.config.leaderImbalanceCheckInterval
                                      : step.topology.config.uncleanElectionInterval;
    runAgain(job, decision.answer.more, interval, step);
}

void Controller::onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step)
{
    AlterPartitionResponse response;
    response.error = control_.brokers.checkEpoch(request.broker, request.brokerEpoch).error;
    if (response.error != ErrorCode::None) {
        answer(from, std::move(response), step);
        return;
    }
    for (const AlterPartitionRequest::Part& part : request.parts) {
        const control::Partition* partition = control_.topics.partition(part.partition);
        control::AlterPartitionRequest asked;
        asked.broker = request.broker;
        asked.brokerEpoch = request.brokerEpoch;
        asked.topic = partition ? partition->topic : kNone;
        asked.number = partition ? partition->number : 0;
        asked.leaderEpoch = part.leaderEpoch;
        asked.partitionEpoch = part.partitionEpoch;
        for (std::size_t i = 0; i < part.isr.size(); ++i)
            asked.isr.push_back({part.isr[i], i < part.brokerEpochs.size() ? part.brokerEpochs[i] : -1});
        const auto decision = control::alterPartition(control_, asked);
        write(decision.records, step);
        if (!active_)
            break;
        response.parts.push_back({part.partition, decision.error});
    }
    answer(from, std::move(response), step);
}

} // namespace tideline
