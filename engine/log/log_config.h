// SPDX-License-Identifier: GPL-3.0-or-later
// LogConfig: what a topic's configuration says about its logs (Kafka's LogConfig), every default filled in.
//
// The names beside the fields are those of the topic; a broker's own default of each has the name below it in
// Kafka's documentation (log.segment.bytes, log.roll.ms...). A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/log/cleanable_range.h"
#include "engine/log/compression_type.h"
#include "engine/log/retention.h"
#include "engine/log/segment_roll.h"

#include <cstdint>
#include <limits>

namespace tideline {

struct LogConfig
{
    std::int64_t segmentBytes = 1'073'741'824; // segment.bytes; internal.segment.bytes may be smaller
    Millis segmentMs = 604'800'000;            // segment.ms
    bool deletes = true;                       // cleanup.policy contains "delete"
    bool compacts = false;                     // cleanup.policy contains "compact"
    Millis retentionMs = 604'800'000;          // retention.ms; -1: no limit
    std::int64_t retentionBytes = -1;          // retention.bytes, for a partition; -1: no limit
    std::int32_t minDirtyMillionths = 500'000; // min.cleanable.dirty.ratio, in millionths
    Millis minCompactionLag = 0;               // min.compaction.lag.ms
    Millis deleteRetention = 86'400'000;       // delete.retention.ms
    std::int64_t flushMessages = std::numeric_limits<std::int64_t>::max(); // flush.messages
    Millis flushMs = std::numeric_limits<Millis>::max();                   // flush.ms
    // message.timestamp.before.max.ms and message.timestamp.after.max.ms: how far a record's timestamp may
    // lie from its leader's clock.
    Millis timestampBeforeMax = std::numeric_limits<Millis>::max();
    Millis timestampAfterMax = 3'600'000;
    TopicCompression compression; // compression.type

    SegmentConfig segments() const
    {
        SegmentConfig config;
        config.segmentBytes = segmentBytes;
        config.segmentMs = segmentMs;
        return config;
    }
    RetentionConfig retention() const { return {deletes, retentionMs, retentionBytes}; }
    CompactionConfig compaction() const
    {
        CompactionConfig config;
        config.deleteRetention = deleteRetention;
        config.minCompactionLag = minCompactionLag;
        config.segmentBytes = segmentBytes;
        return config;
    }
    TIDELINE_FIELDS(LogConfig, segmentBytes, segmentMs, deletes, compacts, retentionMs, retentionBytes,
                    minDirtyMillionths, minCompactionLag, deleteRetention, flushMessages, flushMs,
                    timestampBeforeMax, timestampAfterMax, compression)
};

} // namespace tideline
