// SPDX-License-Identifier: GPL-3.0-or-later
// RecordAccumulator: where a producer's records wait, in a queue of batches per partition, until a request
// takes them.
//
// append() puts a record into the last batch of its queue, ready() says which brokers something can be sent
// to and when to look again, drain() takes at most one batch per partition for one request, reenqueue()
// brings back what failed, expire() what waited too long. Every record gets its number k here. Copies share
// batches until one of them writes. Touches no network and no timer: the producer does. Source:
// RecordAccumulator of Kafka 4; what is not here: splitting batches that are too large. A value; one thread
// at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/hash.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/clients/built_in_partitioner.h"
#include "engine/clients/compression_ratio.h"
#include "engine/clients/partition_leader.h"
#include "engine/clients/positive_draw.h"
#include "engine/clients/producer_batch.h"
#include "engine/log/record_size.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace tideline {

// Defaults as documented for the producer of Kafka 4.
struct AccumulatorConfig
{
    std::int32_t batchSize = 16384;                  // batch.size, bytes; 0 counts as 1
    Micros linger = 5 * kMicrosPerMilli;             // linger.ms
    std::int32_t maxRequestSize = 1048576;           // max.request.size, bytes
    std::int64_t bufferMemory = 33554432;            // buffer.memory, bytes
    Micros retryBackoff = 100 * kMicrosPerMilli;     // retry.backoff.ms
    Micros retryBackoffMax = 1000 * kMicrosPerMilli; // retry.backoff.max.ms
    Micros deliveryTimeout = 120 * kMicrosPerSecond; // delivery.timeout.ms
    bool adaptive = true;                            // partitioner.adaptive.partitioning.enable
    Codec codec = Codec::None;                       // compression.type
    std::int32_t rack = kNone;                       // client.rack when partitioner.rack.aware, else kNone

    TIDELINE_FIELDS(AccumulatorConfig, batchSize, linger, maxRequestSize, bufferMemory, retryBackoff,
                    retryBackoffMax, deliveryTimeout, adaptive, codec, rack)
};

enum class AppendStatus : std::uint8_t {
    Appended,
    BufferExhausted, // buffer.memory is used up: try again when a batch is done
    Refused          // fault says why; trying again does not help
};

struct AppendResult
{
    AppendStatus status = AppendStatus::Appended;
    BatchFault fault = BatchFault::None;
    std::int32_t partition = kNone;
    RecordNumber k = -1;   // the record's number
    bool newBatch = false; // it opened a batch
    bool full = false;     // a batch of the queue can be sent at once
};

struct ReadyCheck
{
    std::vector<BrokerId> nodes; // brokers that something can be sent to, ascending
    Micros nextCheck = kNever;   // when something else becomes ready by waiting alone
    bool unknownLeaders = false; // something waits for a partition without a leader: ask for metadata
};

// Everything of a batch but the bytes of its records: their number, size and times.
void hashValue(Hasher& hasher, const ProducerBatch& batch);

class RecordAccumulator
{
public:
    // A producer to topics with these partition counts; a topic is named by its place in the list from then
    // on.
    explicit RecordAccumulator(const AccumulatorConfig& config = {},
                               std::span<const std::int32_t> partitionCounts = {});

    // Adds a record to `partition`, or to one that the built-in partitioner chooses when it is kNone.
    // Timestamp as in the batch.
    AppendResult append(std::int32_t topic, std::int32_t partition, Millis timestamp,
                        const NullableBytes& key, const NullableBytes& value, Micros now,
                        TopicLeaders leaders, PositiveDraw draw, std::span<const RecordHeader> headers = {});

    // Which brokers can be sent to. `leaders` by topic. Also takes the load statistics for later choices.
    ReadyCheck ready(std::span<const TopicLeaders> leaders, Micros now);

    // The batches of one request to `node`, closed: at most one a partition, at most max.request.size bytes
    // but at least one batch. The first partition rotates from request to request.
    std::vector<ProducerBatch> drain(BrokerId node, std::span<const TopicLeaders> leaders, Micros now);

    // Puts a batch that failed back to the front of its queue, to be tried again after a backoff.
    void reenqueue(ProducerBatch batch, Micros now, PositiveDraw draw);

    // Takes out the batches that have waited delivery.timeout.ms since they were created.
    std::vector<ProducerBatch> expire(Micros now);
    // When expire() next finds something, if nothing else happens; kNever when nothing waits.
    Micros nextExpiry() const;

    // Gives the batch's share of buffer.memory back: it was acknowledged, failed for good or expired.
    void release(const ProducerBatch& batch);

    // A muted partition is not sent to: with max.in.flight.requests.per.connection=1 while one of its batches
    // is on its way.
    void mute(std::int32_t topic, std::int32_t partition, bool muted);
    // The topic has so many partitions now, >= 1. Queues of partitions that are no more stay as they are.
    void setPartitionCount(std::int32_t topic, std::int32_t count);
    // While set everything can be sent at once: flush(), close() or the end of a transaction.
    void setFlushing(bool flushing) { flushing_ = flushing; }

    // Batches that wait for this partition.
    std::size_t queueSize(std::int32_t topic, std::int32_t partition) const;
    std::int64_t waitingRecords(std::int32_t topic, std::int32_t partition) const;
    bool hasWaiting() const;
    // Bytes of buffer.memory in use, batches that are on their way included.
    std::int64_t usedMemory() const { return usedMemory_; }
    const AccumulatorConfig& config() const { return config_; }

    TIDELINE_FIELDS(RecordAccumulator, config_, topics_, drainFrom_, usedMemory_, memoryWanted_, flushing_)

private:
    struct Queue
    {
        std::vector<Cow<ProducerBatch>> batches; // first out is first; only the last can be open
        RecordNumber nextK = 0;
        std::size_t lastBatchSize = 0; // bytes: what a new batch's buffer begins with
        bool made = false;             // a record was meant for it
        bool muted = false;
        TIDELINE_FIELDS(Queue, batches, nextK, lastBatchSize, made, muted)

        bool lastFull() const { return batches.empty() || batches.back()->full(); }
    };
    struct Topic
    {
        BuiltInPartitioner partitioner;
        CowPages<Queue> queues;            // by partition
        std::vector<std::int32_t> waiting; // partitions whose queue is not empty, ascending
        std::size_t madeQueues = 0;
        std::int32_t compressionRatio = kFirstCompressionRatio; // expected of the next batch
        TIDELINE_FIELDS(Topic, partitioner, queues, waiting, madeQueues, compressionRatio)
    };
    struct Record
    {
        Millis timestamp;
        const NullableBytes& key;
        const NullableBytes& value;
        std::span<const RecordHeader> headers;
        std::size_t payload;
        Micros now;
    };
    // A partition by its position in the order in which the client goes through its topic.
    struct Place
    {
        std::int32_t topic = 0;
        std::int32_t position = 0;

        auto operator<=>(const Place&) const = default;
        TIDELINE_FIELDS(Place, topic, position)
    };

    static bool appendToLast(Queue& queue, const Record& record, AppendResult& result, std::int32_t& bytes);
    bool appendNewBatch(Topic& topic, std::int32_t topicNumber, Queue& queue, const Record& record,
                        AppendResult& result, std::int32_t& bytes);
    BatchFault refuse(const Record& record) const;
    void setLoad(Topic& topic, TopicLeaders leaders) const;
    void checkReady(const Queue& queue, const PartitionLeader& leader, Micros now, ReadyCheck& check) const;
    std::optional<Place> drainStart(BrokerId node, std::span<const TopicLeaders> leaders) const;
    static Place placeBefore(Place place, BrokerId node, std::span<const TopicLeaders> leaders);
    std::vector<Place> waitingFor(BrokerId node, Place start, std::span<const TopicLeaders> leaders) const;
    static ProducerBatch takeFront(Topic& topic, std::int32_t partition);
    static void sawLeader(Topic& topic, std::int32_t partition, LeaderEpoch epoch);
    static void seal(Topic& topic, ProducerBatch& batch);

    AccumulatorConfig config_;
    std::vector<Topic> topics_;
    std::map<BrokerId, Place> drainFrom_; // where the next drain for this broker begins
    std::int64_t usedMemory_ = 0;
    bool memoryWanted_ = false; // an append was turned away for memory and none has succeeded since
    bool flushing_ = false;
};

} // namespace tideline
