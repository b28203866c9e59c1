// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

const Controller* World::activeController() const
{
    const Controller* found = nullptr;
    for (const Cow<Controller>& controller : controllers) {
        const Node& process = node(topology->controllerNode(controller->number()));
        if (!controller->active() || !process.alive || process.paused)
            continue;
        if (!found || controller->epoch() > found->epoch())
            found = &*controller;
    }
    return found;
}

const Replica* World::leaderReplica(PartitionIndex partition) const
{
    const BrokerId leader = metadata().partition(partition).leader;
    if (leader == kNone)
        return nullptr;
    const Replica* replica = brokers[static_cast<std::size_t>(leader - 1)]->replica(partition);
    return replica && replica->role == Replica::Role::Leader ? replica : nullptr;
}

Offset World::groupPosition(GroupIndex group, PartitionIndex partition) const
{
    for (const Cow<GroupConsumer>& member : members) {
        if (member->group() != group || member->state() != MemberState::Stable)
            continue;
        for (const FetchClient::Partition& read : member->fetching().partitions()) {
            if (read.index == partition && read.position != kUnknownOffset)
                return read.position;
        }
    }
    return groupCommitted(group, partition);
}

Offset World::groupCommitted(GroupIndex group, PartitionIndex partition) const
{
    const BrokerId coordinator = metadata().partition(topology->offsetsPartition(group)).leader;
    if (coordinator == kNone)
        return kUnknownOffset;
    return brokers[static_cast<std::size_t>(coordinator - 1)]->coordinator().committed(group, partition);
}

std::vector<PartitionIndex> World::groupPartitions(GroupIndex group) const
{
    std::vector<PartitionIndex> partitions;
    for (const std::string& name : topology->scenario->groups[static_cast<std::size_t>(group)].topics) {
        const std::vector<PartitionIndex> own = names->partitionsOf(name);
        partitions.insert(partitions.end(), own.begin(), own.end());
    }
    std::sort(partitions.begin(), partitions.end());
    return partitions;
}

void World::addLagLine(GroupIndex group, PartitionIndex partition)
{
    auto& lines = lagLines[static_cast<std::size_t>(group)];
    if (lines.size() >= static_cast<std::size_t>(RollUps::kPartitionsAGroup))
        return;
    lines.emplace_back(partition, rollUps.addLine(ChartsFrame::Chart::Lag, ChartsFrame::Line::PartitionLag,
                                                  partition, group, RollUps::Merge::Largest));
}

} // namespace tideline
