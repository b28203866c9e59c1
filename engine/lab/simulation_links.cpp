// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: what a person or the script does to links, to clocks and to single messages.
#include "engine/lab/judge_link.h"
#include "engine/lab/simulation.h"

#include <algorithm>

namespace tideline {

namespace {

// Calls visit(a, b) for each link between the two sides; judgeCommand() has seen that all names are there.
template <class Visit>
void forEachLink(const World& world, const NodeNames& from, const NodeNames& to, Visit&& visit)
{
    const std::vector<NodeIndex> others = nodesNamed(world, to);
    for (const NodeIndex one : nodesNamed(world, from)) {
        for (const NodeIndex other : others)
            visit(one, other);
    }
}

} // namespace

void Simulation::doAct(const CutLink& command)
{
    forEachLink(world_, command.from, command.to, [&](NodeIndex a, NodeIndex b) {
        Network::Link& link = world_.network.edit().link(a, b);
        const std::size_t there = Network::direction(link, a);
        const std::size_t back = Network::direction(link, b);
        const bool cutThere = !link.cut[there];
        const bool cutBack = !command.oneWay && !link.cut[back];
        if (!cutThere && !cutBack)
            return;
        cause_ = 0;
        tell(a, cutThere ? LinkCut{a, b, !cutBack} : LinkCut{b, a, true});
        for (const std::size_t way : {there, back}) {
            if (way == there ? cutThere : cutBack) {
                link.cut[way] = true;
                link.cutBy[way] = cause_;
            }
        }
    });
}

void Simulation::doAct(const HealLink& command)
{
    forEachLink(world_, command.from, command.to,
                [&](NodeIndex a, NodeIndex b) { heal(a, b, command.oneWay); });
}

void Simulation::heal(NodeIndex a, NodeIndex b, bool oneWay)
{
    Network::Link& link = world_.network.edit().link(a, b);
    const std::size_t there = Network::direction(link, a);
    const std::size_t back = Network::direction(link, b);
    const bool healThere = link.cut[there];
    const bool healBack = !oneWay && link.cut[back];
    if (!healThere && !healBack)
        return;
    cause_ = 0;
    tell(a, healThere ? LinkHealed{a, b, !healBack} : LinkHealed{b, a, true});
    for (const std::size_t way : {there, back}) {
        if (way == there ? healThere : healBack) {
            link.cut[way] = false;
            link.cutBy[way] = 0;
        }
    }
    letGo(link);
    if (!link.whole())
        return;
    if (!world_.node(a).alive)
        refuse(a, b);
    if (!world_.node(b).alive)
        refuse(b, a);
}

// What the link has held goes on, as far as it may now.
void Simulation::letGo(Network::Link& link)
{
    if (link.whole() && !link.held.empty())
        link.opened = link.connection; // its handshake gets through
    const std::vector<Message> held = std::move(link.held);
    link.held.clear();
    for (const Message& message : held) {
        if (!Network::carries(link, message)) {
            link.held.push_back(message);
            continue;
        }
        const Micros at =
            world_.network.edit().lateArrival(link, message.from, wireBytes(message.body), world_.now);
        schedule(at, message.to, DeliverMessage{message, DeliverMessage::Way::Late});
    }
}

// What the peer has sent to a node that does not run finds nobody; the peer learns of it after a round trip.
void Simulation::refuse(NodeIndex dead, NodeIndex peer)
{
    const Network::Link& link = world_.network.edit().link(dead, peer);
    const std::int32_t upTo = link.lastCorrelation[Network::direction(link, peer)];
    schedule(world_.now + 2 * link.latency, peer, CloseSeen{dead, upTo, world_.node(peer).incarnation});
}

void Simulation::doAct(const ChangeLink& command)
{
    forEachLink(world_, command.from, command.to, [&](NodeIndex a, NodeIndex b) {
        Network& network = world_.network.edit();
        Network::Link& link = network.link(a, b);
        link.latency = command.latency != 0 ? command.latency : link.latency;
        link.bandwidth = command.bandwidth != 0 ? command.bandwidth : link.bandwidth;
        const bool own = link.latency == network.latency() && link.bandwidth == network.bandwidth();
        cause_ = 0;
        tell(a, LinkChanged{a, b, link.latency, link.bandwidth, own});
        link.changedBy = own ? 0 : cause_;
    });
}

void Simulation::doAct(const ResetLink& command)
{
    forEachLink(world_, command.from, command.to, [&](NodeIndex a, NodeIndex b) {
        Network& network = world_.network.edit();
        Network::Link& link = network.link(a, b);
        if (link.changedBy == 0)
            return;
        link.latency = network.latency();
        link.bandwidth = network.bandwidth();
        link.changedBy = 0;
        cause_ = 0;
        tell(a, LinkChanged{a, b, link.latency, link.bandwidth, true});
    });
}

void Simulation::doAct(const SkewClock& command)
{
    const NodeIndex node = nodeNamed(world_, command.node);
    tell(node, ClockSkewed{node, command.by});
    world_.nodes[static_cast<std::size_t>(node)].edit().skew = command.by;
}

void Simulation::doAct(const AimFault& command)
{
    const NodeIndex from = nodeNamed(world_, command.from);
    const NodeIndex to = nodeNamed(world_, command.to);
    const auto name = static_cast<std::int32_t>(messageNamed(command.message).value());
    tell(from, FaultAimed{from, to, name, command.number, command.delay});
    world_.network.edit().aim({name, from, to, command.number, command.delay, cause_});
}

void Simulation::doAct(const CancelAim& command)
{
    const NodeIndex from = nodeNamed(world_, command.from);
    const NodeIndex to = nodeNamed(world_, command.to);
    const auto name = static_cast<std::int32_t>(messageNamed(command.message).value());
    world_.network.edit().cancelAims(name, from, to);
    tell(from, AimCancelled{from, to, name});
}

std::optional<Micros> Simulation::struck(const Network::Aim& aim, Network::Link& link)
{
    cause_ = aim.fact;
    if (aim.delay == 0)
        tell(aim.from, MessageDropped{aim.from, aim.to, aim.name});
    else
        tell(aim.from, MessageDelayed{aim.from, aim.to, aim.name, aim.delay});
    link.struckBy = cause_;
    return aim.delay == 0 ? std::nullopt : std::optional<Micros>(aim.delay);
}

} // namespace tideline
