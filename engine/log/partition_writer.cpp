// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/partition_writer.h"

#include "engine/log/batch_frame.h"
#include "engine/log/leader_epoch_checkpoint.h"
#include "engine/log/producer_replay.h"
#include "engine/log/producer_snapshot.h"
#include "engine/log/segment_scan.h"
#include "engine/log/transaction_index.h"

#include <vector>

namespace tideline {
namespace {

// The log that is being written: the active segment and what goes with it.
class Writer
{
public:
    Writer(Offset logStartOffset, const SegmentConfig& config, Millis now)
        : config_(config)
        , now_(now)
        , active_(logStartOffset, config, now)
    {}

    void append(Bytes batch)
    {
        const BatchHeader header = readBatchHeader(batch);
        const IncomingBatch incoming{header.size(), header.maxTimestamp, header.lastOffset()};
        if (rollReason(active_.active(), incoming, config_, now_) != RollReason::None)
            roll(header.baseOffset);
        active_.append(batch);
        if (const auto aborted = replayBatch(producers_, batch))
            aborted_.push_back(*aborted);
        assignEpoch(epochs_, header);
    }

    PartitionFiles finish(Offset logEndOffset, const std::optional<PartitionMetadata>& metadata)
    {
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
    Writer writer(partition.logStartOffset, config, now);
    Offset next = partition.logStartOffset;
    for (std::size_t i = 0; i < partition.batches.size(); ++i) {
        const Bytes batch = partition.batches[i];
        const SegmentScan scan = scanSegment(batch, next, "batches[" + std::to_string(i) + "]");
        if (scan.fault)
            return Error{scan.fault->sentence + "; nothing was written"};
        if (scan.batches.size() != 1)
            return Error{"batches[" + std::to_string(i) + "]: " + std::to_string(scan.batches.size()) +
                         " batches, must be one; nothing was written"};
        writer.append(batch);
        next = scan.batches.front().header.nextOffset();
    }
    return writer.finish(next, partition.metadata);
}

} // namespace tideline
