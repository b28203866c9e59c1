// SPDX-License-Identifier: GPL-3.0-or-later
// What can be sent, and taking it: the sender's side of the RecordAccumulator.
#include "engine/base/error.h"
#include "engine/clients/record_accumulator.h"

#include <algorithm>

namespace tideline {
namespace {

std::size_t indexOf(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

} // namespace

ReadyCheck RecordAccumulator::ready(std::span<const TopicLeaders> leaders, Micros now)
{
    ReadyCheck check;
    for (std::size_t i = 0; i < topics_.size(); ++i) {
        Topic& topic = topics_[i];
        if (topic.partitioner.used())
            setLoad(topic, leaders[i]);
        for (const std::int32_t partition : topic.waiting) {
            const PartitionLeader& leader = leaders[i][partition];
            if (!leader.known()) {
                check.unknownLeaders = true;
                continue;
            }
            sawLeader(topic, partition, leader.epoch);
            checkReady(topic.queues[indexOf(partition)], leader, now, check);
        }
    }
    return check;
}

// The sheet's readiness rule: a second batch, a full one, linger over, memory wanted or a flush; never during
// a backoff.
void RecordAccumulator::checkReady(const Queue& queue, const PartitionLeader& leader, Micros now,
                                   ReadyCheck& check) const
{
    const auto at = std::lower_bound(check.nodes.begin(), check.nodes.end(), leader.broker);
    const bool known = at != check.nodes.end() && *at == leader.broker;
    if (known || queue.muted)
        return;
    const ProducerBatch& first = *queue.batches.front();
    const bool backingOff = first.backingOff(now);
    const Micros wait = backingOff ? first.backoff : config_.linger;
    const bool sendable =
        queue.batches.size() > 1 || first.full() || first.waited(now) >= wait || memoryWanted_ || flushing_;
    if (sendable && !backingOff)
        check.nodes.insert(at, leader.broker);
    else
        check.nextCheck =
            std::min(check.nextCheck, saturatingAdd(now, std::max<Micros>(0, wait - first.waited(now))));
}

// Only once every partition has a queue: one without would never be chosen.
void RecordAccumulator::setLoad(Topic& topic, TopicLeaders leaders) const
{
    if (!config_.adaptive || topic.madeQueues < leaders.size()) {
        topic.partitioner.forgetLoad();
        return;
    }
    std::vector<PartitionLoad> loads;
    for (std::size_t partition = 0; partition < leaders.size(); ++partition) {
        if (leaders[partition].known())
            loads.push_back({static_cast<std::int32_t>(partition),
                             static_cast<std::int32_t>(topic.queues[partition].batches.size()),
                             leaders[partition].rack});
    }
    topic.partitioner.setLoad(loads, topic.madeQueues);
}

std::vector<ProducerBatch> RecordAccumulator::drain(BrokerId node, std::span<const TopicLeaders> leaders,
                                                    Micros now)
{
    std::vector<ProducerBatch> drained;
    const std::optional<Place> start = drainStart(node, leaders);
    if (!start)
        return drained;
    // Kafka remembers the partition that it looked at last, so the next round begins one before this one's
    // start.
    Place next = placeBefore(*start, node, leaders);
    std::size_t size = 0;
    for (const Place& place : waitingFor(node, *start, leaders)) {
        Topic& topic = topics_[indexOf(place.topic)];
        const std::int32_t partition = leaders[indexOf(place.topic)].partitionAt(place.position);
        sawLeader(topic, partition, leaders[indexOf(place.topic)][partition].epoch);
        const Queue& queue = topic.queues[indexOf(partition)];
        const ProducerBatch& first = *queue.batches.front();
        if (queue.muted || first.backingOff(now))
            continue;
        if (!drained.empty() && size + first.size() > indexOf(config_.maxRequestSize)) {
            next = place;
            break;
        }
        drained.push_back(takeFront(topic, partition));
        if (drained.back().writer) {
            topic.queues.edit(indexOf(partition)).lastBatchSize = drained.back().writer->plainSize();
            seal(topic, drained.back());
        }
        size += drained.back().size();
    }
    drainFrom_[node] = next;
    return drained;
}

// Written only when it is news, so that a look does not unshare what copies share.
void RecordAccumulator::sawLeader(Topic& topic, std::int32_t partition, LeaderEpoch epoch)
{
    if (topic.queues[indexOf(partition)].batches.front()->leaderEpoch < epoch)
        topic.queues.edit(indexOf(partition)).batches.front().edit().sawLeader(epoch);
}

void RecordAccumulator::seal(Topic& topic, ProducerBatch& batch)
{
    batch.plainSize = batch.writer->plainSize();
    batch.minTimestamp = batch.writer->minTimestamp();
    batch.maxTimestamp = batch.writer->maxTimestamp();
    const BatchFault fault = batch.writer->close(batch.bytes);
    TIDELINE_ASSERT(fault == BatchFault::None);
    if (batch.writer->fields().codec != Codec::None)
        topic.compressionRatio = nextCompressionRatio(
            topic.compressionRatio,
            compressionRatio(batch.bytes.size() - kBatchHeaderBytes, batch.plainSize - kBatchHeaderBytes));
    batch.writer.reset();
}

// The first place that `node` leads, from where the last drain for it left off and then round.
std::optional<RecordAccumulator::Place>
RecordAccumulator::drainStart(BrokerId node, std::span<const TopicLeaders> leaders) const
{
    const auto remembered = drainFrom_.find(node);
    const Place from = remembered == drainFrom_.end() ? Place{} : remembered->second;
    const auto topics = static_cast<std::int32_t>(topics_.size());
    for (std::int32_t turn = 0; turn <= topics && topics > 0; ++turn) {
        const std::int32_t topic = (from.topic + turn) % topics;
        const TopicLeaders& of = leaders[indexOf(topic)];
        for (std::int32_t position = turn == 0 ? from.position : 0;
             position < static_cast<std::int32_t>(of.size()); ++position) {
            if (of[of.partitionAt(position)].broker == node)
                return Place{topic, position};
        }
    }
    return std::nullopt;
}

// The place that `node` leads before `place`, going round; `place` itself when there is no other.
RecordAccumulator::Place RecordAccumulator::placeBefore(Place place, BrokerId node,
                                                        std::span<const TopicLeaders> leaders)
{
    const auto topics = static_cast<std::int32_t>(leaders.size());
    for (std::int32_t turn = 0; turn <= topics; ++turn) {
        const std::int32_t topic = (place.topic + topics - turn) % topics;
        const TopicLeaders& of = leaders[indexOf(topic)];
        for (std::int32_t position = turn == 0 ? place.position : static_cast<std::int32_t>(of.size());
             position-- > 0;) {
            if (of[of.partitionAt(position)].broker == node)
                return {topic, position};
        }
    }
    return place;
}

// Places of `node` where something waits, in order, from `start` on and then those before it.
std::vector<RecordAccumulator::Place>
RecordAccumulator::waitingFor(BrokerId node, Place start, std::span<const TopicLeaders> leaders) const
{
    std::vector<Place> places;
    for (std::size_t i = 0; i < topics_.size(); ++i) {
        for (const std::int32_t partition : topics_[i].waiting) {
            if (leaders[i][partition].broker == node)
                places.push_back({static_cast<std::int32_t>(i), leaders[i].positionOf(partition)});
        }
    }
    std::sort(places.begin(), places.end());
    std::rotate(places.begin(), std::lower_bound(places.begin(), places.end(), start), places.end());
    return places;
}

} // namespace tideline
