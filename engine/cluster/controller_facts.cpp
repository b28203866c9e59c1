// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: what the journal is told of the records that it writes.
#include "engine/cluster/controller.h"
#include "engine/cluster/reassignment.h"

#include <optional>

namespace tideline {

void Controller::tell(const control::Record& record, Micros lastHeartbeat, Step step)
{
    if (const auto* registered = std::get_if<control::RegisterBrokerRecord>(&record)) {
        step.out.fact(BrokerRegistered{registered->broker, registered->brokerEpoch});
    } else if (const auto* change = std::get_if<control::BrokerRegistrationChangeRecord>(&record)) {
        if (change->inControlledShutdown.value_or(false))
            step.out.fact(ControlledShutdownStarted{change->broker});
        if (change->fenced && *change->fenced)
            step.out.fact(BrokerFenced{change->broker, lastHeartbeat});
        else if (change->fenced)
            step.out.fact(BrokerUnfenced{change->broker});
    }
}

// A partition has become another: what is different, in the order in which one thing leads to the next.
void Controller::tell(PartitionIndex partition, const PartitionRegistration& before, Step step) const
{
    const PartitionRegistration& after = image_.partition(partition);
    const auto size = static_cast<std::int32_t>(after.isr.size());
    const bool was = control::isReassigning(before);
    const bool is = control::isReassigning(after);
    if (is && !was)
        step.out.fact(ReassignmentStarted{partition, static_cast<std::int32_t>(after.adding.size()),
                                          static_cast<std::int32_t>(after.removing.size())});
    for (const BrokerId member : before.isr) {
        if (!after.isr.contains(member))
            step.out.fact(IsrShrank{partition, member, size});
    }
    if (after.leaderEpoch != before.leaderEpoch)
        tellLeader(partition, before, after, step);
    for (const BrokerId member : after.isr) {
        if (!before.isr.contains(member))
            step.out.fact(IsrExpanded{partition, member, size});
    }
    if (was && !is)
        step.out.fact(ReassignmentEnded{partition, static_cast<std::int32_t>(after.replicas.size())});
}

// What became of a topic that an administrator has created, grown or deleted with these records.
void Controller::tellTopics(const MetadataImage& before, const control::Records& records, Step step)
{
    std::optional<PartitionsCreated> added;
    std::optional<TopicCreated> created;
    for (const control::Record& record : records) {
        if (const auto* topic = std::get_if<control::TopicRecord>(&record)) {
            created = TopicCreated{topic->topic, 0, 0};
        } else if (const auto* partition = std::get_if<control::PartitionRecord>(&record)) {
            added = PartitionsCreated{partition->topic, added ? added->added + 1 : 1, partition->number + 1};
            if (created)
                created->replicationFactor =
                    static_cast<std::int32_t>(partition->registration.replicas.size());
        } else if (const auto* removed = std::get_if<control::RemoveTopicRecord>(&record)) {
            const control::Topic* gone = before.topics.topic(removed->topic);
            step.out.fact(TopicDeleted{removed->topic, static_cast<std::int32_t>(gone->partitions.size())});
        }
    }
    if (created) {
        created->partitions = added ? added->partitions : 0;
        step.out.fact(*created);
    } else if (added) {
        step.out.fact(*added);
    }
}

void Controller::tellLeader(PartitionIndex partition, const PartitionRegistration& before,
                            const PartitionRegistration& after, Step step)
{
    const bool unclean =
        after.recovery == LeaderRecovery::Recovering && before.recovery == LeaderRecovery::Recovered;
    if (after.leader == kNone)
        step.out.fact(PartitionOffline{partition, before.leader, after.leaderEpoch});
    else
        step.out.fact(LeaderElected{partition, after.leader, before.leader, after.leaderEpoch, unclean});
}

} // namespace tideline
