// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/leader_election.h"

namespace tideline {

namespace {

bool eligible(BrokerId broker, const PartitionImage& partition, const MetadataImage& image)
{
    return broker != kNone && partition.isr.contains(broker) && image.alive(broker);
}

} // namespace

BrokerId electLeader(const PartitionImage& partition, const MetadataImage& image, ElectionKind kind)
{
    if (kind == ElectionKind::Preferred && eligible(partition.replicas[0], partition, image))
        return partition.replicas[0];
    if (eligible(partition.leader, partition, image))
        return partition.leader;
    for (const BrokerId replica : partition.replicas) {
        if (eligible(replica, partition, image))
            return replica;
    }
    return kNone;
}

std::optional<PartitionChangeRecord> changeAfterFencing(PartitionIndex index, const MetadataImage& image,
                                                        BrokerId broker)
{
    PartitionImage partition = image.partition(index);
    PartitionChangeRecord change{index, {}, {}};
    if (partition.isr.contains(broker) && partition.isr.size() > 1) {
        partition.isr.erase(broker);
        change.isr = partition.isr;
    }
    const BrokerId leader = electLeader(partition, image, ElectionKind::Online);
    if (leader != partition.leader)
        change.leader = leader;
    if (!change.isr && !change.leader)
        return std::nullopt;
    return change;
}

std::optional<PartitionChangeRecord> changeAfterUnfencing(PartitionIndex index, const MetadataImage& image)
{
    const PartitionImage& partition = image.partition(index);
    if (partition.leaderEpoch < 0 || partition.leader != kNone)
        return std::nullopt;
    const BrokerId leader = electLeader(partition, image, ElectionKind::Online);
    if (leader == kNone)
        return std::nullopt;
    return PartitionChangeRecord{index, leader, {}};
}

std::optional<PartitionChangeRecord> changeToPreferred(PartitionIndex index, const MetadataImage& image)
{
    const PartitionImage& partition = image.partition(index);
    if (partition.leaderEpoch < 0 || partition.leader == partition.replicas[0])
        return std::nullopt;
    if (electLeader(partition, image, ElectionKind::Preferred) != partition.replicas[0])
        return std::nullopt;
    return PartitionChangeRecord{index, partition.replicas[0], {}};
}

} // namespace tideline
