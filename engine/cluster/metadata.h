// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata: what the controller decides, as records of a log, and the image that replaying them gives.
//
// 1. Only replay() changes an image; controller, brokers and clients all hold images of one log at different
// offsets.
// 2. leaderEpoch grows by one with every change that sets the leader, partitionEpoch with every change.
// Record names are those of Kafka's metadata log (RegisterBrokerRecord, PartitionChangeRecord...). Plain
// values.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/broker_ids.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace tideline {

struct RegisterBrokerRecord
{
    BrokerId broker = 0;
    std::int32_t incarnation = 0; // counts the starts of the process
    std::int64_t brokerEpoch = 0; // offset of this record
    TIDELINE_FIELDS(RegisterBrokerRecord, broker, incarnation, brokerEpoch)
};

struct BrokerRegistrationChangeRecord
{
    BrokerId broker = 0;
    bool fenced = false;
    Micros lastContact = 0; // µs; when fencing: the last heartbeat
    TIDELINE_FIELDS(BrokerRegistrationChangeRecord, broker, fenced, lastContact)
};

struct TopicRecord
{
    TopicIndex topic = 0;
    PartitionIndex firstPartition = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    TIDELINE_FIELDS(TopicRecord, topic, firstPartition, partitions, replicationFactor)
};

struct PartitionRecord
{
    PartitionIndex partition = 0;
    BrokerIds replicas;
    BrokerIds isr;
    BrokerId leader = kNone;
    TIDELINE_FIELDS(PartitionRecord, partition, replicas, isr, leader)
};

// Only what is named changes.
struct PartitionChangeRecord
{
    PartitionIndex partition = 0;
    std::optional<BrokerId> leader; // set, even to the same broker: the leader epoch grows
    std::optional<BrokerIds> isr;
    TIDELINE_FIELDS(PartitionChangeRecord, partition, leader, isr)
};

using MetadataRecord = std::variant<RegisterBrokerRecord, BrokerRegistrationChangeRecord, TopicRecord,
                                    PartitionRecord, PartitionChangeRecord>;

struct PartitionImage
{
    BrokerIds replicas; // in the order of assignment: the first is the preferred leader
    BrokerIds isr;
    BrokerId leader = kNone;
    LeaderEpoch leaderEpoch = -1; // -1: not created yet
    std::int32_t partitionEpoch = -1;
    TIDELINE_FIELDS(PartitionImage, replicas, isr, leader, leaderEpoch, partitionEpoch)
};

struct BrokerImage
{
    std::int32_t incarnation = 0;
    std::int64_t brokerEpoch = -1; // -1: never registered
    bool fenced = true;
    Micros fencedSince = 0; // µs; when it was last fenced
    TIDELINE_FIELDS(BrokerImage, incarnation, brokerEpoch, fenced, fencedSince)
};

struct MetadataImage
{
    Offset offset = 0;                     // records replayed
    Cow<std::vector<BrokerImage>> brokers; // broker id - 1
    CowPages<PartitionImage> partitions;

    const BrokerImage& broker(BrokerId id) const { return brokers.read()[static_cast<std::size_t>(id - 1)]; }
    const PartitionImage& partition(PartitionIndex index) const
    {
        return partitions[static_cast<std::size_t>(index)];
    }
    bool alive(BrokerId id) const { return broker(id).brokerEpoch >= 0 && !broker(id).fenced; }
    TIDELINE_FIELDS(MetadataImage, offset, brokers, partitions)
};

// An image of nothing, with room for these many.
MetadataImage emptyImage(std::int32_t brokers, std::int32_t partitions);

// The one way in which an image changes.
void replay(MetadataImage& image, const MetadataRecord& record);

} // namespace tideline
