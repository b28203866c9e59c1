// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: its part in the quorum: when it is active, what is committed, and who is answered then.
#include "engine/cluster/controller.h"

#include "engine/base/error.h"
#include "engine/cluster/metadata_batch.h"

#include <algorithm>

namespace tideline {

void Controller::start(Step step)
{
    active_ = false;
    stopping_ = false;
    loader_.start(step.now);
    image_ = imageOf(control::ClusterControl(settings_, 0));
    control_ = {};
    deferred_.clear();
    quorum_.start(step);
}

// What a step has changed in the quorum.
void Controller::follow(Step step)
{
    const Offset before = loader_.applied().offset;
    takeCommitted(step);
    const bool leads = quorum_.leads();
    // One that has given up is told so once there is another epoch, unless it is to end. Source:
    // KafkaRaftClient.pollListeners of Kafka.
    const bool gaveUp = quorum_.node().quorum().role() == RaftRole::Resigned && !stopping_;
    if (active_ && ((!leads && !gaveUp) || epoch() != activeEpoch_))
        resign(step);
    // A leader knows its high watermark only once it lies behind the start of its epoch.
    if (!active_ && leads && quorum_.node().quorum().highWatermark() != kUnknownOffset)
        activate(step);
    if (active_)
        answerCommitted(step);
    // Last, since nothing that is committed brings anything about because of it. One that is due by time
    // waits for the next record, as a broker's does.
    if (loader_.applied().offset > before && loader_.snapshotIsDue(step.now, step.topology.config))
        quorum_.createSnapshot(snapshotOf(loader_.applied(), image_, step.now), step);
    if (stopping_ && quorum_.node().status().stopped)
        step.out.endProcess(ProcessEnd::Clean);
}

void Controller::takeCommitted(Step step)
{
    const bool begins = loader_.applied().offset == 0;
    loader_.takeCommitted(
        quorum_.node(), step.now,
        [&](const RaftSnapshot& snapshot) {
            image_ = imageOf(snapshot);
            step.out.fact(
                SnapshotLoaded{step.topology.controllerNode(number_), snapshot.id.offset, snapshot.id.epoch});
        },
        [&](const RaftPayload& batch) {
            image_ = metadataOf(batch)->image;
            step.out.saw(MetadataCommitted{batch});
        });
    if (begins && loader_.applied().offset > 0)
        loader_.caughtUp(step.now);
}

void Controller::activate(Step step)
{
    active_ = true;
    activeSince_ = step.now;
    activeEpoch_ = epoch();
    control_ = control::ClusterControl(settings_, metadataEnd());
    control_.brokers = image_.brokers;
    control_.topics = image_.topics;
    control_.configs = image_.configs;
    control::activate(control_, step.now);
    const ClusterConfig& config = step.topology.config;
    step.out.fact(ControllerElected{step.topology.controllerNode(number_), activeEpoch_});
    runAgain(TimerKind::BrokerSession, false, staleBrokerPeriod(), step);
    if (config.autoLeaderRebalance)
        runAgain(TimerKind::PreferredElection, false, config.leaderImbalanceCheckInterval, step);
    runAgain(TimerKind::UncleanElection, false, config.uncleanElectionInterval, step);
}

// What it has written and the quorum has not committed is as if it had never been.
void Controller::resign(Step step)
{
    active_ = false;
    control_ = {};
    step.out.fact(ControllerResigned{step.topology.controllerNode(number_), activeEpoch_});
    for (Deferred& waiting : deferred_) {
        std::visit(
            [&](auto& answer) {
                answer = {};
                answer.error = ErrorCode::NotController;
                step.out.reply(waiting.to, std::move(answer));
            },
            waiting.answer);
    }
    deferred_.clear();
}

// Everything that has been written so far is what the answer rests on; a refusal rests on nothing. Source:
// ControllerWriteEvent of Kafka.
void Controller::answer(const ReplyTo& to, Answer answer, Step step)
{
    std::visit(
        [&](auto& body) {
            if (!active_) {
                body = {};
                body.error = ErrorCode::NotController;
            }
            if (body.error != ErrorCode::None)
                step.out.reply(to, std::move(body));
            else
                deferred_.push_back({control_.nextOffset, to, std::move(body)});
        },
        answer);
}

void Controller::answerCommitted(Step step)
{
    const auto waits = std::find_if(deferred_.begin(), deferred_.end(), [this](const Deferred& waiting) {
        return waiting.upTo > loader_.applied().offset;
    });
    for (auto one = deferred_.begin(); one != waits; ++one)
        std::visit([&](auto& answer) { step.out.reply(one->to, std::move(answer)); }, one->answer);
    deferred_.erase(deferred_.begin(), waits);
}

// `lastHeartbeat`: of the broker that is being fenced, when it was not heard of just now.
void Controller::write(const control::Records& records, Step step, std::optional<Micros> lastHeartbeat)
{
    if (records.empty())
        return;
    if (!quorum_.leads()) {
        resign(step);
        return;
    }
    auto batch = std::make_shared<MetadataBatch>();
    batch->records = records;
    batch->lastHeartbeat = lastHeartbeat.value_or(step.now);
    batch->cause = step.cause;
    control::replay(control_, records);
    batch->image = imageOf(control_);
    const auto last =
        quorum_.append(RaftPayload(std::move(batch)), static_cast<std::int32_t>(records.size()), step);
    TIDELINE_ASSERT(!last || *last + 1 == control_.nextOffset); // nobody else appends; none: it leads no more
}

} // namespace tideline
