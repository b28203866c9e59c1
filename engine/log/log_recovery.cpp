// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/log_recovery.h"

#include "engine/log/interrupted_cleaning.h"
#include "engine/log/leader_epoch_checkpoint.h"
#include "engine/log/partition_writer.h"
#include "engine/log/producer_replay.h"
#include "engine/log/producer_snapshot.h"
#include "engine/log/segment_scan.h"

#include <algorithm>

namespace tideline {
namespace {

constexpr PartitionFileKind kOfSegment[] = {PartitionFileKind::Log, PartitionFileKind::OffsetIndex,
                                            PartitionFileKind::TimeIndex,
                                            PartitionFileKind::TransactionIndex};

class Recovery
{
public:
    Recovery(const PartitionFiles& files, const SegmentConfig& config)
        : config_(config)
    {
        recovered_.files = files;
    }

    RecoveredPartition run(Offset recoveryPoint)
    {
        dropLeftOvers();
        std::vector<CheckpointedEpoch> epochs = readEpochs();
        const std::vector<Offset> bases = segmentBases();
        if (!bases.empty())
            readOlderProducers(bases.front());
        const Offset firstUnflushed = floor(bases, recoveryPoint);
        bool cut = false;
        for (const Offset base : bases) {
            if (cut)
                dropSegment(base);
            else
                cut = readSegment(base, base >= firstUnflushed, epochs);
        }
        writeEpochs(epochs);
        writeSnapshots();
        return std::move(recovered_);
    }

private:
    void drop(const std::string& name)
    {
        if (recovered_.files.erase(name) > 0)
            recovered_.deletedFiles.push_back(name);
    }

    void dropLeftOvers()
    {
        finishInterruptedCleaning(recovered_.files, recovered_.deletedFiles);
        std::vector<std::string> orphans;
        for (const auto& [name, bytes] : recovered_.files) {
            const PartitionFileName parsed = partitionFileName(name);
            const bool index = parsed.kind == PartitionFileKind::OffsetIndex ||
                               parsed.kind == PartitionFileKind::TimeIndex ||
                               parsed.kind == PartitionFileKind::TransactionIndex;
            if (index && !has(PartitionFileKind::Log, parsed.offset))
                orphans.push_back(name);
        }
        for (const std::string& name : orphans)
            drop(name);
    }

    bool has(PartitionFileKind kind, Offset offset) const
    {
        return recovered_.files.contains(segmentFileName(kind, offset));
    }

    std::vector<Offset> segmentBases() const
    {
        std::vector<Offset> bases;
        for (const auto& [name, bytes] : recovered_.files) {
            const PartitionFileName parsed = partitionFileName(name);
            if (parsed.kind == PartitionFileKind::Log)
                bases.push_back(parsed.offset);
        }
        return bases; // names of twenty digits are in the order of their offsets
    }

    // The base offset of the segment that holds `offset`, or of the first one.
    static Offset floor(const std::vector<Offset>& bases, Offset offset)
    {
        const auto after = std::upper_bound(bases.begin(), bases.end(), offset);
        return after == bases.begin() ? 0 : *std::prev(after);
    }

    void dropSegment(Offset base)
    {
        for (const PartitionFileKind kind : kOfSegment)
            drop(segmentFileName(kind, base));
        drop(segmentFileName(PartitionFileKind::ProducerSnapshot, base));
    }

    // Takes one segment into account, and recovers it when it was not flushed. True when the log ends in it.
    bool readSegment(Offset base, bool unflushed, std::vector<CheckpointedEpoch>& epochs)
    {
        const bool rebuild = unflushed || !has(PartitionFileKind::OffsetIndex, base);
        const std::string name = segmentFileName(PartitionFileKind::Log, base);
        const std::string log = recovered_.files.at(name);
        SegmentScan scan = scanSegment(log, base, name);
        SegmentBuilder rebuilt(base, config_, 0);
        std::vector<AbortedTransaction> aborted;
        for (const BatchPosition& batch : scan.batches) {
            const Bytes bytes = batchBytes(log, batch);
            if (const auto transaction = replayBatch(producers_, bytes))
                aborted.push_back(*transaction);
            if (rebuild) {
                assignEpoch(epochs, batch.header);
                rebuilt.append(bytes);
            }
        }
        recovered_.logEndOffset = scan.batches.empty() ? base : scan.batches.back().header.nextOffset();
        if (!rebuild)
            return false;
        rebuilt.close();
        recovered_.files.erase(segmentFileName(PartitionFileKind::TransactionIndex, base));
        addSegmentFiles(recovered_.files, rebuilt, aborted);
        recovered_.truncatedBytes = static_cast<std::int64_t>(log.size()) - scan.validBytes;
        recovered_.fault = std::move(scan.fault);
        return unflushed && recovered_.fault.has_value();
    }

    std::vector<CheckpointedEpoch> readEpochs() const
    {
        std::vector<CheckpointedEpoch> epochs;
        if (const auto found = recovered_.files.find(kLeaderEpochCheckpointFile);
            found != recovered_.files.end())
            // What is before a fault is used; the log's own epochs are added to it.
            static_cast<void>(readLeaderEpochCheckpoint(found->second, found->first, epochs));
        return epochs;
    }

    void writeEpochs(std::vector<CheckpointedEpoch>& epochs)
    {
        truncateEpochs(epochs, recovered_.logEndOffset);
        recovered_.files[kLeaderEpochCheckpointFile] = leaderEpochCheckpointText(epochs);
    }

    // Of the snapshots stay those that can be read and belong to a segment; the producers at the new end get
    // one.
    void writeSnapshots()
    {
        std::vector<std::string> stray;
        for (const auto& [name, bytes] : recovered_.files) {
            const PartitionFileName parsed = partitionFileName(name);
            if (parsed.kind != PartitionFileKind::ProducerSnapshot)
                continue;
            ProducerSnapshot unused;
            if (parsed.offset > recovered_.logEndOffset || !has(PartitionFileKind::Log, parsed.offset) ||
                readProducerSnapshot(bytes, name, unused))
                stray.push_back(name);
        }
        const std::string atEnd =
            segmentFileName(PartitionFileKind::ProducerSnapshot, recovered_.logEndOffset);
        for (const std::string& name : stray) {
            if (name != atEnd)
                drop(name);
        }
        recovered_.files[atEnd] = producerSnapshotBytes(producersAtEnd());
    }

    void readOlderProducers(Offset logStart)
    {
        const auto found =
            recovered_.files.find(segmentFileName(PartitionFileKind::ProducerSnapshot, logStart));
        if (found != recovered_.files.end() && readProducerSnapshot(found->second, found->first, older_))
            older_.producers.clear();
    }

    // Those that the log shows, and those that were there before it begins.
    ProducerSnapshot producersAtEnd() const
    {
        ProducerSnapshot snapshot = producerSnapshotOf(producers_.producers());
        for (const ProducerSnapshotEntry& entry : older_.producers) {
            if (!producers_.find(entry.producerId))
                snapshot.producers.push_back(entry);
        }
        return snapshot;
    }

    SegmentConfig config_;
    ProducerState producers_;
    ProducerSnapshot older_; // as of the log's start
    RecoveredPartition recovered_;
};

} // namespace

RecoveredPartition recoverPartition(const PartitionFiles& files, Offset recoveryPoint,
                                    const SegmentConfig& config)
{
    return Recovery(files, config).run(recoveryPoint);
}

} // namespace tideline
