// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: what consumers fetch: whole batches below the high watermark, at once or when there is enough. A
// follower gives them what lies below its own, and a leader may send them to one (KIP-392).
#include "engine/cluster/broker.h"

#include "engine/cluster/log_read.h"
#include "engine/cluster/preferred_read_replica.h"

#include <algorithm>
#include <utility>

namespace tideline {

void Broker::onFetch(const FetchRequest& request, const ReplyTo& from, Step step)
{
    ConsumerRead read = readForConsumer(request, step);
    if (read.atOnce || read.bytes >= request.minBytes || request.parts.empty() || request.maxWait <= 0) {
        step.out.reply(from, std::move(read.response));
        return;
    }
    PendingFetch fetch{from, request, std::move(read.segments)};
    if (isComplete(fetch)) {
        step.out.reply(from, std::move(read.response));
        return;
    }
    const std::int64_t number = purgatory_.add(std::move(fetch), step.now + request.maxWait, step.out);
    for (const FetchRequest::Part& part : request.parts)
        editReplica(part.partition)->parkedFetches.push_back(number);
}

ErrorCode Broker::judgeFetch(const FetchRequest::Part& part) const
{
    const Replica* own = replica(part.partition);
    if (image_.partition(part.partition).leaderEpoch < 0)
        return ErrorCode::UnknownTopicOrPartition;
    if (!own || own->role == Replica::Role::None)
        return ErrorCode::NotLeaderOrFollower;
    if (part.currentEpoch < own->leaderEpoch)
        return ErrorCode::FencedLeaderEpoch;
    if (part.currentEpoch > own->leaderEpoch)
        return ErrorCode::UnknownLeaderEpoch;
    return ErrorCode::None;
}

Broker::ConsumerRead Broker::readForConsumer(const FetchRequest& request, const Step& step) const
{
    const bool rackAware = step.topology.config.replicaSelector == ReplicaSelector::RackAware;
    ConsumerRead all;
    all.response.parts.reserve(request.parts.size());
    all.segments.reserve(request.parts.size());
    for (const FetchRequest::Part& part : request.parts) {
        FetchResponse::Part& answer = all.response.parts.emplace_back();
        Offset& segment = all.segments.emplace_back();
        answer.partition = part.partition;
        answer.error = judgeFetch(part);
        const Replica* own = replica(part.partition);
        if (answer.error == ErrorCode::None &&
            (part.fetchOffset < own->log.startOffset() || part.fetchOffset > own->leo()))
            answer.error = ErrorCode::OffsetOutOfRange;
        if (answer.error != ErrorCode::None) {
            all.atOnce = true;
            continue;
        }
        answer.highWatermark = own->highWatermark;
        if (rackAware && own->role == Replica::Role::Leader)
            answer.preferredReadReplica =
                preferredReadReplica(request.rack, part.fetchOffset, *own, image_, step.wallClock());
        if (answer.preferredReadReplica != kNone) {
            all.atOnce = true;
            continue;
        }
        // The first batch of an answer always goes, so that a consumer gets on; after that the limits are
        // hard.
        const LogRead read = readLog(
            own->log, part.fetchOffset, own->highWatermark,
            std::min<std::int64_t>(part.maxBytes, std::max<std::int64_t>(0, request.maxBytes - all.bytes)),
            all.bytes == 0);
        for (std::size_t i = read.first; i < read.end; ++i)
            answer.batches.push_back(own->log.batch(i));
        answer.cutOff = read.cutOff;
        segment = read.segment;
        all.bytes += read.bytes;
    }
    return all;
}

// Whether a fetch that waits has waited for long enough. Source: DelayedFetch.tryComplete of Kafka.
bool Broker::isComplete(const PendingFetch& fetch) const
{
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < fetch.request.parts.size(); ++i) {
        const FetchRequest::Part& part = fetch.request.parts[i];
        if (judgeFetch(part) != ErrorCode::None)
            return true;
        const Replica& own = *replica(part.partition);
        const Offset end = own.highWatermark;
        if (end == part.fetchOffset)
            continue;
        // Case F: the replica has been truncated, or the fetch has fallen behind the segment of the end.
        if (part.fetchOffset > end || segmentOf(own.log, end) != fetch.segments[i])
            return true;
        // More than all that is waited for need not be counted.
        bytes +=
            bytesBetween(own.log, part.fetchOffset, end, std::min(part.maxBytes, fetch.request.minBytes));
    }
    return bytes >= fetch.request.minBytes; // case G
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
        if (pending && isComplete(std::get<PendingFetch>(*pending)))
            answerParked(std::get<PendingFetch>(purgatory_.take(number)), number, step);
    }
}

void Broker::answerParked(const PendingFetch& fetch, std::int64_t number, Step step)
{
    for (const FetchRequest::Part& part : fetch.request.parts) {
        if (Replica* replica = editReplica(part.partition))
            std::erase(replica->parkedFetches, number);
    }
    step.out.reply(fetch.to, readForConsumer(fetch.request, step).response);
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
