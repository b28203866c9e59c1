// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: appending as leader, the high watermark, and who waits for it.
#include "engine/cluster/broker.h"

#include "engine/cluster/high_watermark.h"
#include "engine/cluster/validate_records.h"
#include "engine/log/batch_frame.h"
#include "engine/log/compressed_batch.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"

namespace tideline {

namespace {

constexpr Micros kOffsetsCommitTimeout = 5'000'000; // offsets.commit.timeout.ms

LogBatch batchOf(const std::vector<KeyAndValue>& records, Millis now)
{
    RecordBatchWriter writer;
    for (const KeyAndValue& record : records)
        TIDELINE_ASSERT(writer.append(now, record.key, NullableBytes(record.value)) == BatchFault::None);
    LogBatch batch;
    batch.records = writer.recordCount();
    batch.maxTimestamp = now;
    TIDELINE_ASSERT(writer.close(batch.bytes) == BatchFault::None);
    return batch;
}

// What a leader does with a batch that its topic wants in another codec than it came in: it writes it anew
// before it appends it. One that comes in the topic's codec, or in any when the topic leaves that to
// producers, is kept byte for byte. Source: LogValidator of Kafka.
ErrorCode recompress(LogBatch& batch, const LogConfig& log, std::int64_t messageMaxBytes)
{
    if (!log.compression)
        return ErrorCode::None;
    const int codec = readBatchHeader(batch.bytes.bytes()).codecNumber();
    if (codec == static_cast<int>(*log.compression))
        return ErrorCode::None;
    Chunk plain;
    if (!decompressBatch(batch.bytes.bytes(), plain).ok())
        return ErrorCode::CorruptMessage;
    batch.bytes = *log.compression == Codec::None ? plain : compressBatch(plain.bytes(), *log.compression);
    const auto size = static_cast<std::int64_t>(batch.bytes.size());
    if (size > messageMaxBytes)
        return ErrorCode::MessageTooLarge;
    return size > log.segmentBytes ? ErrorCode::RecordListTooLarge : ErrorCode::None;
}

} // namespace

void Broker::onProduce(const ProduceRequest& request, const ReplyTo& from, Step step)
{
    PendingProduce pending{from, {}, 0};
    std::vector<std::pair<PartitionIndex, Offset>> waits; // partition and the high watermark that it needs
    for (const ProduceRequest::Part& part : request.parts) {
        LogBatch batch = part.batch;
        ErrorCode error = judgeProduce(part, request.acks, step);
        if (error == ErrorCode::None)
            error = recompress(batch, logConfig(part.partition, step.topology),
                               step.topology.config.messageMaxBytes);
        if (error != ErrorCode::None) {
            pending.parts.push_back({part.partition, error, kUnknownOffset});
            continue;
        }
        Replica& replica = *editReplica(part.partition);
        const Offset baseOffset = replica.leo();
        appendAsLeader(replica, std::move(batch), step);
        const bool waitsForReplicas = request.acks == -1 && replica.highWatermark < replica.leo();
        pending.parts.push_back(
            {part.partition, waitsForReplicas ? ErrorCode::RequestTimedOut : ErrorCode::None, baseOffset});
        if (waitsForReplicas)
            waits.emplace_back(part.partition, replica.leo());
    }
    haltIfUnwritable(step);
    if (request.acks == 0)
        return; // the producer does not wait, and never learns of an error
    if (waits.empty()) {
        step.out.reply(from, ProduceResponse{std::move(pending.parts)});
        return;
    }
    pending.remaining = static_cast<std::int32_t>(waits.size());
    const std::int64_t number = purgatory_.add(std::move(pending), step.now + request.timeout, step.out);
    for (const auto& [partition, required] : waits)
        editReplica(partition)->waiting.push_back({required, number});
}

ErrorCode Broker::judgeProduce(const ProduceRequest::Part& part, std::int32_t acks, const Step& step) const
{
    const Replica* leader = replica(part.partition);
    if (image_.partition(part.partition).leaderEpoch < 0)
        return ErrorCode::UnknownTopicOrPartition;
    if (!leader || leader->role != Replica::Role::Leader)
        return ErrorCode::NotLeaderOrFollower;
    if (acks == -1 &&
        static_cast<std::int32_t>(leader->isr.size()) < image_.effectiveMinIsr(part.partition, id_))
        return ErrorCode::NotEnoughReplicas; // and nothing is appended
    if (static_cast<std::int64_t>(part.batch.bytes.size()) > step.topology.config.messageMaxBytes)
        return ErrorCode::MessageTooLarge;
    if (checkBatch(part.batch.bytes.bytes()) != BatchFault::None)
        return ErrorCode::CorruptMessage;
    const LogConfig& config = logConfig(part.partition, step.topology);
    if (const ErrorCode error = validateRecords(part.batch, config, logTime(part.partition, step));
        error != ErrorCode::None)
        return error;
    if (static_cast<std::int64_t>(part.batch.bytes.size()) > config.segmentBytes)
        return ErrorCode::RecordListTooLarge;
    return disk_ == DiskState::Sound ? ErrorCode::None : ErrorCode::KafkaStorageError;
}

void Broker::appendAsLeader(Replica& replica, LogBatch batch, Step step)
{
    const Offset leoBefore = replica.leo();
    batch.baseOffset = leoBefore;
    batch.leaderEpoch = replica.leaderEpoch;
    const std::int32_t records = batch.records;
    const auto bytes = static_cast<std::int64_t>(batch.bytes.size());
    const RollReason rolled =
        replica.log.append(std::move(batch), logConfig(replica.partition, step.topology), step.wallTime());
    followersFallBehind(replica, leoBefore);
    if (rolled != RollReason::None && !step.topology.isInternal(replica.partition))
        step.out.fact(SegmentRolled{replica.partition, id_, leoBefore,
                                    static_cast<std::int32_t>(replica.log.segmentCount()),
                                    static_cast<std::int32_t>(rolled)});
    if (!step.topology.isInternal(replica.partition))
        step.out.fact(RecordsAppended{replica.partition, id_, leoBefore, 1, records, bytes});
    if (replica.isr.size() == 1)
        advanceHighWatermark(replica, step); // nobody to wait for
}

void Broker::advanceHighWatermark(Replica& replica, Step step)
{
    if (replica.role != Replica::Role::Leader)
        return;
    const Offset now = highWatermark(replica, image_, image_.effectiveMinIsr(replica.partition, id_),
                                     step.wallClock(), step.topology.config.replicaLagTimeMax);
    if (now == replica.highWatermark)
        return;
    replica.highWatermark = now;
    // Followers learn of it with their next answer; nobody is woken for it.
    for (const FollowerProgress& follower : replica.followers) {
        FetchSession& fetching = session(follower.broker);
        if (FetchSession::Part* part = fetching.find(replica.partition))
            fetching.mark(*part);
    }
    touchedFetches_.insert(touchedFetches_.end(), replica.parkedFetches.begin(), replica.parkedFetches.end());
    completeWaiting(replica, step);
}

void Broker::completeWaiting(Replica& replica, Step step)
{
    std::size_t done = 0;
    while (done < replica.waiting.size() && replica.waiting[done].required <= replica.highWatermark)
        ++done;
    if (done == 0)
        return;
    const std::vector<WaitsForReplication> complete(
        replica.waiting.begin(), replica.waiting.begin() + static_cast<std::ptrdiff_t>(done));
    replica.waiting.erase(replica.waiting.begin(),
                          replica.waiting.begin() + static_cast<std::ptrdiff_t>(done));
    // The ISR may have become too small after the append; the records stay in the log all the same.
    const bool enough =
        static_cast<std::int32_t>(replica.isr.size()) >= image_.effectiveMinIsr(replica.partition, id_);
    const ErrorCode error = enough ? ErrorCode::None : ErrorCode::NotEnoughReplicasAfterAppend;
    const PartitionIndex partition = replica.partition;
    for (const WaitsForReplication& wait : complete)
        completeOne(wait.pending, partition, error, step);
}

void Broker::completeOne(std::int64_t number, PartitionIndex partition, ErrorCode error, Step step)
{
    Pending* pending = purgatory_.find(number);
    if (!pending)
        return; // it timed out
    if (auto* produce = std::get_if<PendingProduce>(pending)) {
        for (ProduceResponse::Part& part : produce->parts) {
            if (part.partition == partition)
                part.error = error;
        }
        if (--produce->remaining > 0)
            return;
        auto complete = std::get<PendingProduce>(purgatory_.take(number));
        step.out.reply(complete.to, ProduceResponse{std::move(complete.parts)});
    } else if (std::holds_alternative<PendingWrite>(*pending)) {
        const auto complete = std::get<PendingWrite>(purgatory_.take(number));
        coordinator_.stored(complete.then, error, step);
    }
}

void Broker::failWaiting(Replica& replica, ErrorCode error, Step step)
{
    const std::vector<WaitsForReplication> failed = std::exchange(replica.waiting, {});
    const PartitionIndex partition = replica.partition;
    for (const WaitsForReplication& wait : failed)
        completeOne(wait.pending, partition, error, step);
}

void Broker::carryOutWrites(Step step)
{
    for (auto writes = coordinator_.takeWrites(); !writes.empty(); writes = coordinator_.takeWrites()) {
        for (const CoordinatorWrite& write : writes) {
            Replica* replica = editReplica(write.partition);
            haltIfUnwritable(step);
            const bool canWrite = replica && replica->role == Replica::Role::Leader &&
                                  disk_ == DiskState::Sound &&
                                  static_cast<std::int32_t>(replica->isr.size()) >=
                                      image_.effectiveMinIsr(write.partition, id_);
            if (!canWrite) {
                coordinator_.stored(write.then, ErrorCode::NotEnoughReplicas, step);
                continue;
            }
            appendAsLeader(*replica, batchOf(write.records, step.wallTime()), step);
            if (replica->highWatermark >= replica->leo()) {
                coordinator_.stored(write.then, ErrorCode::None, step);
                continue;
            }
            const std::int64_t number =
                purgatory_.add(PendingWrite{write.then}, step.now + kOffsetsCommitTimeout, step.out);
            replica->waiting.push_back({replica->leo(), number});
        }
    }
}

void Broker::expirePurgatory(Step step)
{
    for (std::int64_t number = purgatory_.due(step.now, step.out); number >= 0;
         number = purgatory_.due(step.now, step.out)) {
        Pending pending = purgatory_.take(number);
        if (auto* produce = std::get_if<PendingProduce>(&pending)) {
            step.out.reply(produce->to, ProduceResponse{std::move(produce->parts)});
        } else if (const auto* write = std::get_if<PendingWrite>(&pending)) {
            coordinator_.stored(write->then, ErrorCode::RequestTimedOut, step);
        } else if (const auto* fetch = std::get_if<PendingFetch>(&pending)) {
            answerParked(*fetch, number, step);
        }
    }
}

} // namespace tideline
