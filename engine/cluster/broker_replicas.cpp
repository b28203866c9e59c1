// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: replicas that it is to have no longer, because their topic was deleted or a reassignment has moved
// them: whoever waits for them is told, and their log is deleted. Source: ReplicaManager.stopPartitions of
// Kafka.
#include "engine/cluster/broker.h"

namespace tideline {

// Logs on its disk that the metadata gives to others, or to nobody any more: a broker finds them when a topic
// is deleted, and when it starts after it was away.
void Broker::dropStrayReplicas(Step step)
{
    std::vector<PartitionIndex> stray;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        const PartitionIndex partition = replicas_[i].partition;
        if (!image_.partition(partition).replicas.contains(id_))
            stray.push_back(partition);
    }
    for (const PartitionIndex partition : stray)
        dropReplica(partition, step);
}

void Broker::dropReplica(PartitionIndex partition, Step step)
{
    Replica* former = editReplica(partition);
    if (!former)
        return;
    PartitionRegistration now = image_.partition(partition);
    const bool deleted = now.leaderEpoch < 0;
    if (former->role != Replica::Role::None) {
        failWaiting(*former, deleted ? ErrorCode::UnknownTopicOrPartition : ErrorCode::NotLeaderOrFollower,
                    step);
        if (deleted)
            now.leaderEpoch = former->leaderEpoch;
        becomeFollower(*former, now, step);
        if (now.leader != kNone)
            fetcher(now.leader).remove(partition);
    }
    step.out.fact(LogDeleted{partition, id_, former->leo()});
    replicas_.remove(partition);
}

} // namespace tideline
