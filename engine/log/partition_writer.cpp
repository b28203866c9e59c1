// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/partition_writer.h"

#include "engine/log/batch_frame.h"
#include "engine/log/leader_epoch_checkpoint.h"
#include "engine/log/producer_replay.h"
#include "engine/log/producer_snapshot.h"
#include "engine/log/transaction_index.h"

#include <limits>
#include <vector>

namespace tideline {
namespace {

// Why the batch cannot be written after what ends at `next`; empty when it can.
std::string brokenRule(Bytes batch, Offset next)
{
    const BatchFrame frame = firstBatch(batch);
    if (frame.fault != BatchFault::None)
        return tideline::brokenRule(frame.fault);
    if (frame.batch.empty() || frame.batch.size() != batch.size())
        return "the bytes must be one whole batch";
    if (const BatchFault fault = checkBatch(batch); fault != BatchFault::None)
        return tideline::brokenRule(fault);
    const BatchHeader header = readBatchHeader(batch);
    if (header.baseOffset < next)
        return "base offset " + std::to_string(header.baseOffset) + " must not be less than " +
               std::to_string(next) + ", the offset after the batch before it";
    if (header.lastOffsetDelta < 0 || header.lastOffset() == std::numeric_limits<Offset>::max())
        return "last offset " + std::to_string(header.lastOffset()) +
               " must not be before the base offset, nor the last of all";
    return {};
}

// The log that is being written: the active segment and what goes with it.
class Writer
{
public:
    Writer(const PartitionToWrite& partition, const SegmentConfig& config, Millis now)
        : config_(config)
        , now_(now)
        , laterSegments_(partition.laterSegments)
        , given_(!partition.laterSegments.empty())
        , active_(partition.logStartOffset, config, now)
    {}

    void append(Bytes batch)
    {
        const BatchHeader header = readBatchHeader(batch);
        const IncomingBatch incoming{header.size(), header.maxTimestamp, header.lastOffset()};
        const bool fresh = active_.log().empty() && header.baseOffset == active_.baseOffset();
        while (!laterSegments_.empty() && laterSegments_.front() <= header.baseOffset) {
            roll(laterSegments_.front());
            laterSegments_ = laterSegments_.subspan(1);
        }
        if (!given_ && !fresh && rollReason(active_.active(), incoming, config_, now_) != RollReason::None)
            roll(header.baseOffset);
        active_.append(batch);
        if (const auto aborted = replayBatch(producers_, batch))
            aborted_.push_back(*aborted);
        assignEpoch(epochs_, header);
    }

    PartitionFiles finish(Offset logEndOffset, const std::optional<PartitionMetadata>& metadata)
    {
        for (const Offset base : laterSegments_)
            roll(base); // empty ones
        closeActive();
        takeSnapshot(logEndOffset);
        files_[kLeaderEpochCheckpointFile] = leaderEpochCheckpointText(epochs_);
        if (metadata)
            files_[kPartitionMetadataFile] = partitionMetadataText(*metadata);
        return std::move(files_);
    }

private:
    void roll(Offset baseOffset)
    {
        closeActive();
        takeSnapshot(baseOffset);
        active_ = SegmentBuilder(baseOffset, config_, now_);
    }

    void closeActive()
    {
        active_.close();
        addSegmentFiles(files_, active_, aborted_);
        aborted_.clear();
    }

    void takeSnapshot(Offset offset)
    {
        files_[segmentFileName(PartitionFileKind::ProducerSnapshot, offset)] =
            producerSnapshotBytes(producerSnapshotOf(producers_.producers()));
    }

    SegmentConfig config_;
    Millis now_;
    std::span<const Offset> laterSegments_;
    bool given_;
    SegmentBuilder active_;
    std::vector<AbortedTransaction> aborted_; // by markers in the active segment
    ProducerState producers_;
    std::vector<CheckpointedEpoch> epochs_;
    PartitionFiles files_;
};

} // namespace

void addSegmentFiles(PartitionFiles& files, const SegmentBuilder& segment,
                     std::span<const AbortedTransaction> aborted)
{
    const Offset base = segment.baseOffset();
    files[segmentFileName(PartitionFileKind::Log, base)] = segment.log();
    files[segmentFileName(PartitionFileKind::OffsetIndex, base)] = segment.offsetIndex().bytes();
    files[segmentFileName(PartitionFileKind::TimeIndex, base)] = segment.timeIndex().bytes();
    if (!aborted.empty())
        files[segmentFileName(PartitionFileKind::TransactionIndex, base)] = transactionIndexBytes(aborted);
}

Result<PartitionFiles> writePartition(const PartitionToWrite& partition, const SegmentConfig& config,
                                      Millis now)
{
    if (partition.logStartOffset < 0)
        return Error{"logStartOffset: " + std::to_string(partition.logStartOffset) +
                     " must be 0 or later; nothing was written"};
    Writer writer(partition, config, now);
    Offset next = partition.logStartOffset;
    for (std::size_t i = 0; i < partition.batches.size(); ++i) {
        const Bytes batch = partition.batches[i];
        if (const std::string rule = brokenRule(batch, next); !rule.empty())
            return Error{"batches[" + std::to_string(i) + "]: " + rule + "; nothing was written"};
        writer.append(batch);
        next = readBatchHeader(batch).nextOffset();
    }
    return writer.finish(next, partition.metadata);
}

} // namespace tideline
