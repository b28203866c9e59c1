// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/record_accumulator.h"

#include "engine/base/error.h"
#include "engine/clients/retry_backoff.h"

#include <algorithm>

namespace tideline {
namespace {

std::size_t indexOf(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

void insertSorted(std::vector<std::int32_t>& sorted, std::int32_t number)
{
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), number);
    if (at == sorted.end() || *at != number)
        sorted.insert(at, number);
}

void eraseSorted(std::vector<std::int32_t>& sorted, std::int32_t number)
{
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), number);
    if (at != sorted.end() && *at == number)
        sorted.erase(at);
}

} // namespace

RecordAccumulator::RecordAccumulator(const AccumulatorConfig& config,
                                     std::span<const std::int32_t> partitionCounts)
    : config_(config)
{
    config_.batchSize = std::max(1, config.batchSize);
    for (const std::int32_t count : partitionCounts) {
        Topic topic;
        topic.partitioner = BuiltInPartitioner(config_.batchSize, config.rack);
        topic.queues.resize(indexOf(count));
        topics_.push_back(std::move(topic));
    }
}

AppendResult RecordAccumulator::append(std::int32_t topicNumber, std::int32_t partition, Millis timestamp,
                                       const NullableBytes& key, const NullableBytes& value, Micros now,
                                       TopicLeaders leaders, PositiveDraw draw,
                                       std::span<const RecordHeader> headers)
{
    const Record record{timestamp, key, value, headers, payloadSize(key, value, headers), now};
    AppendResult result;
    result.fault = refuse(record);
    if (result.fault != BatchFault::None) {
        result.status = AppendStatus::Refused;
        return result;
    }
    Topic& topic = topics_[indexOf(topicNumber)];
    const bool sticky = partition == kNone;
    for (;;) {
        result.partition = sticky ? topic.partitioner.current(leaders, draw) : partition;
        Queue& queue = topic.queues.edit(indexOf(result.partition));
        topic.madeQueues += queue.made ? 0 : 1;
        queue.made = true;
        // Asked before and again after the record did not fit into the last batch, which is full from then
        // on.
        if (sticky && queue.lastFull() && topic.partitioner.produced(0, true, leaders, draw))
            continue;
        std::int32_t bytes = 0;
        if (!appendToLast(queue, record, result, bytes)) {
            if (sticky && topic.partitioner.produced(0, true, leaders, draw))
                continue;
            if (!appendNewBatch(topic, topicNumber, queue, record, result, bytes))
                return result;
        }
        result.full = queue.batches.size() > 1 || queue.lastFull();
        if (sticky)
            topic.partitioner.produced(bytes, queue.lastFull(), leaders, draw);
        return result;
    }
}

// What no waiting can cure. Source: KafkaProducer.ensureValidRecordSize, ProducerRecord.
BatchFault RecordAccumulator::refuse(const Record& record) const
{
    if (record.timestamp < 0 && record.timestamp != kNoTimestamp)
        return BatchFault::NegativeTimestamp;
    const std::size_t size = kBatchHeaderBytes + kMaxRecordOverheadBytes + record.payload;
    if (size > indexOf(config_.maxRequestSize) || size > static_cast<std::size_t>(config_.bufferMemory))
        return BatchFault::RecordTooLarge;
    return BatchFault::None;
}

// False when there is no batch or the record does not fit; then the last batch, if any, takes no more
// records.
bool RecordAccumulator::appendToLast(Queue& queue, const Record& record, AppendResult& result,
                                     std::int32_t& bytes)
{
    if (queue.batches.empty() || !queue.batches.back()->writer)
        return false;
    ProducerBatch& batch = queue.batches.back().edit();
    if (!batch.writer->hasRoomFor(record.timestamp, record.payload, batch.limit)) {
        batch.writer->endAppends();
        queue.lastBatchSize = batch.writer->plainSize();
        return false;
    }
    const std::size_t before = batch.size();
    const BatchFault fault = batch.writer->append(record.timestamp, record.key, record.value, record.headers);
    TIDELINE_ASSERT(fault == BatchFault::None);
    bytes = static_cast<std::int32_t>(batch.size() - before);
    batch.recordCount = batch.writer->recordCount();
    batch.lastAppend = record.now;
    result.k = queue.nextK++;
    return true;
}

// False when buffer.memory does not suffice; then the result says so and nothing has changed.
bool RecordAccumulator::appendNewBatch(Topic& topic, std::int32_t topicNumber, Queue& queue,
                                       const Record& record, AppendResult& result, std::int32_t& bytes)
{
    const std::size_t limit =
        std::max(indexOf(config_.batchSize), kBatchHeaderBytes + kMaxRecordOverheadBytes + record.payload);
    if (usedMemory_ + static_cast<std::int64_t>(limit) > config_.bufferMemory) {
        memoryWanted_ = true;
        result.status = AppendStatus::BufferExhausted;
        return false;
    }
    memoryWanted_ = false;
    usedMemory_ += static_cast<std::int64_t>(limit);
    ProducerBatch batch;
    batch.topic = topicNumber;
    batch.partition = result.partition;
    batch.firstK = queue.nextK;
    batch.limit = limit;
    batch.created = batch.lastAttempt = record.now;
    // As large as the one before turned out, so that busy partitions do not grow theirs and idle ones do not
    // hold batch.size.
    constexpr std::size_t kSmallest = 512;
    const std::size_t capacity = std::min(limit, std::max(kSmallest, queue.lastBatchSize));
    BatchFields fields;
    fields.codec = config_.codec;
    batch.writer.emplace(fields, capacity);
    if (config_.codec != Codec::None)
        batch.writer->expectRatio(topic.compressionRatio);
    if (queue.batches.empty())
        insertSorted(topic.waiting, result.partition);
    queue.batches.emplace_back(std::move(batch));
    const bool fits = appendToLast(queue, record, result, bytes);
    TIDELINE_ASSERT(fits);
    bytes += static_cast<std::int32_t>(kBatchHeaderBytes);
    result.newBatch = true;
    return true;
}

void RecordAccumulator::reenqueue(ProducerBatch batch, Micros now, PositiveDraw draw)
{
    Topic& topic = topics_[indexOf(batch.topic)];
    const std::int32_t partition = batch.partition;
    Queue& queue = topic.queues.edit(indexOf(partition));
    ++batch.attempts;
    batch.backoff = retryBackoff(config_.retryBackoff, config_.retryBackoffMax, batch.attempts, draw);
    batch.lastAttempt = std::max(batch.lastAppend, now);
    if (queue.batches.empty())
        insertSorted(topic.waiting, partition);
    queue.batches.insert(queue.batches.begin(), Cow<ProducerBatch>(std::move(batch)));
}

std::vector<ProducerBatch> RecordAccumulator::expire(Micros now)
{
    std::vector<ProducerBatch> expired;
    for (Topic& topic : topics_) {
        const std::vector<std::int32_t> waiting = topic.waiting;
        for (const std::int32_t partition : waiting) {
            while (!topic.queues[indexOf(partition)].batches.empty()) {
                const ProducerBatch& front = *topic.queues[indexOf(partition)].batches.front();
                if (saturatingAdd(front.created, config_.deliveryTimeout) > now)
                    break;
                expired.push_back(takeFront(topic, partition));
            }
        }
    }
    return expired;
}

Micros RecordAccumulator::nextExpiry() const
{
    Micros next = kNever;
    for (const Topic& topic : topics_) {
        for (const std::int32_t partition : topic.waiting) {
            const ProducerBatch& front = *topic.queues[indexOf(partition)].batches.front();
            next = std::min(next, saturatingAdd(front.created, config_.deliveryTimeout));
        }
    }
    return next;
}

void RecordAccumulator::release(const ProducerBatch& batch)
{
    usedMemory_ -= static_cast<std::int64_t>(batch.limit);
    TIDELINE_ASSERT(usedMemory_ >= 0);
}

void RecordAccumulator::mute(std::int32_t topic, std::int32_t partition, bool muted)
{
    topics_[indexOf(topic)].queues.edit(indexOf(partition)).muted = muted;
}

void RecordAccumulator::setPartitionCount(std::int32_t topicNumber, std::int32_t count)
{
    Topic& topic = topics_[indexOf(topicNumber)];
    if (indexOf(count) > topic.queues.size())
        topic.queues.resize(indexOf(count));
    else if (indexOf(count) < topic.queues.size())
        topic.partitioner =
            BuiltInPartitioner(config_.batchSize, config_.rack); // it may stick to one of these
}

std::int64_t RecordAccumulator::waitingRecords(std::int32_t topic, std::int32_t partition) const
{
    std::int64_t records = 0;
    for (const Cow<ProducerBatch>& batch : topics_[indexOf(topic)].queues[indexOf(partition)].batches)
        records += batch->recordCount;
    return records;
}

std::size_t RecordAccumulator::queueSize(std::int32_t topic, std::int32_t partition) const
{
    return topics_[indexOf(topic)].queues[indexOf(partition)].batches.size();
}

bool RecordAccumulator::hasWaiting() const
{
    return std::any_of(topics_.begin(), topics_.end(),
                       [](const Topic& topic) { return !topic.waiting.empty(); });
}

ProducerBatch RecordAccumulator::takeFront(Topic& topic, std::int32_t partition)
{
    Queue& queue = topic.queues.edit(indexOf(partition));
    ProducerBatch batch = std::move(queue.batches.front().edit());
    queue.batches.erase(queue.batches.begin());
    if (queue.batches.empty())
        eraseSorted(topic.waiting, partition);
    return batch;
}

void hashValue(Hasher& hasher, const ProducerBatch& batch)
{
    const auto feed = [&hasher](const auto&... values) { (hashValue(hasher, values), ...); };
    feed(batch.topic, batch.partition, batch.firstK, batch.recordCount, batch.limit, batch.created,
         batch.lastAppend, batch.lastAttempt, batch.backoff, batch.attempts, batch.leaderEpoch,
         batch.attemptsAtLeaderChange, batch.sentTo, batch.expired, batch.size());
    if (batch.writer)
        feed(batch.writer->open(), batch.writer->minTimestamp(), batch.writer->maxTimestamp());
    else
        feed(batch.minTimestamp, batch.maxTimestamp, batch.bytes, batch.plainSize);
    hashValue(hasher, batch.writer.has_value());
}

} // namespace tideline
