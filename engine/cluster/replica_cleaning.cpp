// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/replica_cleaning.h"

#include "engine/base/error.h"
#include "engine/log/log_cleaner.h"

#include <algorithm>

namespace tideline {

namespace {

// The batch as the leader has written it: with its offset and epoch in the bytes.
Chunk written(const LogBatch& batch)
{
    ChunkBuilder bytes(batch.bytes.size());
    char* at = bytes.room(batch.bytes.size());
    const Bytes from = batch.bytes.bytes();
    std::copy(from.begin(), from.end(), at);
    setBaseOffsetAndLeaderEpoch(at, batch.baseOffset, batch.leaderEpoch);
    bytes.advanceTo(at + from.size());
    return bytes.finish();
}

// What is left of `before`, as a running log keeps it: offset and epoch beside the bytes.
LogBatch thinned(const LogBatch& before, const Chunk& left)
{
    LogBatch after = before;
    const BatchHeader header = readBatchHeader(left.bytes());
    after.bytes = written({left, 0, before.records, -1});
    after.maxTimestamp = header.maxTimestamp;
    after.compacted = before.records - header.recordCount;
    return after;
}

std::vector<LogSegment> segmentsOf(const ReplicaLog& log)
{
    std::vector<LogSegment> segments;
    std::size_t next = 0;
    for (std::size_t s = 0; s < log.segmentCount(); ++s) {
        const ReplicaSegment& one = log.segment(s);
        LogSegment& segment = segments.emplace_back();
        segment.baseOffset = one.baseOffset;
        const bool active = s + 1 == log.segmentCount();
        for (std::int64_t i = 0; i < one.batches; ++i, ++next)
            segment.batches.push_back(active ? log.batch(next).bytes : written(log.batch(next)));
    }
    return segments;
}

} // namespace

LogToClean logToClean(const ReplicaLog& log, Offset highWatermark, const LogConfig& config, Millis now)
{
    const RetainedLog summary = log.retained(highWatermark);
    return logToClean(summary,
                      cleanableRange(summary, log.cleanedTo(), highWatermark, config.compaction(), now));
}

bool isDirtyEnough(const LogToClean& toClean, const LogConfig& config)
{
    const Int128 all = static_cast<Int128>(toClean.cleanBytes) + toClean.cleanableBytes;
    return toClean.cleanableBytes > 0 &&
           static_cast<Int128>(toClean.cleanableBytes) * 1'000'000 > all * config.minDirtyMillionths;
}

ReplicaCleaning cleanReplica(ReplicaLog& log, const LogToClean& toClean, const LogConfig& config, Millis now)
{
    const std::vector<LogSegment> before = segmentsOf(log);
    const CleanedLog cleaned = cleanLog(before, toClean, {}, config.compaction(), now);
    ReplicaCleaning result;
    std::vector<LogBatch> batches;
    std::vector<ReplicaSegment> segments;
    std::size_t next = 0; // of the batches before
    const auto gone = [&](const LogBatch& batch) {
        if (batch.held() > 0)
            result.thinned.push_back(batch);
        result.removed += batch.held();
    };
    std::vector<const Chunk*> originals;
    for (const LogSegment& segment : before) {
        for (const Chunk& chunk : segment.batches)
            originals.push_back(&chunk);
    }
    const Offset activeBase = log.segment(log.segmentCount() - 1).baseOffset;
    for (const LogSegment& segment : cleaned.segments) {
        ReplicaSegment& kept = segments.emplace_back();
        kept.baseOffset = segment.baseOffset;
        kept.created = now;
        const bool active = segment.baseOffset == activeBase;
        for (const Chunk& chunk : segment.batches) {
            while (!originals[next]->sameAs(chunk) &&
                   (active || log.batch(next).baseOffset < readBatchHeader(chunk.bytes()).baseOffset))
                gone(log.batch(next++));
            const LogBatch& was = log.batch(next);
            batches.push_back(originals[next]->sameAs(chunk) ? was : thinned(was, chunk));
            if (batches.back().held() < was.held()) {
                result.thinned.push_back(was);
                result.removed += was.held() - batches.back().held();
            }
            ++next;
            if (kept.batches++ == 0)
                kept.firstTimestamp = batches.back().maxTimestamp;
            kept.bytes += static_cast<std::int64_t>(batches.back().bytes.size());
            kept.largestTimestamp = std::max(kept.largestTimestamp, batches.back().maxTimestamp);
        }
    }
    while (next < log.batchCount())
        gone(log.batch(next++));
    segments.back().created = log.segment(log.segmentCount() - 1).created;
    const std::int64_t bytes = log.bytes();
    log.replaceWith(batches, std::move(segments), std::max(cleaned.nextDirty, log.cleanedTo()));
    result.bytesFreed = bytes - log.bytes();
    return result;
}

} // namespace tideline
