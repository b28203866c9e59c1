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

Controller::Controller(const Topology& topology)
    : control_(settingsOf(topology.config), 0)
    , image_(imageOf(control_))
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
        checkSessions(step);
    else if (timer.kind == TimerKind::PreferredElection || timer.kind == TimerKind::UncleanElection)
        runElections(timer.kind, step);
    answerParked(step);
}

void Controller::onAdmin(const AdminRequest& request, Step step)
{
    write(judgeAdmin(control_, request).records, step);
    answerParked(step);
}

void Controller::start(Step step)
{
    ++epoch_; // a single voter elects itself whenever it starts
    activeSince_ = step.now;
    parked_.clear();
    sessionTimerRuns_ = false;
    control::activate(control_, step.now);
    armSessionTimer(step);
    const ClusterConfig& config = step.topology.config;
    step.out.fact(ControllerElected{step.topology.controllerNode(), epoch_});
    if (config.autoLeaderRebalance)
        step.out.timer(step.now + config.leaderImbalanceCheckInterval,
                       Timer{TimerKind::PreferredElection, 0, 0});
    step.out.timer(step.now + config.uncleanElectionInterval, Timer{TimerKind::UncleanElection, 0, 0});
}

void Controller::onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step)
{
    const auto decision = control::registerBroker(
        control_, {request.broker, request.incarnation, {}, request.previousEpoch}, step.now);
    write(decision.records, step);
    step.out.reply(from, RegisterBrokerResponse{decision.error, decision.answer.brokerEpoch});
}

void Controller::onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step)
{
    control_.sessions.heard({request.broker, request.brokerEpoch}, step.now);
    const auto decision = control::judgeHeartbeat(
        control_, {request.broker, request.brokerEpoch, false, request.wantShutdown, request.metadataOffset});
    const bool wasAway = !image_.alive(request.broker);
    write(decision.records, step);
    if (decision.ok()) {
        control_.sessions.answered(request.broker, decision.answer.fenced, request.metadataOffset);
        if (decision.answer.inControlledShutdown)
            control_.sessions.enteredControlledShutdown(request.broker, control_.nextOffset - 1);
        if (wasAway && !topicsCreated_ && image_.alive(request.broker))
            createTopics(step);
    }
    armSessionTimer(step);
    step.out.reply(from, BrokerHeartbeatResponse{decision.error, decision.answer.fenced,
                                                 decision.answer.shouldShutDown});
}

void Controller::armSessionTimer(Step step)
{
    // Stale only after more than the time-out: at exactly 9000 ms a session still lives.
    const Micros over =
        saturatingAdd(control_.sessions.validUntil(control_.settings.brokerSessionTimeout), 1);
    if (sessionTimerRuns_ || over >= kNever)
        return;
    sessionTimerRuns_ = true;
    step.out.timer(over, Timer{TimerKind::BrokerSession, 0, 0});
}

void Controller::checkSessions(Step step)
{
    sessionTimerRuns_ = false;
    const Micros timeout = control_.settings.brokerSessionTimeout;
    for (;;) {
        const Micros lastHeartbeat = control_.sessions.validUntil(timeout) - timeout;
        const auto stale = control_.sessions.takeStale(step.now, timeout);
        if (!stale)
            break;
        write(control::fenceStaleBroker(control_, *stale), step, lastHeartbeat);
    }
    armSessionTimer(step);
}

// The scenario's topics, once its whole cluster is up: an administrator's first act.
void Controller::createTopics(Step step)
{
    for (BrokerId id = 1; id <= step.topology.config.brokers; ++id) {
        if (!image_.alive(id))
            return;
    }
    topicsCreated_ = true;
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
        step.out.fact(TopicCreated{decision.answer.topic, topic.partitions, topic.replicationFactor});
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
    step.out.timer(step.now + (decision.answer.more ? 0 : interval), Timer{job, 0, 0});
}

void Controller::onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step)
{
    AlterPartitionResponse response;
    response.error = control_.brokers.checkEpoch(request.broker, request.brokerEpoch).error;
    if (response.error != ErrorCode::None) {
        step.out.reply(from, std::move(response));
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
        for (const BrokerId member : part.isr)
            asked.isr.push_back({member, -1});
        const auto decision = control::alterPartition(control_, asked);
        write(decision.records, step);
        response.parts.push_back({part.partition, decision.error});
    }
    step.out.reply(from, std::move(response));
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
    // Most wait at the same offset: they are given the same records.
    std::optional<MetadataFetchResponse> last;
    for (const ParkedFetch& fetch : parked_) {
        if (fetch.offset >= metadataEnd())
            continue;
        if (!last || last->from != fetch.offset)
            last = recordsFrom(fetch.offset);
        step.out.reply(fetch.to, *last);
    }
    std::erase_if(parked_, [this](const ParkedFetch& fetch) { return fetch.offset < metadataEnd(); });
}

MetadataFetchResponse Controller::recordsFrom(Offset offset) const
{
    control::Records records;
    for (Offset i = offset; i < metadataEnd(); ++i)
        records.push_back(log_[static_cast<std::size_t>(i)]);
    return {offset, Cow<control::Records>(std::move(records)), image_};
}

// What happened to brokers is told before what follows for partitions, although Kafka writes it after them:
// the one is why the other happened.
void Controller::write(const control::Records& records, Step step, std::optional<Micros> lastHeartbeat)
{
    if (records.empty())
        return;
    std::vector<std::pair<PartitionIndex, PartitionRegistration>> changed;
    for (const control::Record& record : records) {
        if (const auto* change = std::get_if<control::PartitionChangeRecord>(&record))
            changed.emplace_back(change->partition,
                                 control_.topics.partition(change->partition)->registration);
        log_.push(record);
        control::replay(control_, record);
        tell(record, lastHeartbeat.value_or(step.now), step);
    }
    image_ = imageOf(control_);
    for (const auto& [partition, before] : changed)
        tell(partition, before, step);
}

} // namespace tideline
