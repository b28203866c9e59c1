// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: what happens to the disks of brokers and what an administrator deletes. Each act was checked
// when it was given; here it only happens.
#include "engine/lab/judge_command.h"
#include "engine/lab/simulation.h"

#include <algorithm>

namespace tideline {

namespace {

// Brokers other than `but` whose log of the partition reaches `end`.
std::int32_t copiesElsewhere(const World& world, PartitionIndex partition, Offset end, BrokerId but)
{
    std::int32_t copies = 0;
    for (const Cow<Broker>& broker : world.brokers) {
        const Replica* replica = broker->id() == but ? nullptr : broker->replica(partition);
        copies += replica && replica->leo() >= end ? 1 : 0;
    }
    return copies;
}

} // namespace

void Simulation::doAct(const PowerLoss& command)
{
    const NodeIndex node = Topology::brokerNode(command.broker);
    tell(node, BrokerLostPower{command.broker});
    const FactNumber outage = cause_;
    const Micros clock = world_.now - world_.node(node).clockBehind;
    die(node);
    if (const NodeIndex other = world_.topology->sameProcess(node);
        other != kNone && world_.node(other).alive)
        kill(other); // what a controller writes is flushed before it counts
    for (const Broker::Unflushed& lost :
         world_.brokers[static_cast<std::size_t>(command.broker - 1)].edit().losePower(clock)) {
        cause_ = outage;
        const Offset committed = std::clamp<Offset>(lost.highWatermark - lost.to, 0, lost.from - lost.to);
        tell(node,
             UnflushedRecordsLost{lost.partition, command.broker, lost.from, lost.to,
                                  static_cast<std::int32_t>(committed),
                                  copiesElsewhere(world_, lost.partition,
                                                  std::min(lost.from, lost.highWatermark), command.broker)});
    }
}

void Simulation::doAct(const SlowDisk& command)
{
    const NodeIndex node = Topology::brokerNode(command.broker);
    tell(node, DiskSlowed{command.broker, command.delay});
    world_.nodes[static_cast<std::size_t>(node)].edit().diskDelay = command.delay;
}

void Simulation::doAct(const FillDisk& command)
{
    tell(Topology::brokerNode(command.broker), DiskFilled{command.broker});
    world_.brokers[static_cast<std::size_t>(command.broker - 1)].edit().setDisk(DiskState::Full);
}

void Simulation::doAct(const FailDisk& command)
{
    const NodeIndex node = Topology::brokerNode(command.broker);
    tell(node, DiskFailed{command.broker});
    if (world_.node(node).alive)
        endProcess(node, ProcessEnd::DiskFailed);
    Broker& broker = world_.brokers[static_cast<std::size_t>(command.broker - 1)].edit();
    broker.setDisk(DiskState::Failed);
    broker.eraseDisk();
}

void Simulation::doAct(const RepairDisk& command)
{
    Broker& broker = world_.brokers[static_cast<std::size_t>(command.broker - 1)].edit();
    tell(Topology::brokerNode(command.broker),
         DiskRepaired{command.broker, broker.disk() == DiskState::Failed});
    broker.setDisk(DiskState::Sound);
}

// The administrator's client sits beside the leader: its request takes no time to get there.
void Simulation::doAct(const DeleteRecords& command)
{
    const PartitionIndex partition = world_.names->partitionOf(command.topic, command.partition);
    const Replica& leader = *world_.leaderReplica(partition);
    const Offset before = command.before == kDeleteToHighWatermark ? leader.highWatermark : command.before;
    const NodeIndex node = Topology::brokerNode(leader.leader);
    world_.brokers[static_cast<std::size_t>(leader.leader - 1)].edit().deleteRecords(partition, before,
                                                                                     stepOf(node));
    carryOut(node, cause_);
}

void Simulation::tellRefusal(const DeleteRecords& command)
{
    const PartitionIndex partition = world_.names->partitionOf(command.topic, command.partition);
    tell(world_.topology->controllerNode(1),
         AdminRequestRefused{partition, judgeDeleteRecords(world_, command)});
}

} // namespace tideline
