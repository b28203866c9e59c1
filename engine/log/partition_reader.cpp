// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/partition_reader.h"

#include "engine/log/index_check.h"
#include "engine/log/transaction_index.h"

#include <algorithm>

namespace tideline {
namespace {

class Reader
{
public:
    explicit Reader(const PartitionFiles& files)
        : files_(files)
    {}

    PartitionContents read()
    {
        for (const auto& [name, bytes] : files_) {
            const PartitionFileName parsed = partitionFileName(name);
            if (parsed.kind == PartitionFileKind::Log)
                readSegment(name, bytes, parsed.offset);
            else if (parsed.kind == PartitionFileKind::ProducerSnapshot)
                readSnapshot(name, bytes, parsed.offset);
            else if (parsed.kind == PartitionFileKind::LeaderEpochCheckpoint)
                note(readLeaderEpochCheckpoint(bytes, name, contents_.epochs));
            else if (parsed.kind == PartitionFileKind::PartitionMetadata)
                readMetadata(name, bytes);
        }
        return std::move(contents_);
    }

private:
    void note(std::optional<SegmentFault> fault)
    {
        if (fault)
            contents_.faults.push_back(std::move(*fault));
    }

    const std::string* file(PartitionFileKind kind, Offset baseOffset) const
    {
        const auto found = files_.find(segmentFileName(kind, baseOffset));
        return found == files_.end() ? nullptr : &found->second;
    }

    void noteMissing(const std::string& name, const std::string& log)
    {
        note(
            SegmentFault{SegmentDamage::Missing,
                         name,
                         0,
                         {},
                         name + ": the file is missing beside " + log + "; recovery builds it from the log"});
    }

    void readSegment(const std::string& name, Bytes log, Offset baseOffset)
    {
        SegmentContents segment{.baseOffset = baseOffset,
                                .log = log,
                                .scan = scanSegment(log, baseOffset, name),
                                .offsetIndex = OffsetIndex(baseOffset),
                                .timeIndex = TimeIndex(baseOffset),
                                .aborted = {}};
        if (!contents_.segments.empty() && contents_.segments.back().nextOffset() > baseOffset)
            note(SegmentFault{SegmentDamage::OffsetsGoBack, name, 0, baseOffset,
                              name + ": byte 0: the segment begins at offset " + std::to_string(baseOffset) +
                                  ", before the end of the one before it, offset " +
                                  std::to_string(contents_.segments.back().nextOffset()) +
                                  "; both are kept"});
        note(segment.scan.fault);
        note(checkRecords(log, segment.scan, name));
        readIndexes(segment, name);
        contents_.segments.push_back(std::move(segment));
    }

    void readIndexes(SegmentContents& segment, const std::string& log)
    {
        const Offset base = segment.baseOffset;
        const std::string offsets = segmentFileName(PartitionFileKind::OffsetIndex, base);
        const std::string times = segmentFileName(PartitionFileKind::TimeIndex, base);
        if (const std::string* bytes = file(PartitionFileKind::OffsetIndex, base)) {
            note(readOffsetIndex(*bytes, offsets, segment.offsetIndex));
            note(checkOffsetIndex(segment.offsetIndex, segment.scan, offsets));
        } else {
            noteMissing(offsets, log);
        }
        if (const std::string* bytes = file(PartitionFileKind::TimeIndex, base)) {
            note(readTimeIndex(*bytes, times, segment.timeIndex));
            note(checkTimeIndex(segment.timeIndex, segment.scan, times));
        } else {
            noteMissing(times, log);
        }
        if (const std::string* bytes = file(PartitionFileKind::TransactionIndex, base)) {
            const std::string aborted = segmentFileName(PartitionFileKind::TransactionIndex, base);
            note(readTransactionIndex(*bytes, base, aborted, segment.aborted));
            note(checkTransactionIndex(segment.aborted, segment.scan, aborted));
        }
    }

    void readSnapshot(const std::string& name, Bytes bytes, Offset offset)
    {
        ProducerSnapshot snapshot;
        if (auto fault = readProducerSnapshot(bytes, name, snapshot))
            note(std::move(fault));
        else
            contents_.snapshots[offset] = std::move(snapshot);
    }

    void readMetadata(const std::string& name, Bytes text)
    {
        PartitionMetadata metadata;
        if (auto fault = readPartitionMetadata(text, name, metadata))
            note(std::move(fault));
        else
            contents_.metadata = std::move(metadata);
    }

    const PartitionFiles& files_;
    PartitionContents contents_;
};

} // namespace

Millis SegmentContents::largestTimestamp() const
{
    Millis largest = kNoTimestamp;
    for (const BatchPosition& batch : scan.batches)
        largest = std::max(largest, batch.header.maxTimestamp);
    return largest;
}

PartitionContents readPartition(const PartitionFiles& files)
{
    return Reader(files).read();
}

} // namespace tideline
