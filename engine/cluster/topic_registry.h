// SPDX-License-Identifier: GPL-3.0-or-later
// TopicRegistry: the topics that exist and the registration of each of their partitions.
//
// 1. Topic and partition indexes are dense and never used twice; a topic that is removed leaves its indexes
// behind.
// 2. A partition is named by index, or by topic and number within the topic.
// 3. byBroker() always agrees with the registrations.
// A copyable value that only replay() changes; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/cluster/control_records.h"
#include "engine/cluster/partitions_by_broker.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tideline::control {

struct Topic
{
    std::string name;                       // empty: it has been removed
    std::vector<PartitionIndex> partitions; // by partition number
    TIDELINE_FIELDS(Topic, name, partitions)
};

struct Partition
{
    TopicIndex topic = kNone; // kNone: its topic has been removed
    std::int32_t number = 0;
    PartitionRegistration registration;
    TIDELINE_FIELDS(Partition, topic, number, registration)
};

class TopicRegistry
{
public:
    // kNone when there is no such topic.
    TopicIndex find(const std::string& name) const;
    // Null when the topic never was, or has been removed.
    const Topic* topic(TopicIndex topic) const;
    // kNone when the topic has no such partition.
    PartitionIndex find(TopicIndex topic, std::int32_t number) const;
    // Null when the partition never was, or its topic has been removed.
    const Partition* partition(PartitionIndex partition) const;
    // The first topic, by name, that cannot exist beside one with this name; empty when there is none.
    std::string collidingWith(const std::string& name) const;

    TopicIndex nextTopic() const { return static_cast<TopicIndex>(topics_.size()); }
    PartitionIndex nextPartition() const { return static_cast<PartitionIndex>(partitions_.size()); }
    const PartitionsByBroker& byBroker() const { return byBroker_; }

    void replay(const TopicRecord& record);
    void replay(const RemoveTopicRecord& record);
    void replay(const PartitionRecord& record);
    void replay(const PartitionChangeRecord& record);
    void replay(const ClearElrRecord& record);

    TIDELINE_FIELDS(TopicRegistry, topics_, partitions_, byName_, byCollisionKey_, byBroker_)

private:
    void change(PartitionIndex partition, const PartitionChange& change);

    CowPages<Topic> topics_;
    CowPages<Partition> partitions_;
    Cow<std::map<std::string, TopicIndex>> byName_;
    Cow<std::map<std::string, std::set<std::string>>> byCollisionKey_;
    PartitionsByBroker byBroker_;
};

} // namespace tideline::control
