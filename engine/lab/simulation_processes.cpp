// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: acts upon the processes of brokers and controllers: kill, stop, start, pause, resume. A process
// that is both (process.roles) lives and dies as one.
#include "engine/lab/simulation.h"

#include <algorithm>

namespace tideline {

// Node and, when broker and controller share a process, the other half of it: broker first.
template <class Do>
void Simulation::toProcess(NodeIndex index, Do&& change)
{
    const NodeIndex other = world_.topology->sameProcess(index);
    if (other == kNone) {
        change(index);
        return;
    }
    change(std::min(index, other));
    change(std::max(index, other));
}

void Simulation::doAct(const KillBroker& command)
{
    toProcess(Topology::brokerNode(command.broker), [this](NodeIndex node) { kill(node); });
}

void Simulation::doAct(const KillController& command)
{
    toProcess(world_.topology->controllerNode(command.controller), [this](NodeIndex node) { kill(node); });
}

void Simulation::doAct(const KillRack& command)
{
    const ClusterConfig& config = world_.topology->config;
    for (BrokerId broker = 1; broker <= config.brokers; ++broker) {
        if (config.rackOf(broker) != command.rack || !world_.node(Topology::brokerNode(broker)).alive)
            continue;
        cause_ = 0; // each of them is an act
        doAct(KillBroker{broker});
    }
}

void Simulation::kill(NodeIndex node)
{
    if (world_.topology->isBroker(node))
        tell(node, BrokerKilled{node + 1});
    else
        tell(node, ControllerKilled{node});
    die(node);
}

// The controller of the same process goes once the broker has gone.
void Simulation::doAct(const StopBroker& command)
{
    const NodeIndex node = Topology::brokerNode(command.broker);
    tell(node, BrokerStopping{command.broker});
    const FactNumber asked = cause_;
    world_.brokers[static_cast<std::size_t>(command.broker - 1)].edit().shutDown(stepOf(node));
    carryOut(node, asked);
}

void Simulation::doAct(const StopController& command)
{
    const NodeIndex node = world_.topology->controllerNode(command.controller);
    const NodeIndex broker = world_.topology->sameProcess(node);
    if (broker != kNone && world_.node(broker).alive)
        doAct(StopBroker{broker + 1});
    else
        stopController(node);
}

void Simulation::stopController(NodeIndex node)
{
    tell(node, ControllerStopping{node});
    const FactNumber asked = cause_;
    world_.controllers[static_cast<std::size_t>(world_.node(node).index)].edit().shutDown(stepOf(node));
    carryOut(node, asked);
}

// A process has done all it had to do before it stops, or it halts.
void Simulation::endProcess(NodeIndex index, ProcessEnd how)
{
    const NodeIndex other = world_.topology->sameProcess(index);
    if (!world_.topology->isBroker(index))
        tell(index, ControllerStopped{index});
    else if (how != ProcessEnd::Clean)
        tell(index, BrokerHalted{index + 1, how == ProcessEnd::NotRegistered});
    else
        tell(index, BrokerStopped{index + 1});
    die(index);
    if (other == kNone || !world_.node(other).alive)
        return;
    if (how == ProcessEnd::DiskFailed)
        kill(other);
    else
        stopController(other);
}

void Simulation::doAct(const StartBroker& command)
{
    toProcess(Topology::brokerNode(command.broker), [this](NodeIndex node) { startNode(node); });
}

void Simulation::doAct(const StartController& command)
{
    toProcess(world_.topology->controllerNode(command.controller),
              [this](NodeIndex node) { startNode(node); });
}

void Simulation::startNode(NodeIndex node)
{
    if (world_.topology->isBroker(node)) {
        tell(node, BrokerStarted{node + 1});
        startProcess(node, TimerKind::MemberStart);
    } else {
        tell(node, ControllerStarted{node});
        startProcess(node, TimerKind::ControllerStart);
    }
}

void Simulation::doAct(const PauseBroker& command)
{
    toProcess(Topology::brokerNode(command.broker), [this](NodeIndex node) { pauseNode(node); });
}

void Simulation::doAct(const PauseController& command)
{
    toProcess(world_.topology->controllerNode(command.controller),
              [this](NodeIndex node) { pauseNode(node); });
}

void Simulation::pauseNode(NodeIndex node)
{
    if (world_.topology->isBroker(node))
        tell(node, BrokerPaused{node + 1});
    else
        tell(node, ControllerPaused{node});
    pause(node);
}

void Simulation::doAct(const ResumeBroker& command)
{
    toProcess(Topology::brokerNode(command.broker), [this](NodeIndex node) { resumeNode(node); });
}

void Simulation::doAct(const ResumeController& command)
{
    toProcess(world_.topology->controllerNode(command.controller),
              [this](NodeIndex node) { resumeNode(node); });
}

void Simulation::resumeNode(NodeIndex node)
{
    if (!world_.node(node).alive)
        return; // the other half of the process has ended it, with what was due meanwhile
    if (world_.topology->isBroker(node))
        tell(node, BrokerResumed{node + 1});
    else
        tell(node, ControllerResumed{node});
    resume(node);
}

} // namespace tideline
