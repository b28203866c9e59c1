// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_keys.h"

#include <array>

namespace tideline {

namespace {

// A key that is modelled in one object stays listed here: in another object it is still a name that exists.
constexpr std::string_view kBroker = "Kafka broker";
constexpr std::string_view kQuorum = "Kafka controller quorum";
constexpr std::string_view kTopic = "Kafka topic";
constexpr std::string_view kProducer = "Kafka producer";
constexpr std::string_view kConsumer = "Kafka consumer";
constexpr std::string_view kClient = "Kafka client";
constexpr std::string_view kStreams = "Kafka Streams";
constexpr std::string_view kFlink = "Flink";
constexpr std::string_view kBeam = "Beam";
constexpr std::string_view kSpark = "Spark";

constexpr auto kKnownKeys = std::to_array<KnownKey>({
    // Topics (storage).
    {"cleanup.policy", kTopic},
    {"compression.gzip.level", kTopic},
    {"compression.lz4.level", kTopic},
    {"compression.type", "Kafka topic and producer"},
    {"compression.zstd.level", kTopic},
    {"delete.retention.ms", kTopic},
    {"file.delete.delay.ms", kTopic},
    {"flush.messages", kTopic},
    {"flush.ms", kTopic},
    {"follower.replication.throttled.replicas", kTopic},
    {"index.interval.bytes", kTopic},
    {"leader.replication.throttled.replicas", kTopic},
    {"max.compaction.lag.ms", kTopic},
    {"max.message.bytes", kTopic},
    {"message.timestamp.after.max.ms", kTopic},
    {"message.timestamp.before.max.ms", kTopic},
    {"message.timestamp.type", kTopic},
    {"min.cleanable.dirty.ratio", kTopic},
    {"min.compaction.lag.ms", kTopic},
    {"min.insync.replicas", "Kafka broker and topic"},
    {"preallocate", kTopic},
    {"retention.bytes", kTopic},
    {"retention.ms", kTopic},
    {"segment.bytes", kTopic},
    {"segment.index.bytes", kTopic},
    {"segment.jitter.ms", kTopic},
    {"segment.ms", kTopic},
    {"unclean.leader.election.enable", "Kafka broker and topic"},
    // Brokers.
    {"auto.create.topics.enable", kBroker},
    {"auto.leader.rebalance.enable", kBroker},
    {"unclean.leader.election.interval.ms", kBroker},
    {"broker.heartbeat.interval.ms", kBroker},
    {"broker.rack", kBroker},
    {"broker.session.timeout.ms", kBroker},
    {"controlled.shutdown.enable", kBroker},
    {"default.replication.factor", kBroker},
    {"delete.topic.enable", kBroker},
    {"follower.replication.throttled.rate", kBroker},
    {"group.consumer.assignment.interval.ms", kBroker},
    {"group.consumer.assignors", kBroker},
    {"group.consumer.heartbeat.interval.ms", kBroker},
    {"group.consumer.migration.policy", kBroker},
    {"group.consumer.session.timeout.ms", kBroker},
    {"group.initial.rebalance.delay.ms", kBroker},
    {"group.max.session.timeout.ms", kBroker},
    {"group.max.size", kBroker},
    {"group.min.session.timeout.ms", kBroker},
    {"group.share.delivery.count.limit", kBroker},
    {"group.share.partition.max.record.locks", kBroker},
    {"group.share.record.lock.duration.ms", kBroker},
    {"initial.broker.registration.timeout.ms", kBroker},
    {"leader.imbalance.check.interval.seconds", kBroker},
    {"leader.imbalance.per.broker.percentage", kBroker},
    {"leader.replication.throttled.rate", kBroker},
    {"log.cleaner.backoff.ms", kBroker},
    {"log.retention.check.interval.ms", kBroker},
    {"log.segment.bytes", kBroker},
    {"message.max.bytes", kBroker},
    {"num.partitions", kBroker},
    {"num.recovery.threads.per.data.dir", kBroker},
    {"num.replica.fetchers", kBroker},
    {"offset.metadata.max.bytes", kBroker},
    {"offsets.commit.timeout.ms", kBroker},
    {"offsets.retention.minutes", kBroker},
    {"offsets.topic.num.partitions", kBroker},
    {"offsets.topic.replication.factor", kBroker},
    {"producer.id.expiration.ms", kBroker},
    {"replica.fetch.backoff.ms", kBroker},
    {"replica.fetch.max.bytes", kBroker},
    {"replica.fetch.min.bytes", kBroker},
    {"replica.fetch.response.max.bytes", kBroker},
    {"replica.fetch.wait.max.ms", kBroker},
    {"replica.high.watermark.checkpoint.interval.ms", kBroker},
    {"replica.lag.time.max.ms", kBroker},
    {"replica.selector.class", kBroker},
    {"transaction.abort.timed.out.transaction.cleanup.interval.ms", kBroker},
    {"transaction.max.timeout.ms", kBroker},
    {"transaction.remove.expired.transaction.cleanup.interval.ms", kBroker},
    {"transaction.state.log.min.isr", kBroker},
    {"transaction.state.log.num.partitions", kBroker},
    {"transaction.state.log.replication.factor", kBroker},
    {"transaction.state.log.segment.bytes", kBroker},
    {"transactional.id.expiration.ms", kBroker},
    {"zookeeper.session.timeout.ms", kBroker},
    // The controller quorum and features.
    {"eligible.leader.replicas.version", kQuorum},
    {"metadata.log.max.record.bytes.between.snapshots", kQuorum},
    {"metadata.log.max.snapshot.interval.ms", kQuorum},
    {"metadata.max.idle.interval.ms", kQuorum},
    {"transaction.version", kQuorum},
    // Producers.
    {"acks", kProducer},
    {"batch.size", kProducer},
    {"buffer.memory", kProducer},
    {"delivery.timeout.ms", kProducer},
    {"enable.idempotence", kProducer},
    {"linger.ms", kProducer},
    {"max.block.ms", kProducer},
    {"max.in.flight.requests.per.connection", kProducer},
    {"max.request.size", kProducer},
    {"metadata.max.age.ms", kClient},
    {"partitioner.adaptive.partitioning.enable", kProducer},
    {"partitioner.availability.timeout.ms", kProducer},
    {"partitioner.class", kProducer},
    {"partitioner.ignore.keys", kProducer},
    {"reconnect.backoff.max.ms", kClient},
    {"reconnect.backoff.ms", kClient},
    {"request.timeout.ms", kClient},
    {"retries", kProducer},
    {"retry.backoff.max.ms", kClient},
    {"retry.backoff.ms", kClient},
    {"transaction.timeout.ms", kProducer},
    {"transactional.id", kProducer},
    // Consumers.
    {"allow.auto.create.topics", kConsumer},
    {"auto.commit.interval.ms", kConsumer},
    {"auto.offset.reset", kConsumer},
    {"check.crcs", kConsumer},
    {"client.rack", kConsumer},
    {"default.api.timeout.ms", kConsumer},
    {"enable.auto.commit", kConsumer},
    {"fetch.max.bytes", kConsumer},
    {"fetch.max.wait.ms", kConsumer},
    {"fetch.min.bytes", kConsumer},
    {"group.instance.id", kConsumer},
    {"group.protocol", kConsumer},
    {"heartbeat.interval.ms", kConsumer},
    {"isolation.level", kConsumer},
    {"max.partition.fetch.bytes", kConsumer},
    {"max.poll.interval.ms", kConsumer},
    {"max.poll.records", kConsumer},
    {"partition.assignment.strategy", kConsumer},
    {"session.timeout.ms", kConsumer},
    {"share.auto.offset.reset", kConsumer},
    {"share.isolation.level", kConsumer},
    // Stream processing.
    {"aligned-checkpoint-timeout", kFlink},
    {"assigner", kFlink},
    {"evictor", kFlink},
    {"execution.checkpointing.unaligned.enabled", kFlink},
    {"global", kFlink},
    {"pipeline.auto-watermark-interval", kFlink},
    {"pipeline.watermark-alignment.buffer-size", kFlink},
    {"session", kFlink},
    {"sideOutput", kFlink},
    {"to", "a pipeline's sink"},
    {"trigger", kFlink},
    {"valveVariant", kFlink},
    {"accumulation", kBeam},
    {"bundleSize", kBeam},
    {"closingBehavior", kBeam},
    {"onTimeBehavior", kBeam},
    {"timestampCombiner", kBeam},
    {"windowFn", kBeam},
    {"cache", kStreams},
    {"commit.interval.ms", kStreams},
    {"emitStrategy", kStreams},
    {"guarantee", kStreams},
    {"max.task.idle.ms", kStreams},
    {"maxTaskIdleMs", kStreams},
    {"statestore.cache.max.bytes", kStreams},
    {"strictStoreExpiry", kStreams},
    {"suppress", kStreams},
    {"windowstore.changelog.additional.retention.ms", kStreams},
    {"allowMultipleStatefulOperators", kSpark},
    {"multipleWatermarkPolicy", kSpark},
    {"noDataBatches", kSpark},
    {"outputMode", kSpark},
});

} // namespace

const KnownKey* findKnownKey(std::string_view name)
{
    for (const KnownKey& key : kKnownKeys) {
        if (key.name == name)
            return &key;
    }
    return nullptr;
}

} // namespace tideline
