// SPDX-License-Identifier: GPL-3.0-or-later
// Producer: takes records from its source, partitions and batches them, sends, retries, gives up.
//
// 1. At most max.in.flight.requests.per.connection requests are under way to a broker, each with at most one
// batch a partition.
// 2. Every record ends as acknowledged or failed, once; delivery.timeout.ms bounds how long that takes, for a
// batch that is under way too.
// 3. While buffer.memory is used up, or the topic is not known, send() blocks: the source's records wait.
// 4. A batch is sent only where a connection stands; until then it waits in the accumulator.
// 5. A topic is its name: when it has been deleted and created again, what waits goes to the new one.
// Not idempotent: a retry after a lost answer may write a batch twice, and a retry may overtake. An actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/client_connections.h"
#include "engine/clients/client_metadata.h"
#include "engine/clients/record_accumulator.h"
#include "engine/clients/round_robin_partitioner.h"
#include "engine/clients/source.h"
#include "engine/cluster/outstanding_requests.h"

#include <vector>

namespace tideline {

class Producer
{
public:
    Producer() = default;
    Producer(ProducerIndex index, const Topology& topology);

    void start(Step step);
    // The groups that the source waits for are stable.
    void groupsStable(Step step);
    void changeRate(std::int64_t recordsPerSecond, Step step);
    void onMessage(const Message& message, Step step);
    void onTimer(const Timer& timer, Step step);
    void onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step);

    // What a request was for.
    struct Asked
    {
        enum class What : std::uint8_t { Connection, Metadata, Batches };
        What what = What::Metadata;
        std::vector<ProducerBatch> batches;
        TIDELINE_FIELDS(Asked, what, batches)
    };
    // Records: handed to the accumulator, and of these acknowledged, failed, sent once more; and `refused`,
    // which send() did not take at all. Bytes of the batches that were sent, each once: without compression
    // and as they were sent.
    struct Counts
    {
        std::int64_t produced = 0, acknowledged = 0, failed = 0, retries = 0, refused = 0;
        std::int64_t plainBytes = 0, sentBytes = 0;
        TIDELINE_FIELDS(Counts, produced, acknowledged, failed, retries, refused, plainBytes, sentBytes)
    };
    const Counts& counts() const { return counts_; }
    std::int64_t rate() const { return generator_.rate(); }
    // One past the largest offset that was acknowledged, by partition of its topic.
    const std::vector<Offset>& acknowledgedEnds() const { return acknowledgedEnds_; }
    bool drained() const { return drainedTold_; }
    bool waitsForGroups() const { return waitsForGroups_; }

    TIDELINE_FIELDS(Producer, index_, log_, waitsForGroups_, generator_, logSource_, accumulator_,
                    roundRobin_, metadata_, outstanding_, partitions_, partitionCount_, counts_,
                    acknowledgedEnds_, connections_, sendBlocked_, sourceTimer_, sendTimer_, endedTold_,
                    drainedTold_)

private:
    const ProducerSpec& spec(const Step& step) const;
    void startSource(Step step);
    void takeFromSource(Step step);
    bool peekSource(const Step& step, SourceRecord& record);
    bool append(const SourceRecord& record, const Step& step);
    Millis timestampOf(const SourceRecord& record, const Step& step) const;
    void reportProduced(Step step);
    void askForMetadata(Step step);
    void refreshTopic(Step step);
    void replacePartition(std::size_t number, PartitionIndex now, Step step);
    void armSource(Step step);
    PartitionIndex indexOf(const ProducerBatch& batch) const;

    // producer_send.cpp
    void pump(Step step);
    void expire(Step step);
    Micros nextExpiryUnderWay(const Step& step) const;
    void sendReady(Step step);
    bool reach(BrokerId broker, Step step);
    bool sendTo(BrokerId broker, Step step);
    void onProduceResponse(const ProduceResponse& response, std::vector<ProducerBatch> batches, Step step);
    bool finishExpired(const ProducerBatch& batch);
    void acknowledge(const ProducerBatch& batch, Offset baseOffset, Step step);
    void retryOrFail(ProducerBatch batch, ErrorCode error, Step step);
    void fail(const ProducerBatch& batch, ErrorCode error, Step step);
    void armSend(Micros at, Step step);

    ProducerIndex index_ = kNone;
    TopicIndex topic_ = kNone;
    bool log_ = false;
    bool waitsForGroups_ = false;
    GeneratorSource generator_;
    LogSource logSource_;
    RecordAccumulator accumulator_;
    RoundRobinPartitioner roundRobin_;
    ClientMetadata metadata_;
    OutstandingRequests<Asked> outstanding_;
    // Of its topic, by partition number: what metadata_ says now, and the index that each has or had last.
    // There may be more than the topic has now: some may wait for a partition that is gone.
    std::vector<PartitionLeader> leaders_;
    std::vector<PartitionIndex> partitions_;
    std::int32_t partitionCount_ = 0; // that the topic has; 0: it is not there, or not known
    Counts counts_;
    std::vector<Offset> acknowledgedEnds_;
    ClientConnections connections_;
    bool sendBlocked_ = false; // for memory
    Micros sourceTimer_ = kNever;
    Micros sendTimer_ = kNever;
    bool endedTold_ = false;
    bool drainedTold_ = false;
    // Collected during a step, empty between steps.
    struct Fresh
    {
        PartitionIndex partition = kNone;
        RecordNumber firstK = 0;
        std::int32_t records = 0;
        std::int64_t bytes = 0;
    };
    std::vector<Fresh> fresh_; // by partition of the topic
    std::vector<SourceHappening> happenings_;
};

} // namespace tideline
