// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/metadata.h"

namespace tideline {

namespace {

void apply(MetadataImage& image, const RegisterBrokerRecord& record)
{
    BrokerImage& broker = image.brokers.edit()[static_cast<std::size_t>(record.broker - 1)];
    broker.incarnation = record.incarnation;
    broker.brokerEpoch = record.brokerEpoch;
    broker.fenced = true; // until its first caught-up heartbeat
}

void apply(MetadataImage& image, const BrokerRegistrationChangeRecord& record)
{
    BrokerImage& broker = image.brokers.edit()[static_cast<std::size_t>(record.broker - 1)];
    broker.fenced = record.fenced;
    if (record.fenced)
        broker.fencedSince = record.lastContact;
}

void apply(MetadataImage&, const TopicRecord&)
{
    // The partitions follow, each as a record of its own.
}

void apply(MetadataImage& image, const PartitionRecord& record)
{
    PartitionImage& partition = image.partitions.edit(static_cast<std::size_t>(record.partition));
    partition = PartitionImage{record.replicas, record.isr, record.leader, 0, 0};
}

void apply(MetadataImage& image, const PartitionChangeRecord& record)
{
    PartitionImage& partition = image.partitions.edit(static_cast<std::size_t>(record.partition));
    if (record.leader) {
        partition.leader = *record.leader;
        ++partition.leaderEpoch;
    }
    if (record.isr)
        partition.isr = *record.isr;
    ++partition.partitionEpoch;
}

} // namespace

MetadataImage emptyImage(std::int32_t brokers, std::int32_t partitions)
{
    MetadataImage image;
    image.brokers.edit().resize(static_cast<std::size_t>(brokers));
    image.partitions.resize(static_cast<std::size_t>(partitions));
    return image;
}

void replay(MetadataImage& image, const MetadataRecord& record)
{
    std::visit([&image](const auto& body) { apply(image, body); }, record);
    ++image.offset;
}

} // namespace tideline
