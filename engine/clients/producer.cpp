// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/producer.h"

#include "engine/clients/murmur2.h"

#include <algorithm>

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
    config.maxRequestSize = spec.maxRequestSize;
    config.bufferMemory = spec.bufferMemory;
    config.retryBackoff = spec.retryBackoff;
    config.retryBackoffMax = spec.retryBackoffMax;
    config.deliveryTimeout = spec.deliveryTimeout;
    const std::array<std::int32_t, 1> counts{partitions};
    accumulator_ = RecordAccumulator(config, counts);
    leaders_.resize(static_cast<std::size_t>(partitions));
    acknowledgedEnds_.resize(static_cast<std::size_t>(partitions));
    fresh_.resize(static_cast<std::size_t>(partitions));
}

const ProducerSpec& Producer::spec(const Step& step) const
{
    return step.topology.scenario->producers[static_cast<std::size_t>(index_)];
}

PartitionIndex Producer::globalPartition(const ProducerBatch& batch, const Step& step) const
{
    return step.topology.topics[static_cast<std::size_t>(topic_)].firstPartition + batch.partition;
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
        const TopicLayout& topic = step.topology.topics[static_cast<std::size_t>(topic_)];
        const bool complete = metadata->image.partition(topic.firstPartition).leaderEpoch >= 0;
        metadata_.answered(metadata->image, complete, step.now, spec(step).metadataMaxAge,
                           spec(step).retryBackoff);
        refreshLeaders(step);
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
    const std::int64_t room = accumulator_.config().bufferMemory - accumulator_.config().batchSize;
    while (metadata_.known() && accumulator_.usedMemory() <= room) {
        if (!(log_ ? logSource_.nextArrived(step.now, record) : generator_.nextArrived(step.now, record)))
            break;
        append(record, step);
    }
    reportProduced(step);
    armSource(step);
}

bool Producer::append(const SourceRecord& record, Step step)
{
    const ProducerSpec& config = spec(step);
    const TopicLeaders leaders(leaders_);
    std::int32_t partition = kNone;
    if (config.partitioner == Partitioner::RoundRobin)
        partition = roundRobin_.next(leaders);
    else if (record.key && !config.ignoreKeys)
        partition = toPositive(record.keyHash) % static_cast<std::int32_t>(leaders_.size());
    const AppendResult result =
        accumulator_.append(0, partition, record.eventTime, record.key, NullableBytes(record.value), step.now,
                            leaders, PositiveDraw(step.draws));
    if (result.status != AppendStatus::Appended) {
        ++counts_
              .failed; // never had a number: RecordTooLargeException or BufferExhaustedException from send()
        step.out.fact(SendFailed{index_, kNone, ErrorCode::MessageTooLarge, -1, 1});
        return false;
    }
    ++counts_.produced;
    Fresh& fresh = fresh_[static_cast<std::size_t>(result.partition)];
    if (fresh.records == 0)
        fresh.firstK = result.k;
    ++fresh.records;
    fresh.bytes += static_cast<std::int64_t>(record.value.size());
    return true;
}

void Producer::reportProduced(Step step)
{
    const PartitionIndex first = step.topology.topics[static_cast<std::size_t>(topic_)].firstPartition;
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        Fresh& fresh = fresh_[i];
        if (fresh.records == 0)
            continue;
        step.out.saw(RecordsProduced{index_, first + static_cast<PartitionIndex>(i), fresh.firstK,
                                     fresh.records, fresh.bytes});
        fresh = {};
    }
}

// Sends what can be sent and sets the timer for what cannot yet.
void Producer::pump(Step step)
{
    for (const ProducerBatch& batch : accumulator_.expire(step.now))
        fail(batch, ErrorCode::RequestTimedOut, step);
    const std::array<TopicLeaders, 1> leaders{TopicLeaders(leaders_)};
    ReadyCheck check;
    Micros reconnectAt = kNever;
    for (bool sent = true; sent;) {
        sent = false;
        check = accumulator_.ready(leaders, step.now);
        for (const BrokerId broker : check.nodes) {
            if (!reach(broker, step)) {
                reconnectAt = std::min(reconnectAt, connections_.nextOpen(broker));
                continue;
            }
            if (outstanding_.countTo(Topology::brokerNode(broker)) >=
                static_cast<std::size_t>(spec(step).maxInFlight))
                continue;
            const std::size_t before = outstanding_.all().size();
            sendTo(broker, step);
            sent = sent || outstanding_.all().size() > before;
        }
    }
    if (check.unknownLeaders && metadata_.known())
        metadata_.wantUpdate();
    askForMetadata(step);
    armSend(std::min({check.nextCheck, reconnectAt, accumulator_.nextExpiry(), metadata_.nextTry()}), step);
    const bool ended = log_ ? logSource_.ended() : generator_.ended();
    if (ended && !endedTold_) {
        endedTold_ = true;
        step.out.fact(SourceEnded{index_, counts_.produced});
    }
    const bool underWay = std::any_of(outstanding_.all().begin(), outstanding_.all().end(),
                                      [](const auto& request) { return !request.tag.batches.empty(); });
    if (ended && !drainedTold_ && !accumulator_.hasWaiting() && !underWay) {
        drainedTold_ = true;
        step.out.saw(SourceDrained{index_});
    }
}

// True when a connection to the broker stands; opens one when it may.
bool Producer::reach(BrokerId broker, Step step)
{
    if (connections_.mayOpen(broker, step.now)) {
        connections_.opening(broker);
        outstanding_.send(Topology::brokerNode(broker), ApiVersionsRequest{},
                          Asked{Asked::What::Connection, {}}, step.now, ClientConnections::kSetupTimeout,
                          step.out);
    }
    return connections_.stands(broker);
}

void Producer::sendTo(BrokerId broker, Step step)
{
    const ProducerSpec& config = spec(step);
    const std::array<TopicLeaders, 1> leaders{TopicLeaders(leaders_)};
    std::vector<ProducerBatch> batches = accumulator_.drain(broker, leaders, step.now);
    if (batches.empty())
        return;
    ProduceRequest request{config.acks, config.requestTimeout, {}};
    for (const ProducerBatch& batch : batches) {
        const PartitionIndex partition = globalPartition(batch, step);
        LogBatch body;
        body.bytes = batch.bytes;
        body.records = batch.recordCount;
        body.maxTimestamp = batch.maxTimestamp;
        body.producer = index_;
        body.firstK = batch.firstK;
        request.parts.push_back({partition, std::move(body)});
        step.out.saw(BatchSent{index_, partition, batch.firstK, batch.recordCount, batch.attempts});
    }
    const NodeIndex node = Topology::brokerNode(broker);
    if (config.acks == 0) {
        outstanding_.sendOnly(node, std::move(request), step.out);
        for (const ProducerBatch& batch : batches)
            acknowledge(batch, kUnknownOffset, step); // done with the hand-over to the socket
        return;
    }
    if (config.maxInFlight == 1) {
        for (const ProducerBatch& batch : batches)
            accumulator_.mute(batch.topic, batch.partition, true);
    }
    outstanding_.send(node, std::move(request), Asked{Asked::What::Batches, std::move(batches)}, step.now,
                      config.requestTimeout, step.out);
}

void Producer::onProduceResponse(const ProduceResponse& response, std::vector<ProducerBatch> batches,
                                 Step step)
{
    for (ProducerBatch& batch : batches) {
        const PartitionIndex partition = globalPartition(batch, step);
        const auto part =
            std::find_if(response.parts.begin(), response.parts.end(),
                         [=](const ProduceResponse::Part& p) { return p.partition == partition; });
        const ErrorCode error = part == response.parts.end() ? ErrorCode::NetworkException : part->error;
        if (error == ErrorCode::None) {
            acknowledge(batch, part->baseOffset, step);
            continue;
        }
        const bool oldMetadata = error == ErrorCode::NotLeaderOrFollower ||
                                 error == ErrorCode::UnknownTopicOrPartition ||
                                 error == ErrorCode::LeaderNotAvailable;
        if (oldMetadata)
            metadata_.wantUpdate();
        retryOrFail(std::move(batch), error, step);
    }
}

void Producer::acknowledge(const ProducerBatch& batch, Offset baseOffset, Step step)
{
    counts_.acknowledged += batch.recordCount;
    Offset& end = acknowledgedEnds_[static_cast<std::size_t>(batch.partition)];
    end = std::max(end, baseOffset + batch.recordCount);
    step.out.saw(RecordsAcknowledged{index_, globalPartition(batch, step), batch.firstK, batch.recordCount,
                                     baseOffset});
    accumulator_.mute(batch.topic, batch.partition, false);
    accumulator_.release(batch);
}

void Producer::retryOrFail(ProducerBatch batch, ErrorCode error, Step step)
{
    const ProducerSpec& config = spec(step);
    accumulator_.mute(batch.topic, batch.partition, false);
    const bool again = isRetriable(error) && batch.attempts < config.retries &&
                       step.now - batch.created < config.deliveryTimeout;
    step.out.fact(ProduceRefused{index_, globalPartition(batch, step), error, batch.recordCount, again});
    if (!again) {
        fail(batch, error, step);
        return;
    }
    counts_.retries += batch.recordCount;
    accumulator_.reenqueue(std::move(batch), step.now, PositiveDraw(step.draws));
}

void Producer::fail(const ProducerBatch& batch, ErrorCode error, Step step)
{
    counts_.failed += batch.recordCount;
    const PartitionIndex partition = globalPartition(batch, step);
    step.out.fact(SendFailed{index_, partition, error, batch.firstK, batch.recordCount});
    step.out.saw(RecordsFailed{index_, partition, batch.firstK, batch.recordCount, error});
    accumulator_.release(batch);
}

void Producer::askForMetadata(Step step)
{
    if (const auto broker = metadata_.due(step.now, step.topology)) {
        metadata_.asked();
        outstanding_.send(Topology::brokerNode(*broker), MetadataRequest{}, Asked{Asked::What::Metadata, {}},
                          step.now, spec(step).requestTimeout, step.out);
    }
}

void Producer::refreshLeaders(const Step& step)
{
    const TopicLayout& topic = step.topology.topics[static_cast<std::size_t>(topic_)];
    for (std::size_t i = 0; i < leaders_.size(); ++i) {
        const PartitionImage& partition =
            metadata_.image().partition(topic.firstPartition + static_cast<PartitionIndex>(i));
        leaders_[i].broker = partition.leader;
        leaders_[i].epoch = partition.leaderEpoch;
    }
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

void Producer::armSend(Micros at, Step step)
{
    if (at == kNever || at >= sendTimer_)
        return;
    sendTimer_ = std::max(at, step.now + 1);
    step.out.timer(sendTimer_, Timer{TimerKind::Linger, sendTimer_, 0});
}

} // namespace tideline
