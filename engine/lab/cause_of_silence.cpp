// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/cause_of_silence.h"

#include "engine/lab/world.h"

#include <algorithm>
#include <variant>

namespace tideline {

namespace {

FactNumber silence(const World& world, NodeIndex silent, NodeIndex listener)
{
    if (world.node(silent).deed != 0)
        return world.node(silent).deed;
    const Network::Link* link = world.network->find(silent, listener);
    if (!link)
        return 0;
    // What it sends does not arrive, or what it should answer does not; then whatever else was done to the
    // link.
    for (const FactNumber deed :
         {link->cutBy[Network::direction(*link, silent)], link->cutBy[Network::direction(*link, listener)],
          link->struckBy, link->changedBy}) {
        if (deed != 0)
            return deed;
    }
    return 0;
}

// Of the other controllers, whatever was last done to one of them; at the start of a run nothing was.
FactNumber silenceOfControllers(const World& world, NodeIndex candidate)
{
    FactNumber last = 0;
    for (const Cow<Controller>& controller : world.controllers) {
        const NodeIndex node = world.topology->controllerNode(controller->number());
        if (node != candidate)
            last = std::max(last, silence(world, node, candidate));
    }
    return last;
}

} // namespace

FactNumber causeOfSilence(const World& world, const FactBody& body, NodeIndex from)
{
    if (const auto* fenced = std::get_if<BrokerFenced>(&body))
        return silence(world, Topology::brokerNode(fenced->broker), from);
    // Of a fenced broker the fencing is the cause, and that has its own.
    if (const auto* shrank = std::get_if<IsrShrank>(&body);
        shrank && world.metadata().alive(shrank->removed)) {
        // The controller says so, but who waited for it in vain is its leader.
        const BrokerId leader = world.metadata().partition(shrank->partition).leader;
        return silence(world, Topology::brokerNode(shrank->removed),
                       leader == kNone ? from : Topology::brokerNode(leader));
    }
    if (const auto* election = std::get_if<QuorumElectionStarted>(&body))
        return silenceOfControllers(world, election->controller);
    if (const auto* resigned = std::get_if<ControllerResigned>(&body))
        return silenceOfControllers(world, resigned->controller);
    if (const auto* halted = std::get_if<BrokerHalted>(&body)) {
        return halted->notRegistered ? silenceOfControllers(world, from)
                                     : world.node(from).deed; // what was done to its disk
    }
    if (const auto* timedOut = std::get_if<ConnectionTimedOut>(&body))
        return silence(world, timedOut->silent, timedOut->waiting);
    if (const auto* expired = std::get_if<MemberExpired>(&body))
        return silence(world, world.memberNode(expired->member), from);
    return 0;
}

NodeIndex nodeOfDeed(const World& world, const FactBody& body)
{
    if (const auto* killed = std::get_if<BrokerKilled>(&body))
        return Topology::brokerNode(killed->broker);
    if (const auto* dark = std::get_if<BrokerLostPower>(&body))
        return Topology::brokerNode(dark->broker);
    if (const auto* full = std::get_if<DiskFilled>(&body))
        return Topology::brokerNode(full->broker);
    if (const auto* failed = std::get_if<DiskFailed>(&body))
        return Topology::brokerNode(failed->broker);
    if (const auto* halted = std::get_if<BrokerHalted>(&body))
        return Topology::brokerNode(halted->broker);
    if (const auto* slow = std::get_if<DiskSlowed>(&body); slow && slow->delay > 0)
        return Topology::brokerNode(slow->broker);
    if (const auto* stopping = std::get_if<BrokerStopping>(&body))
        return Topology::brokerNode(stopping->broker);
    if (const auto* controller = std::get_if<ControllerKilled>(&body))
        return controller->controller;
    if (const auto* stopped = std::get_if<ControllerStopping>(&body))
        return stopped->controller;
    if (const auto* pausedController = std::get_if<ControllerPaused>(&body))
        return pausedController->controller;
    if (const auto* paused = std::get_if<BrokerPaused>(&body))
        return Topology::brokerNode(paused->broker);
    if (const auto* slowed = std::get_if<FollowerSlowed>(&body); slowed && slowed->delay > 0)
        return Topology::brokerNode(slowed->broker);
    if (const auto* crashed = std::get_if<MemberCrashed>(&body))
        return world.memberNode(crashed->member);
    if (const auto* pausedMember = std::get_if<MemberPaused>(&body))
        return world.memberNode(pausedMember->member);
    return kNone;
}

NodeIndex nodeMadeWell(const World& world, const FactBody& body)
{
    if (const auto* started = std::get_if<BrokerStarted>(&body))
        return Topology::brokerNode(started->broker);
    if (const auto* controller = std::get_if<ControllerStarted>(&body))
        return controller->controller;
    if (const auto* resumedController = std::get_if<ControllerResumed>(&body))
        return resumedController->controller;
    if (const auto* resumed = std::get_if<BrokerResumed>(&body))
        return Topology::brokerNode(resumed->broker);
    if (const auto* quick = std::get_if<FollowerSlowed>(&body); quick && quick->delay == 0)
        return Topology::brokerNode(quick->broker);
    if (const auto* fast = std::get_if<DiskSlowed>(&body); fast && fast->delay == 0)
        return Topology::brokerNode(fast->broker);
    if (const auto* startedMember = std::get_if<MemberStarted>(&body))
        return world.memberNode(startedMember->member);
    if (const auto* resumedMember = std::get_if<MemberResumed>(&body))
        return world.memberNode(resumedMember->member);
    return kNone;
}

} // namespace tideline
