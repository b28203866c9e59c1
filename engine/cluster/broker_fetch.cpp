// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: what consumers fetch: whole batches below the high watermark, at once or when there is enough. A
// follower gives them what lies below its own, and a leader may send them to one (KIP-392).
#include "engine/cluster/broker.h"

#include "engine/cluster/preferred_read_replica.h"

#include <algorithm>

namespace tideline {

void Broker::onFetch(const FetchRequest& request, const ReplyTo& from, Step step)
{
    std::int64_t bytes = 0;
    bool atOnce = false;
    FetchResponse response = readForConsumer(request, bytes, atOnce, step);
    if (atOnce || bytes >= request.minBytes || request.parts.empty() || request.maxWait <= 0) {
        step.out.reply(from, std::move(response));
        return;
    }
    const std::int64_t number =
        purgatory_.add(PendingFetch{from, request}, step.now + request.maxWait, step.out);
    for (const FetchRequest::Part& part : request.parts)
        editReplica(part.partition)->parkedFetches.push_back(number);
}

// `atOnce`: there is an error, or another replica to go to.
FetchResponse Broker::readForConsumer(const FetchRequest& request, std::int64_t& bytes, bool& atOnce,
                                      const Step& step) const
{
    const bool rackAware = step.topology.config.replicaSelector == ReplicaSelector::RackAware;
    FetchResponse response;
    response.parts.reserve(request.parts.size());
    for (const FetchRequest::Part& part : request.parts) {
        FetchResponse::Part answer;
        answer.partition = part.partition;
        const Replica* own = replica(part.partition);
        if (image_.partition(part.partition).leaderEpoch < 0)
            answer.error = ErrorCode::UnknownTopicOrPartition;
        else if (!own || own->role == Replica::Role::None)
            answer.error = ErrorCode::NotLeaderOrFollower;
        else if (part.currentEpoch < own->leaderEpoch)
            answer.error = ErrorCode::FencedLeaderEpoch;
        else if (part.currentEpoch > own->leaderEpoch)
            answer.error = ErrorCode::UnknownLeaderEpoch;
        else if (part.fetchOffset < own->log.startOffset() || part.fetchOffset > own->leo())
            answer.error = ErrorCode::OffsetOutOfRange;
        if (answer.error != ErrorCode::None) {
            atOnce = true;
            response.parts.push_back(std::move(answer));
            continue;
        }
        answer.highWatermark = own->highWatermark;
        if (rackAware && own->role == Replica::Role::Leader)
            answer.preferredReadReplica =
                preferredReadReplica(request.rack, part.fetchOffset, *own, image_, step.now);
        if (answer.preferredReadReplica != kNone) {
            atOnce = true;
            response.parts.push_back(std::move(answer));
            continue;
        }
        std::int64_t partBytes = 0;
        for (std::size_t i = own->log.find(part.fetchOffset); i < own->log.batchCount(); ++i) {
            const LogBatch& batch = own->log.batch(i);
            const auto size = static_cast<std::int64_t>(batch.bytes.size());
            if (batch.endOffset() > own->highWatermark)
                break;
            // The first batch of an answer always goes, so that a consumer gets on; after that the limits are
            // hard.
            if (bytes > 0 && (partBytes + size > part.maxBytes || bytes + size > request.maxBytes))
                break;
            answer.batches.push_back(batch);
            partBytes += size;
            bytes += size;
        }
        response.parts.push_back(std::move(answer));
    }
    return response;
}

// Parked fetches on partitions whose high watermark or leadership has moved in this step.
void Broker::recheckFetches(Step step)
{
    if (touchedFetches_.empty())
        return;
    std::sort(touchedFetches_.begin(), touchedFetches_.end());
    touchedFetches_.erase(std::unique(touchedFetches_.begin(), touchedFetches_.end()), touchedFetches_.end());
    for (const std::int64_t number : std::exchange(touchedFetches_, {})) {
        const Pending* pending = purgatory_.find(number);
        if (!pending)
            continue;
        const FetchRequest& waiting = std::get<PendingFetch>(*pending).request;
        std::int64_t bytes = 0;
        bool atOnce = false;
        FetchResponse response = readForConsumer(waiting, bytes, atOnce, step);
        if (!atOnce && bytes < waiting.minBytes)
            continue;
        const auto complete = std::get<PendingFetch>(purgatory_.take(number));
        for (const FetchRequest::Part& part : complete.request.parts) {
            if (Replica* replica = editReplica(part.partition))
                std::erase(replica->parkedFetches, number);
        }
        step.out.reply(complete.to, std::move(response));
    }
}

void Broker::onListOffsets(const ListOffsetsRequest& request, const ReplyTo& from, Step step) const
{
    ListOffsetsResponse response;
    for (const PartitionIndex partition : request.partitions) {
        ListOffsetsResponse::Part answer{partition, ErrorCode::None, kUnknownOffset};
        const Replica* leader = replica(partition);
        if (image_.partition(partition).leaderEpoch < 0)
            answer.error = ErrorCode::UnknownTopicOrPartition;
        else if (!leader || leader->role != Replica::Role::Leader)
            answer.error = ErrorCode::NotLeaderOrFollower;
        else if (!request.latest)
            answer.offset = leader->log.startOffset();
        else if (leader->highWatermark < leader->epochStart) // it does not yet know what is committed
            answer.error = ErrorCode::OffsetNotAvailable;
        else
            answer.offset = leader->highWatermark;
        response.parts.push_back(answer);
    }
    step.out.reply(from, std::move(response));
}

} // namespace tideline
