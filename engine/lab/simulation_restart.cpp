// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: a rolling restart, as an operator does it by hand: stop a broker cleanly, start it, wait until
// it is back in the cluster and no partition is under-replicated, then the next.
//
// It polls nothing: facts that it may be waiting for make it look again, at the same moment but after
// everything that the fact is part of.
#include "engine/cluster/under_replicated.h"
#include "engine/lab/judge_command.h"
#include "engine/lab/simulation.h"

namespace tideline {

namespace {

bool anyUnderReplicated(const World& world)
{
    const MetadataImage& metadata = world.metadata();
    for (PartitionIndex p = 0; p < metadata.topics.nextPartition(); ++p) {
        if (isUnderReplicated(metadata.partition(p)))
            return true;
    }
    return false;
}

// The whole process, when it is a controller's too.
bool hasEnded(const World& world, NodeIndex broker)
{
    const NodeIndex other = world.topology->sameProcess(broker);
    return !world.node(broker).alive && (other == kNone || !world.node(other).alive);
}

template <class... Awaited>
bool isOneOf(const FactBody& fact)
{
    return (std::holds_alternative<Awaited>(fact) || ...);
}

} // namespace

void Simulation::doAct(const RollingRestart& command)
{
    tell(kNone, RollingRestartStarted{static_cast<std::int32_t>(command.brokers.size())});
    RestartStory& story = world_.restart.edit();
    story.phase = RestartStory::Phase::WaitsForReplicas;
    story.brokers = command.brokers;
    story.turn = 0;
    story.deed = cause_;
    continueRestart();
}

void Simulation::doAct(const CancelRollingRestart&)
{
    RestartStory& story = world_.restart.edit();
    story.phase = RestartStory::Phase::None;
    tell(kNone, RollingRestartCancelled{story.turn, static_cast<std::int32_t>(story.brokers.size())});
}

void Simulation::mayContinueRestart(const FactBody& fact)
{
    if (world_.restart->phase == RestartStory::Phase::None || world_.restart->looks)
        return;
    if (!isOneOf<BrokerStopped, BrokerKilled, BrokerHalted, ControllerStopped, ControllerKilled,
                 BrokerUnfenced, BrokerResumed, IsrExpanded, ReassignmentEnded, TopicDeleted>(fact))
        return;
    RestartStory& story = world_.restart.edit();
    story.looks = true;
    schedule(world_.now, kNone, ContinueRestart{++story.look});
}

void Simulation::continueRestart()
{
    using Phase = RestartStory::Phase;
    world_.restart.edit().looks = false;
    for (bool goesOn = true; goesOn;) {
        goesOn = false;
        RestartStory& story = world_.restart.edit();
        cause_ = story.deed;
        const auto turn = static_cast<std::size_t>(story.turn);
        if (story.phase == Phase::WaitsForReplicas && !anyUnderReplicated(world_)) {
            goesOn = stopNext();
        } else if (story.phase == Phase::Stops &&
                   hasEnded(world_, Topology::brokerNode(story.brokers[turn]))) {
            story.phase = Phase::Starts;
            doAct(StartBroker{story.brokers[turn]});
            world_.restart.edit().deed = cause_;
        } else if (story.phase == Phase::Starts && world_.metadata().alive(story.brokers[turn])) {
            story.phase = Phase::WaitsForReplicas;
            ++story.turn;
            goesOn = true;
        }
    }
}

// The next broker's turn, or the end. False when there is nothing to do but wait.
bool Simulation::stopNext()
{
    using Phase = RestartStory::Phase;
    const RestartStory& story = *world_.restart;
    const auto all = static_cast<std::int32_t>(story.brokers.size());
    if (story.turn == all) {
        world_.restart.edit().phase = Phase::None;
        tell(kNone, RollingRestartEnded{all});
        return false;
    }
    const StopBroker stop{story.brokers[static_cast<std::size_t>(story.turn)]};
    const bool alive = world_.node(Topology::brokerNode(stop.broker)).alive;
    if (alive && judgeCommand(world_, stop))
        return false; // it is paused: whoever did that has to resume it
    world_.restart.edit().phase = Phase::Stops;
    tell(kNone, RollingRestartReached{stop.broker, story.turn + 1, all});
    const FactNumber reached = cause_;
    if (alive)
        doAct(stop);
    world_.restart.edit().deed = reached;
    return !alive;
}

} // namespace tideline
