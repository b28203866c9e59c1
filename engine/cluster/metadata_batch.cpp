// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/metadata_batch.h"

#include "engine/base/hash.h"
#include "engine/cluster/reassignment.h"

#include <algorithm>
#include <optional>

namespace tideline {

namespace {

using Facts = std::vector<FactBody>;

void tellTopic(const control::TopicRecord& created, const MetadataBatch& batch, Facts& facts)
{
    const control::Topic* topic = batch.image.topics.topic(created.topic);
    if (!topic || topic->partitions.empty())
        return;
    const auto& replicas = batch.image.partition(topic->partitions.front()).replicas;
    facts.push_back(TopicCreated{created.topic, static_cast<std::int32_t>(topic->partitions.size()),
                                 static_cast<std::int32_t>(replicas.size())});
}

// A topic that exists has got partitions, or one is gone.
void tellTopics(const MetadataBatch& batch, const MetadataImage& before, Facts& facts)
{
    std::optional<PartitionsCreated> added;
    for (const control::Record& record : batch.records) {
        if (const auto* partition = std::get_if<control::PartitionRecord>(&record)) {
            if (before.topics.topic(partition->topic))
                added =
                    PartitionsCreated{partition->topic, added ? added->added + 1 : 1, partition->number + 1};
        } else if (const auto* removed = std::get_if<control::RemoveTopicRecord>(&record)) {
            const control::Topic* topic = before.topics.topic(removed->topic);
            const std::size_t partitions = topic ? topic->partitions.size() : 0;
            facts.push_back(TopicDeleted{removed->topic, static_cast<std::int32_t>(partitions)});
        }
    }
    if (added)
        facts.push_back(*added);
}

void tellRecord(const control::Record& record, const MetadataBatch& batch, Facts& facts)
{
    if (const auto* registered = std::get_if<control::RegisterBrokerRecord>(&record)) {
        facts.push_back(BrokerRegistered{registered->broker, registered->brokerEpoch});
    } else if (const auto* change = std::get_if<control::BrokerRegistrationChangeRecord>(&record)) {
        if (change->inControlledShutdown.value_or(false))
            facts.push_back(ControlledShutdownStarted{change->broker});
        if (change->fenced && *change->fenced)
            facts.push_back(BrokerFenced{change->broker, batch.lastHeartbeat});
        else if (change->fenced)
            facts.push_back(BrokerUnfenced{change->broker});
    } else if (const auto* topic = std::get_if<control::TopicRecord>(&record)) {
        tellTopic(*topic, batch, facts);
    }
}

void tellLeader(PartitionIndex partition, const PartitionRegistration& before,
                const PartitionRegistration& after, Facts& facts)
{
    const bool unclean =
        after.recovery == LeaderRecovery::Recovering && before.recovery == LeaderRecovery::Recovered;
    if (after.leader == kNone)
        facts.push_back(PartitionOffline{partition, before.leader, after.leaderEpoch});
    else
        facts.push_back(LeaderElected{partition, after.leader, before.leader, after.leaderEpoch, unclean});
}

// A partition has become another: what is different.
void tellPartition(PartitionIndex partition, const PartitionRegistration& before,
                   const PartitionRegistration& after, Facts& facts)
{
    const auto size = static_cast<std::int32_t>(after.isr.size());
    const bool was = control::isReassigning(before);
    const bool is = control::isReassigning(after);
    if (is && !was)
        facts.push_back(ReassignmentStarted{partition, static_cast<std::int32_t>(after.adding.size()),
                                            static_cast<std::int32_t>(after.removing.size())});
    for (const BrokerId member : before.isr) {
        if (!after.isr.contains(member))
            facts.push_back(IsrShrank{partition, member, size});
    }
    if (after.leaderEpoch != before.leaderEpoch)
        tellLeader(partition, before, after, facts);
    for (const BrokerId member : after.isr) {
        if (!before.isr.contains(member))
            facts.push_back(IsrExpanded{partition, member, size});
    }
    if (was && !is)
        facts.push_back(ReassignmentEnded{partition, static_cast<std::int32_t>(after.replicas.size())});
}

} // namespace

void MetadataBatch::hashInto(Hasher& hasher) const
{
    hashValue(hasher, records);
    hashValue(hasher, lastHeartbeat);
    hashValue(hasher, cause);
}

bool MetadataBatch::sameAs(const RaftRecords& other) const
{
    const auto* batch = dynamic_cast<const MetadataBatch*>(&other);
    return batch && records == batch->records && lastHeartbeat == batch->lastHeartbeat &&
           cause == batch->cause;
}

const MetadataBatch* metadataOf(const RaftPayload& payload)
{
    return static_cast<const MetadataBatch*>(payload.get()); // nobody else appends to this log
}

std::vector<FactBody> factsOf(const MetadataBatch& batch, const MetadataImage& before)
{
    Facts facts;
    std::vector<PartitionIndex> changed;
    for (const control::Record& record : batch.records) {
        tellRecord(record, batch, facts);
        const auto* change = std::get_if<control::PartitionChangeRecord>(&record);
        if (change && std::find(changed.begin(), changed.end(), change->partition) == changed.end())
            changed.push_back(change->partition);
    }
    tellTopics(batch, before, facts);
    for (const PartitionIndex partition : changed)
        tellPartition(partition, before.partition(partition), batch.image.partition(partition), facts);
    return facts;
}

} // namespace tideline
