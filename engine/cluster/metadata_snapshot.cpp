// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/metadata_snapshot.h"

#include "engine/base/hash.h"
#include "engine/quorum/raft_log.h"

#include <memory>

namespace tideline {

namespace {

std::size_t configsAt(const MetadataImage& image, control::ConfigLevel level, std::int32_t id)
{
    return image.configs.allAt({level, id}).size();
}

} // namespace

void MetadataSnapshot::hashInto(Hasher& hasher) const
{
    hashValue(hasher, image);
}

bool MetadataSnapshot::sameAs(const RaftRecords& other) const
{
    const auto* snapshot = dynamic_cast<const MetadataSnapshot*>(&other);
    return snapshot && image == snapshot->image;
}

RaftSnapshot snapshotOf(const OffsetAndEpoch& end, const MetadataImage& image, Micros now)
{
    return {end, now, snapshotBytes(image), RaftPayload(std::make_shared<const MetadataSnapshot>(image))};
}

const MetadataImage& imageOf(const RaftSnapshot& snapshot)
{
    return static_cast<const MetadataSnapshot*>(snapshot.state.get())->image; // nobody else makes one
}

std::int64_t snapshotBytes(const MetadataImage& image)
{
    std::size_t records = 2 + image.brokers.all().size();
    records += configsAt(image, control::ConfigLevel::Cluster, kNone);
    for (const auto& [broker, registration] : image.brokers.all())
        records += configsAt(image, control::ConfigLevel::Broker, broker);
    for (TopicIndex topic = 0; topic < image.topics.nextTopic(); ++topic) {
        if (const control::Topic* there = image.topics.topic(topic))
            records += 1 + there->partitions.size() + configsAt(image, control::ConfigLevel::Topic, topic);
    }
    return kRaftRecordBytes * static_cast<std::int64_t>(records);
}

} // namespace tideline
