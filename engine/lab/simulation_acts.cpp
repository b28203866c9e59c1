// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: what a person or the script does. Each act was checked when it was given; here it only happens.
#include "engine/cluster/judge_admin.h"
#include "engine/lab/judge_command.h"
#include "engine/lab/simulation.h"

#include <algorithm>
#include <charconv>

namespace tideline {

NodeIndex nodeNamed(const World& world, std::string_view name)
{
    for (NodeIndex node = 0; node < static_cast<NodeIndex>(world.nodes.size()); ++node) {
        if (world.names->nodeName(node) == name)
            return node;
    }
    return kNone;
}

MemberIndex memberNamed(const World& world, std::string_view name)
{
    const auto& members = world.names->members;
    const auto found = std::find_if(members.begin(), members.end(),
                                    [name](const Directory::Member& m) { return m.name == name; });
    return found == members.end() ? kNone : static_cast<MemberIndex>(found - members.begin());
}

void Simulation::act(const Command& command)
{
    cause_ = 0; // a person's will has no cause in here
    if (judgeCommand(world_, command)) {
        // A script may ask for what cannot be done any more; an administrator is told why.
        std::visit([this](const auto& c) { tellRefusal(c); }, command);
        return;
    }
    std::visit(
        [this](const auto& c) {
            if constexpr (requires { this->doAct(c); })
                this->doAct(c);
            else
                this->ask(c);
        },
        command);
}

// The process ends. Its machine closes its connections: what it had sent still arrives, then the others
// notice.
void Simulation::die(NodeIndex index)
{
    Node& node = world_.nodes[static_cast<std::size_t>(index)].edit();
    node.alive = false;
    node.paused = false;
    node.held.clear();
    node.since = world_.now;
    ++node.incarnation;
    if (node.kind == NodeKind::Broker)
        world_.brokers[static_cast<std::size_t>(node.index)].edit().processEnded();
    Network& network = world_.network.edit();
    for (std::size_t i = 0; i < network.links().size(); ++i) {
        const Network::Link& seen = network.links()[i];
        if (seen.a != index && seen.b != index)
            continue;
        const NodeIndex peer = seen.a == index ? seen.b : seen.a;
        Network::Link& link = network.link(index, peer);
        ++link.connection;
        link.validFrom[Network::direction(link, peer)] = link.connection; // to the dead: lost
        const Micros after =
            std::max(world_.now + link.latency, link.lastArrival[Network::direction(link, index)]);
        const std::int32_t upTo = link.lastCorrelation[Network::direction(link, peer)];
        if (!link.cut[Network::direction(link, index)])
            schedule(after, peer, CloseSeen{index, upTo, world_.node(peer).incarnation});
    }
}

// The process of a node runs again, and begins with this timer.
void Simulation::startProcess(NodeIndex index, TimerKind first)
{
    Node& node = world_.nodes[static_cast<std::size_t>(index)].edit();
    node.alive = true;
    node.since = world_.now;
    schedule(world_.now, index, RingTimer{Timer{first, 0, 0}, node.incarnation, 0});
}

template <class C>
void Simulation::tellRefusal(const C& command)
{
    if constexpr (std::is_constructible_v<AdminRequest, C>) {
        const AdminRequest request = command;
        // Without an active controller nobody judges it: the administrator's client waits in vain.
        const Controller* controller = world_.activeController();
        const control::TopicRegistry& topics = world_.metadata().topics;
        PartitionIndex partition = kNone;
        if constexpr (requires { command.partition; })
            partition = topics.find(topics.find(command.topic), command.partition);
        else if constexpr (requires { command.topic; })
            partition = topics.find(topics.find(command.topic), 0);
        ErrorCode error = controller && controller->canWrite()
                              ? judgeAdmin(controller->control(), request).error
                              : ErrorCode::RequestTimedOut;
        if (error == ErrorCode::None) // nothing that Kafka forbids: the lab does
            error = ErrorCode::InvalidRequest;
        tell(world_.topology->controllerNode(controller ? controller->number() : 1),
             AdminRequestRefused{partition, error});
    }
}

// The administrator's client sits beside the active controller: its request takes no time to get there.
void Simulation::ask(const AdminRequest& request)
{
    const NodeIndex node = world_.topology->controllerNode(world_.activeController()->number());
    const Step step = stepOf(node);
    world_.controllers[static_cast<std::size_t>(world_.node(node).index)].edit().onAdmin(request, step);
    carryOut(node, cause_);
}

void Simulation::pause(NodeIndex index)
{
    Node& node = world_.nodes[static_cast<std::size_t>(index)].edit();
    node.paused = true;
    node.since = world_.now;
}

// Messages that waited are taken now, and timers that were due ring, in order. The clock of a paused process
// goes on, as that of one that gets SIGSTOP does; but a client's stands still.
void Simulation::resume(NodeIndex index)
{
    Node& node = world_.nodes[static_cast<std::size_t>(index)].edit();
    node.paused = false;
    if (node.kind != NodeKind::Broker && node.kind != NodeKind::Controller)
        node.clockBehind += world_.now - node.since;
    node.since = world_.now;
    const std::vector<Event> held = std::move(node.held);
    node.held.clear();
    // At once: what else arrives now comes after it. A timer that is not due by the node's clock is set
    // again.
    for (const Event& event : held) {
        cause_ = event.cause;
        handle(event);
    }
}

void Simulation::doAct(const SlowFollower& command)
{
    const NodeIndex node = Topology::brokerNode(command.broker);
    tell(node, FollowerSlowed{command.broker, command.delay});
    world_.nodes[static_cast<std::size_t>(node)].edit().slowed = command.delay;
}

void Simulation::doAct(const PauseConsumer& command)
{
    const MemberIndex member = memberNamed(world_, command.member);
    tell(world_.memberNode(member), MemberPaused{member});
    pause(world_.memberNode(member));
    noteMember(*world_.members[static_cast<std::size_t>(member)], MemberState::Paused);
}

void Simulation::doAct(const ResumeConsumer& command)
{
    const MemberIndex member = memberNamed(world_, command.member);
    tell(world_.memberNode(member), MemberResumed{member});
    resume(world_.memberNode(member));
    const GroupConsumer& consumer = *world_.members[static_cast<std::size_t>(member)];
    noteMember(consumer, consumer.state());
}

void Simulation::doAct(const CrashConsumer& command)
{
    const MemberIndex member = memberNamed(world_, command.member);
    const NodeIndex node = world_.memberNode(member);
    const Step step = stepOf(node);
    world_.members[static_cast<std::size_t>(member)].edit().crash(step);
    carryOut(node, 0);
    noteMember(*world_.members[static_cast<std::size_t>(member)], MemberState::Crashed);
    die(node);
}

void Simulation::doAct(const StopConsumer& command)
{
    const MemberIndex member = memberNamed(world_, command.member);
    const NodeIndex node = world_.memberNode(member);
    const Step step = stepOf(node);
    world_.members[static_cast<std::size_t>(member)].edit().stop(step);
    carryOut(node, 0);
    noteMember(*world_.members[static_cast<std::size_t>(member)], MemberState::Stopped);
    // What it has sent arrives; it is not there for the answers.
    Node& stopped = world_.nodes[static_cast<std::size_t>(node)].edit();
    stopped.alive = false;
    stopped.since = world_.now;
    ++stopped.incarnation;
}

void Simulation::doAct(const StartConsumer& command)
{
    startProcess(world_.memberNode(memberNamed(world_, command.member)), TimerKind::MemberStart);
}

void Simulation::doAct(const AddConsumer& command)
{
    const auto& names = world_.topology->groupNames;
    const auto group =
        static_cast<GroupIndex>(std::find(names.begin(), names.end(), command.group) - names.begin());
    const MemberIndex member = addMember(world_, group);
    schedule(world_.now, world_.memberNode(member), RingTimer{Timer{TimerKind::MemberStart, 0, 0}, 0, 0});
}

void Simulation::doAct(const ChangeRate& command)
{
    const auto& producers = world_.topology->scenario->producers;
    const auto found = std::find_if(producers.begin(), producers.end(),
                                    [&command](const ProducerSpec& p) { return p.name == command.producer; });
    const auto producer = static_cast<ProducerIndex>(found - producers.begin());
    const NodeIndex node = world_.producerNode(producer);
    tell(node, RateChanged{producer, command.recordsPerSecond});
    const Step step = stepOf(node);
    world_.producers[static_cast<std::size_t>(producer)].edit().changeRate(command.recordsPerSecond, step);
    carryOut(node, cause_);
}

} // namespace tideline
