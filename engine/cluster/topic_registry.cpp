// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topic_registry.h"

#include "engine/base/error.h"
#include "engine/cluster/topic_name.h"

namespace tideline::control {

TopicIndex TopicRegistry::find(const std::string& name) const
{
    const auto found = byName_->find(name);
    return found == byName_->end() ? kNone : found->second;
}

const Topic* TopicRegistry::topic(TopicIndex topic) const
{
    if (topic < 0 || topic >= nextTopic())
        return nullptr;
    const Topic& found = topics_[static_cast<std::size_t>(topic)];
    return found.name.empty() ? nullptr : &found;
}

PartitionIndex TopicRegistry::find(TopicIndex topic, std::int32_t number) const
{
    const Topic* found = this->topic(topic);
    if (!found || number < 0 || static_cast<std::size_t>(number) >= found->partitions.size())
        return kNone;
    return found->partitions[static_cast<std::size_t>(number)];
}

const Partition* TopicRegistry::partition(PartitionIndex partition) const
{
    if (partition < 0 || partition >= nextPartition())
        return nullptr;
    const Partition& found = partitions_[static_cast<std::size_t>(partition)];
    return found.topic == kNone ? nullptr : &found;
}

std::string TopicRegistry::collidingWith(const std::string& name) const
{
    const auto found = byCollisionKey_->find(collisionKey(name));
    return found == byCollisionKey_->end() ? std::string() : *found->second.begin();
}

void TopicRegistry::replay(const TopicRecord& record)
{
    TIDELINE_ASSERT(record.topic == nextTopic() && !record.name.empty());
    topics_.push({record.name, {}});
    byName_.edit()[record.name] = record.topic;
    const std::string key = collisionKey(record.name);
    if (!key.empty())
        byCollisionKey_.edit()[key].insert(record.name);
}

void TopicRegistry::replay(const RemoveTopicRecord& record)
{
    const Topic* found = topic(record.topic);
    TIDELINE_ASSERT(found);
    const Topic removed = *found;
    for (const PartitionIndex partition : removed.partitions) {
        Partition& gone = partitions_.edit(static_cast<std::size_t>(partition));
        byBroker_.changed(partition, gone.registration, PartitionRegistration{});
        gone = Partition{};
    }
    byName_.edit().erase(removed.name);
    const std::string key = collisionKey(removed.name);
    if (!key.empty()) {
        auto& byKey = byCollisionKey_.edit();
        byKey[key].erase(removed.name);
        if (byKey[key].empty())
            byKey.erase(key);
    }
    topics_.edit(static_cast<std::size_t>(record.topic)) = Topic{};
}

void TopicRegistry::replay(const PartitionRecord& record)
{
    const Topic* found = topic(record.topic);
    TIDELINE_ASSERT(found && record.partition == nextPartition());
    TIDELINE_ASSERT(static_cast<std::size_t>(record.number) == found->partitions.size());
    topics_.edit(static_cast<std::size_t>(record.topic)).partitions.push_back(record.partition);
    partitions_.push({record.topic, record.number, record.registration});
    byBroker_.changed(record.partition, PartitionRegistration{}, record.registration);
}

void TopicRegistry::replay(const PartitionChangeRecord& record)
{
    TIDELINE_ASSERT(partition(record.partition));
    change(record.partition, record.change);
}

void TopicRegistry::replay(const ClearElrRecord& record)
{
    PartitionChange clear;
    clear.elr = BrokerIds{};
    clear.lastKnownElr = BrokerIds{};
    for (const PartitionIndex partition : byBroker_.withElr().members()) {
        const TopicIndex owner = partitions_[static_cast<std::size_t>(partition)].topic;
        if (record.topic == kNone || record.topic == owner)
            change(partition, clear);
    }
}

void TopicRegistry::change(PartitionIndex partition, const PartitionChange& change)
{
    PartitionRegistration& registration = partitions_.edit(static_cast<std::size_t>(partition)).registration;
    const PartitionRegistration before = registration;
    apply(registration, change);
    byBroker_.changed(partition, before, registration);
}

} // namespace tideline::control
