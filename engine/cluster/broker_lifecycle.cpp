// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: registration, heartbeats and the clean stop, over its channel to the active controller.
//
// The channel keeps a request until it is answered: it looks each 100 ms for a controller while none is
// known, and sends again when the connection was lost or the node was none, at once to another controller,
// after reconnect.backoff.ms to the same one. After half a session the request has failed. When the next
// request is due says lifecycle_schedule.h. Source: BrokerLifecycleManager, NodeToControllerRequestThread of
// Kafka.
#include "engine/cluster/broker.h"

namespace tideline {

namespace {

constexpr Micros kNoControllerBackoff = 100'000; // source: NodeToControllerRequestThread.doWork
constexpr Micros kReconnectBackoff = 50'000;     // source: NodeToControllerChannelManagerImpl
constexpr Micros kShutdownTimeout = 300'000'000; // what a clean stop waits; source: KafkaBroker.shutdown
constexpr Micros kHighWatermarkCheckpoint = 5'000'000; // replica.high.watermark.checkpoint.interval.ms

// What a request waits for its answer: so that another one fits into the session. Source: KAFKA-14392.
Micros requestTimeout(const Step& step)
{
    return step.topology.config.brokerSessionTimeout / 2;
}

LifecycleSchedule::Next failed(LifecycleSchedule& lifecycle, const Step& step)
{
    return lifecycle.onFailure(step.topology.config.brokerSessionTimeout, step.draws, step.now);
}

} // namespace

void Broker::armCommunication(const LifecycleSchedule::Next& next, Step step)
{
    step.out.timer(next.at, Timer{TimerKind::Communication, 0, next.number});
}

void Broker::communicate(std::int64_t number, Step step)
{
    if (lifecycle_.begin(number, step.now))
        askController(step);
}

void Broker::askController(Step step)
{
    if (step.now - lifecycle_.begunAt() >= requestTimeout(step)) {
        armCommunication(failed(lifecycle_, step), step);
        return;
    }
    const NodeIndex controller = observer_.leader();
    if (controller == kNone) {
        askAgainAfter(kNoControllerBackoff, step);
    } else if (lifecycle_.registered()) {
        outstanding_.send(
            controller,
            BrokerHeartbeatRequest{id_, brokerEpoch_, image_.offset - 1, !lifecycle_.readyToUnfence(),
                                   lifecycle_.state() == LifecycleSchedule::State::ControlledShutdown},
            Asked{Asked::What::Heartbeat, kNone, {}}, step.now, requestTimeout(step), step.out);
    } else {
        outstanding_.send(
            controller,
            RegisterBrokerRequest{id_, incarnation_, previousEpoch_, step.topology.config.rackOf(id_)},
            Asked{Asked::What::Register, kNone, {}}, step.now, requestTimeout(step), step.out);
    }
}

void Broker::askAgainAfter(Micros wait, Step step)
{
    step.out.timer(step.now + wait, Timer{TimerKind::CommunicationRetry, 0, lifecycle_.request()});
}

void Broker::retryCommunication(std::int64_t request, Step step)
{
    if (lifecycle_.inFlight() && lifecycle_.request() == request)
        askController(step);
}

// `asked` did not take the request, or is no controller (any more).
void Broker::onControllerLost(NodeIndex asked, Step step)
{
    const bool over = step.now - lifecycle_.begunAt() >= requestTimeout(step);
    if (observer_.leader() == asked && !over)
        askAgainAfter(kReconnectBackoff, step);
    else
        askController(step);
}

void Broker::onRegistered(const RegisterBrokerResponse& response, NodeIndex asked, Step step)
{
    if (response.error == ErrorCode::NotController) {
        onControllerLost(asked, step);
    } else if (response.error != ErrorCode::None) {
        armCommunication(failed(lifecycle_, step), step);
    } else {
        brokerEpoch_ = response.brokerEpoch;
        armCommunication(lifecycle_.onRegistered(step.now), step);
    }
}

void Broker::onHeartbeatAnswer(const BrokerHeartbeatResponse& response, NodeIndex asked, Step step)
{
    if (response.error == ErrorCode::NotController) {
        onControllerLost(asked, step);
        return;
    }
    if (response.error != ErrorCode::None) {
        armCommunication(failed(lifecycle_, step), step);
        return;
    }
    if (lifecycle_.state() == LifecycleSchedule::State::ControlledShutdown && response.shouldShutDown) {
        endCleanly(step);
        return;
    }
    LifecycleSchedule::Next next = lifecycle_.onHeartbeat(
        {response.caughtUp, response.fenced}, step.topology.config.brokerHeartbeatInterval, step.now);
    if (lifecycle_.caughtUp() && !lifecycle_.readyToUnfence()) {
        applyPartitions(step); // it leads from now on what it is to lead
        next = lifecycle_.becomeReadyToUnfence(step.now);
    }
    armCommunication(next, step);
}

void Broker::armHighWatermarkCheckpoint(Step step)
{
    step.out.timer(step.now + kHighWatermarkCheckpoint, Timer{TimerKind::HighWatermarkCheckpoint, 0, 0});
}

void Broker::checkpointHighWatermarks(Step step)
{
    haltIfUnwritable(step);
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].checkpointedHighWatermark != replicas_[i].highWatermark)
            replicas_.edit(i).checkpointedHighWatermark = replicas_[i].highWatermark;
    }
    armHighWatermarkCheckpoint(step);
}

// Asks the controller, which moves the leaderships first, but only if it runs. Source:
// BrokerLifecycleManager.beginControlledShutdown of Kafka.
void Broker::shutDown(Step step)
{
    if (lifecycle_.state() == LifecycleSchedule::State::ControlledShutdown)
        return;
    if (lifecycle_.state() == LifecycleSchedule::State::Running) {
        armCommunication(lifecycle_.beginControlledShutdown(step.now), step);
        step.out.timer(step.now + kShutdownTimeout, Timer{TimerKind::ShutdownTimeout, 0, 0});
    } else {
        endCleanly(step);
    }
    finish(step);
}

void Broker::endCleanly(Step step)
{
    closeLogs(step);
    step.out.endProcess(ProcessEnd::Clean);
}

void Broker::closeLogs(Step step)
{
    if (!published_)
        return; // they were not opened
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_.edit(i);
        replica.checkpointedHighWatermark = replica.highWatermark;
        replica.log.flush(step.wallTime());
    }
    cleanEpoch_ = brokerEpoch_;
}

} // namespace tideline
