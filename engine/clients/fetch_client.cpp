// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/fetch_client.h"

#include <algorithm>

namespace tideline {

void FetchClient::assign(const std::vector<PartitionIndex>& partitions)
{
    partitions_.clear();
    for (const PartitionIndex index : partitions) {
        Partition partition;
        partition.index = index;
        partitions_.push_back(std::move(partition));
    }
}

void FetchClient::add(PartitionIndex index, PartitionIndex instead, Offset position)
{
    std::erase_if(partitions_, [=](const Partition& partition) { return partition.index == instead; });
    Partition partition;
    partition.index = index;
    partition.position = position;
    partitions_.push_back(std::move(partition));
}

void FetchClient::clear()
{
    partitions_.clear();
    // Requests under way are answered into nothing; their brokers may be asked again only then.
}

FetchClient::Partition* FetchClient::find(PartitionIndex partition)
{
    const auto found = std::find_if(partitions_.begin(), partitions_.end(),
                                    [=](const Partition& p) { return p.index == partition; });
    return found == partitions_.end() ? nullptr : &*found;
}

void FetchClient::setPosition(PartitionIndex index, Offset offset)
{
    Partition* partition = find(index);
    if (!partition)
        return;
    partition->position = offset;
    partition->needsReset = false;
    partition->buffered.clear();
    partition->next = 0;
}

void FetchClient::requestReset(PartitionIndex index)
{
    if (Partition* partition = find(index))
        partition->needsReset = true;
}

std::vector<PartitionIndex> FetchClient::withoutPosition() const
{
    std::vector<PartitionIndex> list;
    for (const Partition& partition : partitions_) {
        if (partition.position == kUnknownOffset || partition.needsReset)
            list.push_back(partition.index);
    }
    std::sort(list.begin(), list.end());
    return list;
}

std::vector<PartitionOffset> FetchClient::positions() const
{
    std::vector<PartitionOffset> list;
    for (const Partition& partition : partitions_) {
        if (partition.position != kUnknownOffset)
            list.push_back({partition.index, partition.position});
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.partition < b.partition; });
    return list;
}

// Whom to fetch from. Source: AbstractFetch.selectReadReplica and SubscriptionState.preferredReadReplica of
// Kafka.
BrokerId FetchClient::readReplica(Partition& partition, const ClientMetadata& metadata, Micros now,
                                  bool& oldMetadata)
{
    const PartitionRegistration& known = metadata.image().partition(partition.index);
    if (now > partition.preferredUntil || known.leaderEpoch != partition.preferredInEpoch)
        partition.preferred = kNone;
    if (partition.preferred == kNone)
        return known.leader;
    const control::BrokerRegistration* broker = metadata.image().brokers.find(partition.preferred);
    if (known.replicas.contains(partition.preferred) && broker && !broker->fenced)
        return partition.preferred;
    partition.preferred = kNone;
    oldMetadata = true;
    return known.leader;
}

std::vector<std::pair<BrokerId, FetchRequest>> FetchClient::requests(const ClientMetadata& metadata,
                                                                     const FetchLimits& limits, Micros now,
                                                                     bool& oldMetadata)
{
    std::vector<std::pair<BrokerId, FetchRequest>> list;
    for (Partition& partition : partitions_) {
        if (partition.position == kUnknownOffset || partition.needsReset || partition.hasBuffered())
            continue;
        if (metadata.leaderOf(partition.index) == kNone) {
            oldMetadata = true;
            continue;
        }
        const BrokerId broker = readReplica(partition, metadata, now, oldMetadata);
        if (std::find(asked_.begin(), asked_.end(), broker) != asked_.end())
            continue;
        auto request =
            std::find_if(list.begin(), list.end(), [=](const auto& entry) { return entry.first == broker; });
        if (request == list.end()) {
            list.emplace_back(
                broker, FetchRequest{limits.maxWait, limits.minBytes, limits.maxBytes, {}, limits.rack});
            request = std::prev(list.end());
        }
        partition.asked = partition.position;
        partition.askedEpoch = metadata.image().partition(partition.index).leaderEpoch;
        request->second.parts.push_back(
            {partition.index, partition.position, partition.askedEpoch, limits.maxPartitionBytes});
    }
    for (const auto& [broker, request] : list)
        asked_.push_back(broker);
    return list;
}

bool FetchClient::onResponse(BrokerId broker, const FetchResponse& response, Micros preferredUntil)
{
    std::erase(asked_, broker);
    bool refresh = false;
    for (const FetchResponse::Part& part : response.parts) {
        Partition* partition = find(part.partition);
        if (!partition || partition->position == kUnknownOffset || partition->hasBuffered())
            continue;
        const bool fromPreferred = partition->preferred != kNone;
        if (part.error != ErrorCode::None)
            partition->preferred = kNone;
        if (part.error == ErrorCode::OffsetOutOfRange) {
            // Of an offset that is no longer the position it says nothing, and what a follower does not have
            // its leader may.
            partition->needsReset =
                partition->needsReset || (!fromPreferred && partition->asked == partition->position);
        } else if (part.error != ErrorCode::None) {
            refresh = true;
        } else if (part.preferredReadReplica != kNone) {
            partition->preferred = part.preferredReadReplica;
            partition->preferredUntil = preferredUntil;
            partition->preferredInEpoch = partition->askedEpoch;
        } else {
            partition->highWatermark = part.highWatermark;
            // The first batch may begin later, when compaction took what was before. It may also be the
            // answer to a question that is no longer asked.
            const Offset position = partition->position;
            if (part.batches.empty() || part.batches.front().endOffset() <= position ||
                (part.batches.front().baseOffset > position && partition->asked != position))
                continue;
            partition->buffered = part.batches;
            partition->next = 0;
            std::rotate(partition, partition + 1, partitions_.data() + partitions_.size());
        }
    }
    return refresh;
}

void FetchClient::onLost(BrokerId broker)
{
    std::erase(asked_, broker);
    for (Partition& partition : partitions_) {
        if (partition.preferred == broker)
            partition.preferred = kNone; // back to the leader, which may name another one
    }
}

std::vector<PolledSlice> FetchClient::poll(std::int64_t maxRecords)
{
    std::vector<PolledSlice> slices;
    for (Partition& partition : partitions_) {
        while (maxRecords > 0 && partition.hasBuffered()) {
            const LogBatch& batch = partition.buffered[partition.next];
            partition.position = std::max(partition.position, batch.baseOffset);
            const auto take = static_cast<std::int32_t>(
                std::min<std::int64_t>(maxRecords, batch.endOffset() - partition.position));
            slices.push_back({partition.index, batch, partition.position, take});
            partition.position += take;
            maxRecords -= take;
            if (partition.position >= batch.endOffset())
                ++partition.next;
        }
        if (!partition.hasBuffered() && partition.next > 0) {
            partition.buffered.clear();
            partition.next = 0;
        }
    }
    return slices;
}

bool FetchClient::hasBuffered() const
{
    return std::any_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return partition.hasBuffered(); });
}

} // namespace tideline
