// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/producer.h"

#include "engine/clients/murmur2.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace tideline {

Producer::Producer(ProducerIndex index, const Topology& topology)
    : index_(index)
{
    const ProducerSpec& spec = topology.scenario->producers[static_cast<std::size_t>(index)];
    topic_ = topology.topicIndex(spec.topic);
    const std::int32_t partitions = topology.topics[static_cast<std::size_t>(topic_)].partitions;
    log_ = spec.log.has_value();
    if (log_)
        logSource_ = LogSource(*spec.log, topology.tapes[static_cast<std::size_t>(index)]);
    else
        generator_ = GeneratorSource(*spec.generator);
    waitsForGroups_ = !log_ && spec.generator->afterGroupsStable && !topology.groupNames.empty();
    AccumulatorConfig config;
    config.batchSize = spec.batchSize;
    config.linger = spec.linger;
    config.codec = spec.compression;
    config.maxRequestSize = spec.maxRequestSize;
    config.bufferMemory = spec.bufferMemory;
    config.retryBackoff = spec.retryBackoff;
    config.retryBackoffMax = spec.retryBackoffMax;
    config.deliveryTimeout = spec.deliveryTimeout;
    const std::array<std::int32_t, 1> counts{partitions};
    accumulator_ = RecordAccumulator(config, counts);
    leaders_.resize(static_cast<std::size_t>(partitions));
    partitions_.resize(static_cast<std::size_t>(partitions), kNone);
    acknowledgedEnds_.resize(static_cast<std::size_t>(partitions));
    fresh_.resize(static_cast<std::size_t>(partitions));
}

const ProducerSpec& Producer::spec(const Step& step) const
{
    return step.topology.scenario->producers[static_cast<std::size_t>(index_)];
}

// Under which index the batch was sent last; one that waits belongs to the partition that there is now.
PartitionIndex Producer::indexOf(const ProducerBatch& batch) const
{
    return batch.sentTo != kNone ? batch.sentTo : partitions_[static_cast<std::size_t>(batch.partition)];
}

void Producer::start(Step step)
{
    if (!waitsForGroups_)
        startSource(step);
    pump(step);
}

void Producer::groupsStable(Step step)
{
    if (!waitsForGroups_)
        return;
    waitsForGroups_ = false;
    startSource(step);
}

void Producer::startSource(Step step)
{
    if (log_)
        logSource_.start(step.now);
    else
        generator_.start(step.now);
    armSource(step);
}

void Producer::changeRate(std::int64_t recordsPerSecond, Step step)
{
    if (log_)
        return;
    takeFromSource(step);
    generator_.changeRate(recordsPerSecond, step.now);
    sourceTimer_ = kNever;
    armSource(step);
    pump(step);
}

void Producer::onMessage(const Message& message, Step step)
{
    auto asked = outstanding_.answered(message.from, message.correlation);
    if (!asked)
        return;
    if (message.body.as<ApiVersionsResponse>()) {
        connections_.opened(message.from + 1);
    } else if (const auto* metadata = message.body.as<MetadataResponse>()) {
        const bool complete = !metadata->image.partitionsOf(spec(step).topic).empty();
        metadata_.answered(metadata->image, complete, step.now, spec(step).metadataMaxAge,
                           spec(step).retryBackoff);
        refreshTopic(step);
        takeFromSource(step); // what came while send() was blocked
    } else if (const auto* produced = message.body.as<ProduceResponse>()) {
        onProduceResponse(*produced, std::move(asked->tag.batches), step);
        takeFromSource(step); // memory may be free again
    }
    pump(step);
}

void Producer::onTimer(const Timer& timer, Step step)
{
    if (timer.kind == TimerKind::Source && timer.b == 1) {
        groupsStable(step);
    } else if (timer.kind == TimerKind::Source) {
        if (timer.a != sourceTimer_)
            return; // another time has been set since
        sourceTimer_ = kNever;
        takeFromSource(step);
    } else if (timer.kind == TimerKind::Linger) {
        if (timer.a == sendTimer_)
            sendTimer_ = kNever;
    } else if (timer.kind == TimerKind::ClientTimeout) {
        for (const NodeIndex peer : outstanding_.silentPeers(step.now, step.out))
            step.out.close(peer);
    }
    pump(step);
}

void Producer::onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step)
{
    connections_.closed(peer + 1, step.now, PositiveDraw(step.draws));
    for (auto& request : outstanding_.lost(peer, upTo)) {
        if (request.tag.what == Asked::What::Metadata)
            metadata_.lost(step.now, spec(step).retryBackoff);
        for (ProducerBatch& batch : request.tag.batches)
            retryOrFail(std::move(batch), ErrorCode::NetworkException, step);
    }
    metadata_.wantUpdate(); // the leaders of its partitions may have moved
    pump(step);
}

void Producer::takeFromSource(Step step)
{
    happenings_.clear();
    if (log_)
        logSource_.happen(step.now, happenings_);
    else
        generator_.happen(step.now, step.draws, happenings_);
    for (const SourceHappening& happening : happenings_)
        step.out.saw(Happened{index_, happening.eventTime, happening.records, happening.sum});
    SourceRecord record;
    sendBlocked_ = false;
    while (partitionCount_ > 0 && peekSource(step, record)) {
        sendBlocked_ = !append(record, step);
        if (sendBlocked_)
            break;
        log_ ? logSource_.taken() : generator_.taken();
    }
    reportProduced(step);
    armSource(step);
}

bool Producer::peekSource(const Step& step, SourceRecord& record)
{
    return log_ ? logSource_.nextArrived(step.now, record) : generator_.nextArrived(step.now, record);
}

// CreateTime. What a generator makes is stamped by the producer's wall clock; a log has stamps of its own.
Millis Producer::timestampOf(const SourceRecord& record, const Step& step) const
{
    if (log_ || step.skew == 0)
        return record.eventTime;
    return std::max<Millis>(0, record.eventTime + toMillis(step.skew));
}

// send(). False when it blocks: there is no memory for the record, which stays with the source.
bool Producer::append(const SourceRecord& record, const Step& step)
{
    const ProducerSpec& config = spec(step);
    const std::span<const PartitionLeader> all(leaders_);
    const TopicLeaders leaders(all.first(static_cast<std::size_t>(partitionCount_)));
    RoundRobinPartitioner turn = roundRobin_; // of a record that is not taken nobody has the turn
    std::int32_t partition = kNone;
    if (config.partitioner == Partitioner::RoundRobin)
        partition = turn.next(leaders);
    else if (record.key && !config.ignoreKeys)
        partition = toPositive(record.keyHash) % partitionCount_;
    const AppendResult result =
        accumulator_.append(0, partition, timestampOf(record, step), record.key, record.value, step.now,
                            leaders, PositiveDraw(step.draws));
    if (result.status == AppendStatus::BufferExhausted)
        return false;
    roundRobin_ = turn;
    if (result.status == AppendStatus::Refused) {
        ++counts_.refused; // it never had a number: RecordTooLargeException from send()
        step.out.fact(SendFailed{index_, kNone, ErrorCode::MessageTooLarge, -1, 1});
        return true;
    }
    ++counts_.produced;
    Fresh& fresh = fresh_[static_cast<std::size_t>(result.partition)];
    if (fresh.records == 0)
        fresh.firstK = result.k;
    ++fresh.records;
    fresh.bytes += static_cast<std::int64_t>(record.value.value_or(Bytes()).size());
    return true;
}

void Producer::reportProduced(Step step)
{
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        Fresh& fresh = fresh_[i];
        if (fresh.records == 0)
            continue;
        step.out.saw(RecordsProduced{index_, partitions_[i], fresh.firstK, fresh.records, fresh.bytes});
        fresh = {};
    }
}

void Producer::askForMetadata(Step step)
{
    if (const auto broker = metadata_.due(step.now, step.topology)) {
        metadata_.asked();
        outstanding_.send(Topology::brokerNode(*broker), MetadataRequest{}, Asked{Asked::What::Metadata, {}},
                          step.now, spec(step).requestTimeout, step.out);
    }
}

// What the metadata says of its topic now: it may have got more partitions, be gone, or be another one.
void Producer::refreshTopic(Step step)
{
    const std::vector<PartitionIndex>& now = metadata_.partitionsOf(spec(step).topic);
    const std::int32_t before = std::exchange(partitionCount_, static_cast<std::int32_t>(now.size()));
    if (now.size() > partitions_.size()) {
        leaders_.resize(now.size());
        partitions_.resize(now.size(), kNone);
        acknowledgedEnds_.resize(now.size());
        fresh_.resize(now.size());
    }
    if (partitionCount_ > 0 && partitionCount_ != before)
        accumulator_.setPartitionCount(0, partitionCount_);
    for (std::size_t i = 0; i < leaders_.size(); ++i) {
        leaders_[i] = {};
        if (i >= now.size())
            continue;
        const PartitionRegistration& partition = metadata_.image().partition(now[i]);
        leaders_[i].broker = partition.leader;
        leaders_[i].epoch = partition.leaderEpoch;
        if (now[i] != partitions_[i])
            replacePartition(i, now[i], step);
    }
}

// The topic was deleted and is there again: what waits goes to the new partition.
void Producer::replacePartition(std::size_t number, PartitionIndex now, Step step)
{
    const PartitionIndex before = std::exchange(partitions_[number], now);
    if (before == kNone)
        return;
    acknowledgedEnds_[number] = 0;
    const std::int64_t waiting = accumulator_.waitingRecords(0, static_cast<std::int32_t>(number));
    if (waiting > 0)
        step.out.saw(RecordsMoved{index_, before, now, waiting});
}

void Producer::armSource(Step step)
{
    const Micros wake = log_ ? logSource_.nextWake() : generator_.nextWake();
    if (wake == kNever || wake == sourceTimer_)
        return;
    // What has arrived and cannot be taken now waits for metadata or memory, not for a timer.
    if (wake <= step.now)
        return;
    sourceTimer_ = wake;
    step.out.timer(wake, Timer{TimerKind::Source, wake, 0});
}

} // namespace tideline
