// SPDX-License-Identifier: GPL-3.0-or-later
// Producer: sending, and what becomes of what was sent.
#include "engine/clients/producer.h"

#include <algorithm>

namespace tideline {

// Gives up what is too old, sends what can be sent, lets a blocked send() go on, and tells what has ended.
void Producer::pump(Step step)
{
    expire(step);
    sendReady(step);
    while (sendBlocked_) {
        const std::int64_t before = counts_.produced + counts_.refused;
        takeFromSource(step);
        if (counts_.produced + counts_.refused == before)
            break;
        sendReady(step);
    }
    askForMetadata(step);
    armSend(std::min(accumulator_.nextExpiry(), metadata_.nextTry()), step);
    const bool ended = log_ ? logSource_.ended() : generator_.ended();
    if (ended && !endedTold_) {
        endedTold_ = true;
        step.out.fact(SourceEnded{index_, counts_.produced});
    }
    if (ended && !drainedTold_ && !accumulator_.hasWaiting() && nextExpiryUnderWay(step) == kNever) {
        drainedTold_ = true;
        step.out.saw(SourceDrained{index_});
    }
}

// delivery.timeout.ms. What is under way fails as well, but its memory is free only when its request is
// answered or lost. Source: Sender.sendProducerData of Kafka.
void Producer::expire(Step step)
{
    for (const ProducerBatch& batch : accumulator_.expire(step.now)) {
        fail(batch, ErrorCode::RequestTimedOut, step);
        accumulator_.release(batch);
    }
    if (nextExpiryUnderWay(step) > step.now)
        return;
    outstanding_.editTags([&](Asked& asked) {
        for (ProducerBatch& batch : asked.batches) {
            if (batch.expired || saturatingAdd(batch.created, spec(step).deliveryTimeout) > step.now)
                continue;
            batch.expired = true;
            fail(batch, ErrorCode::RequestTimedOut, step);
        }
    });
}

// When the first batch that is under way is too old; kNever when none is.
Micros Producer::nextExpiryUnderWay(const Step& step) const
{
    Micros next = kNever;
    for (const auto& request : outstanding_.all()) {
        for (const ProducerBatch& batch : request.tag.batches) {
            if (!batch.expired)
                next = std::min(next, saturatingAdd(batch.created, spec(step).deliveryTimeout));
        }
    }
    return next;
}

// Sends what can be sent and sets the timer for what cannot yet.
void Producer::sendReady(Step step)
{
    const std::array<TopicLeaders, 1> leaders{TopicLeaders(leaders_)};
    ReadyCheck check;
    Micros reconnectAt = kNever;
    for (bool sent = true; sent;) {
        sent = false;
        check = accumulator_.ready(leaders, step.now);
        for (const BrokerId broker : check.nodes) {
            if (!reach(broker, step))
                reconnectAt = std::min(reconnectAt, connections_.nextOpen(broker));
            else if (outstanding_.countTo(Topology::brokerNode(broker)) <
                     static_cast<std::size_t>(spec(step).maxInFlight))
                sent = sendTo(broker, step) || sent;
        }
    }
    if (check.unknownLeaders && metadata_.known())
        metadata_.wantUpdate();
    armSend(std::min({check.nextCheck, reconnectAt, nextExpiryUnderWay(step)}), step);
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

// False when nothing of the broker's partitions could be taken.
bool Producer::sendTo(BrokerId broker, Step step)
{
    const ProducerSpec& config = spec(step);
    const std::array<TopicLeaders, 1> leaders{TopicLeaders(leaders_)};
    std::vector<ProducerBatch> batches = accumulator_.drain(broker, leaders, step.now);
    if (batches.empty())
        return false;
    ProduceRequest request{config.acks, config.requestTimeout, {}};
    for (ProducerBatch& batch : batches) {
        const PartitionIndex partition = partitions_[static_cast<std::size_t>(batch.partition)];
        batch.sentTo = partition;
        if (batch.attempts == 0) {
            counts_.plainBytes += static_cast<std::int64_t>(batch.plainSize);
            counts_.sentBytes += static_cast<std::int64_t>(batch.bytes.size());
        }
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
        return true;
    }
    if (config.maxInFlight == 1) {
        for (const ProducerBatch& batch : batches)
            accumulator_.mute(batch.topic, batch.partition, true);
    }
    outstanding_.send(node, std::move(request), Asked{Asked::What::Batches, std::move(batches)}, step.now,
                      config.requestTimeout, step.out);
    return true;
}

void Producer::onProduceResponse(const ProduceResponse& response, std::vector<ProducerBatch> batches,
                                 Step step)
{
    for (ProducerBatch& batch : batches) {
        if (finishExpired(batch))
            continue;
        const PartitionIndex partition = batch.sentTo;
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

// True when the batch has been given up while it was under way: then there is only to clear up.
bool Producer::finishExpired(const ProducerBatch& batch)
{
    if (batch.expired) {
        accumulator_.mute(batch.topic, batch.partition, false);
        accumulator_.release(batch);
    }
    return batch.expired;
}

void Producer::acknowledge(const ProducerBatch& batch, Offset baseOffset, Step step)
{
    counts_.acknowledged += batch.recordCount;
    const auto number = static_cast<std::size_t>(batch.partition);
    if (batch.sentTo == partitions_[number])
        acknowledgedEnds_[number] = std::max(acknowledgedEnds_[number], baseOffset + batch.recordCount);
    step.out.saw(RecordsAcknowledged{index_, batch.sentTo, batch.firstK, batch.recordCount, baseOffset});
    accumulator_.mute(batch.topic, batch.partition, false);
    accumulator_.release(batch);
}

void Producer::retryOrFail(ProducerBatch batch, ErrorCode error, Step step)
{
    if (finishExpired(batch))
        return;
    const ProducerSpec& config = spec(step);
    accumulator_.mute(batch.topic, batch.partition, false);
    const bool again = isRetriable(error) && batch.attempts < config.retries &&
                       step.now - batch.created < config.deliveryTimeout;
    step.out.fact(ProduceRefused{index_, indexOf(batch), error, batch.recordCount, again});
    if (!again) {
        fail(batch, error, step);
        accumulator_.release(batch);
        return;
    }
    counts_.retries += batch.recordCount;
    const PartitionIndex now = partitions_[static_cast<std::size_t>(batch.partition)];
    if (batch.sentTo != now)
        step.out.saw(RecordsMoved{index_, batch.sentTo, now, batch.recordCount});
    batch.sentTo = kNone;
    accumulator_.reenqueue(std::move(batch), step.now, PositiveDraw(step.draws));
}

void Producer::fail(const ProducerBatch& batch, ErrorCode error, Step step)
{
    counts_.failed += batch.recordCount;
    const PartitionIndex partition = indexOf(batch);
    step.out.fact(SendFailed{index_, partition, error, batch.firstK, batch.recordCount});
    step.out.saw(RecordsFailed{index_, partition, batch.firstK, batch.recordCount, error});
}

void Producer::armSend(Micros at, Step step)
{
    if (at == kNever || at >= sendTimer_)
        return;
    sendTimer_ = std::max(at, step.now + 1);
    step.out.timer(sendTimer_, Timer{TimerKind::Linger, sendTimer_, 0});
}

} // namespace tideline
