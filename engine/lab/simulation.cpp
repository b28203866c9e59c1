// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/simulation.h"

#include "engine/lab/cause_in_step.h"

#include <algorithm>
#include <optional>

namespace tideline {

namespace {

template <class... F>
struct Overload : F...
{
    using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

} // namespace

MemberIndex addMember(World& world, GroupIndex group)
{
    const auto index = static_cast<MemberIndex>(world.members.size());
    const std::int32_t number = ++world.membersEver[static_cast<std::size_t>(group)];
    world.members.emplace_back(GroupConsumer(index, group, number));
    Node node;
    node.kind = NodeKind::Member;
    node.index = index;
    node.alive = false;
    node.draws = Random(world.topology->scenario->seed, kNodeStreams + world.nodes.size());
    world.nodes.emplace_back(std::move(node));
    Directory names = *world.names;
    names.members.push_back(
        {world.topology->groupNames[static_cast<std::size_t>(group)] + "-" + std::to_string(number), group});
    world.names = std::make_shared<const Directory>(std::move(names));
    return index;
}

void Simulation::begin()
{
    const Topology& topology = *world_.topology;
    const Scenario& scenario = *topology.scenario;
    const std::vector<TimedCommand>& script = scenario.script;
    for (std::size_t i = 0; i < script.size(); ++i)
        world_.queue.edit().pushAct(script[i].at, Event{0, kNone, CarryOutAct{static_cast<std::int32_t>(i)}});
    for (std::int32_t controller = 1; controller <= topology.config.controllers; ++controller)
        schedule(0, topology.controllerNode(controller),
                 RingTimer{Timer{TimerKind::ControllerStart, 0, 0}, 0, 0});
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(world_.nodes.size()); ++node) {
        const Node& started = world_.node(node);
        if (started.kind == NodeKind::Member || started.kind == NodeKind::Controller)
            continue;
        schedule(0, node, RingTimer{Timer{TimerKind::MemberStart, 0, 0}, 0, 0});
    }
    for (std::size_t queue = 0; queue < world_.queues.size(); ++queue)
        armQueue(queue);
    // Members start together, or one after the other.
    std::vector<std::int32_t> inGroup(scenario.groups.size());
    for (const Cow<GroupConsumer>& member : world_.members) {
        const auto group = static_cast<std::size_t>(member->group());
        const Micros at = scenario.groups[group].joinEvery * inGroup[group]++;
        schedule(at, world_.memberNode(member->index()),
                 RingTimer{Timer{TimerKind::MemberStart, 0, 0}, 0, 0});
    }
}

bool Simulation::handleNext(Micros limit)
{
    if (world_.invariantBroken || world_.queue->nextTime() > limit)
        return false;
    const Micros time = world_.queue->nextTime();
    passTo(time);
    const Event event = world_.queue.edit().pop().second;
    // What comes next lies anywhere in memory: it is fetched while this event is handled.
    if (const EventQueue<Event>& queue = *world_.queue; !queue.empty())
        __builtin_prefetch(&queue.payload(queue.entries().front()));
    ++world_.events;
    cause_ = event.cause;
    handle(event);
    return true;
}

void Simulation::passTo(Micros time)
{
    while (world_.rollUps.nextClose() <= time) {
        world_.now = std::max(world_.now, world_.rollUps.nextClose());
        sample();
    }
    world_.now = std::max(world_.now, time);
}

void Simulation::handle(const Event& event)
{
    if (const auto* act = std::get_if<CarryOutAct>(&event.body)) {
        this->act((*world_.commands)[static_cast<std::size_t>(act->act)].command);
        return;
    }
    if (const auto* ring = std::get_if<RingQueue>(&event.body)) {
        ringQueue(static_cast<std::size_t>(ring->queue));
        return;
    }
    if (std::holds_alternative<ContinueRestart>(event.body)) {
        continueRestart();
        return;
    }
    const Node& node = world_.node(event.node);
    if (const auto* arrival = std::get_if<DeliverMessage>(&event.body)) {
        if (!passes(*arrival) || !isAccepted(arrival->message))
            return;
    } else {
        const std::int32_t incarnation = std::visit(
            Overload{[](const RingTimer& ring) { return ring.incarnation; },
                     [](const CloseSeen& close) { return close.incarnation; }, [](const auto&) { return 0; }},
            event.body);
        if (incarnation != node.incarnation)
            return;
    }
    const bool starts = std::holds_alternative<RingTimer>(event.body) &&
                        std::get<RingTimer>(event.body).timer.kind == TimerKind::MemberStart;
    if (!node.alive && !starts)
        return;
    if (const auto* ring = std::get_if<RingTimer>(&event.body);
        ring && !node.paused && world_.now - node.clockBehind < ring->due) {
        schedule(ring->due + node.clockBehind, event.node, *ring); // its clock stood still: not yet
        return;
    }
    if (node.paused) {
        std::vector<Event>& held = world_.nodes[static_cast<std::size_t>(event.node)].edit().held;
        held.push_back(event);
        if (auto* arrived = std::get_if<DeliverMessage>(&held.back().body))
            arrived->way = DeliverMessage::Way::Arrived; // the network has no more to say
        return;
    }
    wake(event.node, event);
}

// Whether a message that is due now gets through the network. If not, it is lost, or its link keeps it: for
// as long as the link is cut, and behind what the link has kept before.
bool Simulation::passes(const DeliverMessage& arrival)
{
    using Way = DeliverMessage::Way;
    const Message& message = arrival.message;
    Network::Link& link = world_.network.edit().link(message.from, message.to);
    const std::size_t way = Network::direction(link, message.from);
    if (arrival.way == Way::Late)
        --link.late[way];
    if (!Network::valid(link, message.from, message.connection))
        return false; // of a connection that is no more
    if (arrival.way == Way::Arrived)
        return true;
    if (arrival.way == Way::Ordinary && link.late[way] > 0) {
        ++link.late[way];
        schedule(link.lastArrival[way], message.to, DeliverMessage{message, Way::Late});
        return false;
    }
    if (Network::carries(link, message))
        return true;
    link.held.push_back(message);
    return false;
}

// A request that a cut link has kept until the broker was started anew finds nobody who listens yet.
bool Simulation::isAccepted(const Message& message)
{
    const Node& to = world_.node(message.to);
    const NodeKind sender = world_.node(message.from).kind;
    const bool asks = (sender != NodeKind::Broker && sender != NodeKind::Controller) ||
                      message.body.as<ReplicaFetchRequest>();
    if (to.kind != NodeKind::Broker || !asks || !to.alive || listens(message.to))
        return true;
    schedule(world_.now + world_.network->find(message.from, message.to)->latency, message.from,
             CloseSeen{message.to, message.correlation, world_.node(message.from).incarnation});
    return false;
}

Step Simulation::stepOf(NodeIndex index)
{
    Node& node = world_.nodes[static_cast<std::size_t>(index)].edit();
    return Step{world_.now - node.clockBehind,
                *world_.topology,
                node.draws,
                effects_,
                observer_ ? observer_->watched() : WatchedRecord{},
                cause_,
                node.clockBehind + node.skew};
}

// Calls act(actor, step) with the actor of the node.
template <class Act>
void Simulation::with(NodeIndex index, Act&& act)
{
    const Step step = stepOf(index);
    const Node& node = world_.node(index);
    const auto place = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Broker:
        act(world_.brokers[place].edit(), step);
        break;
    case NodeKind::Controller:
        act(world_.controllers[place].edit(), step);
        break;
    case NodeKind::Producer:
        act(world_.producers[place].edit(), step);
        break;
    case NodeKind::Pipeline:
        act(world_.pipelines[place].edit(), step);
        break;
    case NodeKind::Member:
        act(world_.members[place].edit(), step);
        break;
    }
}

void Simulation::wake(NodeIndex index, const Event& event)
{
    if (const auto* arrival = std::get_if<DeliverMessage>(&event.body)) {
        const Message& message = arrival->message;
        if (observer_)
            observer_->onMessage(world_.now, message);
        const ReplyTo from{message.from, message.connection, message.correlation};
        with(index, [&](auto& actor, const Step& step) {
            if constexpr (requires { actor.onMessage(message, from, step); })
                actor.onMessage(message, from, step);
            else
                actor.onMessage(message, step);
        });
    } else if (const auto* ring = std::get_if<RingTimer>(&event.body)) {
        if (ring->timer.kind == TimerKind::MemberStart)
            world_.nodes[static_cast<std::size_t>(index)].edit().alive = true;
        with(index, [&](auto& actor, const Step& step) {
            if (ring->timer.kind == TimerKind::MemberStart) {
                if constexpr (requires { actor.start(step); })
                    actor.start(step);
            } else {
                actor.onTimer(ring->timer, step);
            }
        });
    } else if (const auto* closed = std::get_if<CloseSeen>(&event.body)) {
        with(index, [&](auto& actor, const Step& step) {
            if constexpr (requires { actor.onConnectionClosed(closed->peer, closed->upTo, step); })
                actor.onConnectionClosed(closed->peer, closed->upTo, step);
        });
    }
    carryOut(index, cause_);
    if (world_.node(index).kind == NodeKind::Member) {
        const GroupConsumer& member = *world_.members[static_cast<std::size_t>(world_.node(index).index)];
        noteMember(member, member.state());
    }
}

// Does what the step asked for, in order: a message is caused by the last fact before it.
void Simulation::carryOut(NodeIndex index, FactNumber cause)
{
    cause_ = cause;
    const NodeKind kind = world_.node(index).kind;
    const bool chained = kind == NodeKind::Broker || kind == NodeKind::Controller;
    CauseInStep causes(cause);
    std::optional<ProcessEnd> end;
    std::vector<Effect> list = std::move(effects_.list());
    effects_.clear();
    for (Effect& effect : list) {
        if (auto* request = std::get_if<SendRequest>(&effect)) {
            perform(index, *request);
        } else if (auto* reply = std::get_if<SendReply>(&effect)) {
            perform(index, *reply);
        } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
            const Node& node = world_.node(index);
            schedule(timer->at + node.clockBehind, index,
                     RingTimer{timer->timer, node.incarnation, timer->at});
        } else if (const auto* ends = std::get_if<EndProcess>(&effect)) {
            end = std::max(end, std::optional(ends->how)); // a broker whose disk fails does not stop cleanly
        } else if (const auto* committed = std::get_if<MetadataCommitted>(&effect)) {
            commit(index, *committed);
            cause_ = cause;
        } else if (const auto* close = std::get_if<CloseConnection>(&effect)) {
            tell(index, ConnectionTimedOut{index, close->peer});
            closeConnection(index, close->peer);
        } else if (auto* fact = std::get_if<FactBody>(&effect)) {
            // What a client finds in one step has one cause; of what a broker or a controller does, one thing
            // leads to the next.
            if (chained) {
                tell(index, causes, std::move(*fact));
            } else {
                cause_ = cause;
                tell(index, std::move(*fact));
            }
        } else {
            seen(index, effect);
        }
    }
    list.clear();
    effects_.list() = std::move(list); // its room is used again
    if (end)
        endProcess(index, *end);
}

void Simulation::schedule(Micros time, NodeIndex node, decltype(Event::body) body)
{
    world_.queue.edit().push(std::max(time, world_.now), Event{cause_, node, std::move(body)});
}

// Whether a client, or a broker that follows, can open a connection to the node.
bool Simulation::listens(NodeIndex index) const
{
    const Node& node = world_.node(index);
    return node.alive &&
           (node.kind != NodeKind::Broker || world_.brokers[static_cast<std::size_t>(node.index)]->listens());
}

void Simulation::perform(NodeIndex from, const SendRequest& request)
{
    Network::Link& link = world_.network.edit().link(from, request.to);
    const bool waits = request.correlation != 0;
    if (waits)
        link.lastCorrelation[Network::direction(link, from)] = request.correlation;
    const bool refused = waits ? !listens(request.to) : !world_.node(request.to).alive;
    if (refused && link.whole()) {
        // Nobody listens there. Who waits for an answer learns of it after a round trip.
        if (waits || request.body.as<QuorumRequest>())
            schedule(world_.now + 2 * link.latency, from,
                     CloseSeen{request.to, request.correlation, world_.node(from).incarnation});
        return;
    }
    send(from, Message{from, request.to, request.correlation, link.connection, world_.now, request.body},
         wireBytes(request.body));
}

void Simulation::perform(NodeIndex from, const SendReply& reply)
{
    const Network::Link& link = world_.network.edit().link(from, reply.to.node);
    if (!Network::valid(link, from, reply.to.connection))
        return; // the asker has given up
    send(from,
         Message{from, reply.to.node, reply.to.correlation, reply.to.connection, world_.now, reply.body},
         wireBytes(reply.body));
}

void Simulation::send(NodeIndex from, Message message, std::int64_t bytes)
{
    const NodeIndex to = message.to;
    const bool replicates = message.body.as<ReplicaFetchResponse>();
    const bool appends = replicates || message.body.as<ProduceRequest>();
    Micros extra = (replicates ? world_.node(to).slowed : 0) + (appends ? world_.node(to).diskDelay : 0);
    Network& network = world_.network.edit();
    Network::Link& link = network.link(from, to);
    if (link.whole())
        link.opened = std::max(link.opened, message.connection);
    const FactNumber cause = cause_;
    if (!network.aims().empty()) {
        if (const auto aim = network.strike(message)) {
            const auto later = struck(*aim, link);
            if (!later) {
                cause_ = cause;
                return;
            }
            extra += *later;
        }
    }
    const Micros at = network.arrival(link, from, bytes, world_.now, extra);
    schedule(at, to, DeliverMessage{std::move(message)});
    cause_ = cause;
}

// `closing` gives the connection up. What either side had sent is lost; the other side learns of it when the
// link lets it.
void Simulation::closeConnection(NodeIndex closing, NodeIndex peer)
{
    Network::Link& link = world_.network.edit().link(closing, peer);
    ++link.connection;
    link.validFrom = {link.connection, link.connection};
    link.held.clear();
    link.struckBy = 0;
    // What waited to be sent is gone, so that nothing waits behind it.
    for (const std::size_t way : {std::size_t{0}, std::size_t{1}}) {
        link.busyUntil[way] = std::min(link.busyUntil[way], world_.now);
        link.lastArrival[way] = std::min(link.lastArrival[way], world_.now);
    }
    const std::int32_t mine = link.lastCorrelation[Network::direction(link, closing)];
    const std::int32_t theirs = link.lastCorrelation[Network::direction(link, peer)];
    schedule(world_.now, closing, CloseSeen{peer, mine, world_.node(closing).incarnation});
    if (!link.cut[Network::direction(link, closing)])
        schedule(world_.now + link.latency, peer, CloseSeen{closing, theirs, world_.node(peer).incarnation});
}

} // namespace tideline
