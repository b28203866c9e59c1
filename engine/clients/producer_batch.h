// SPDX-License-Identifier: GPL-3.0-or-later
// ProducerBatch: the records that a producer sends to one partition in one piece, from the first append to
// the last attempt.
//
// Until it is drained its bytes are in the writer; then they are a Chunk that requests, brokers and retries
// share. It carries the numbers k of its records (k counts what this producer sent to this partition), so a
// retry repeats exactly that range. A plain value; one thread at a time.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/log/chunk.h"
#include "engine/log/record_batch_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tideline {

struct ProducerBatch
{
    std::int32_t topic = 0; // as the accumulator numbers them
    std::int32_t partition = 0;
    RecordNumber firstK = 0;
    std::int32_t recordCount = 0;
    Millis minTimestamp = kNoTimestamp;
    Millis maxTimestamp = kNoTimestamp;
    std::size_t limit = 0; // bytes: what it may grow to, and what it takes from buffer.memory

    Micros created = 0;
    Micros lastAppend = 0;
    Micros lastAttempt = 0; // linger and backoff count from here: the creation, later the last failure
    Micros backoff = 0;     // how long to wait after lastAttempt once an attempt failed
    std::int32_t attempts = 0;
    LeaderEpoch leaderEpoch = kNone; // the newest that was seen
    std::int32_t attemptsAtLeaderChange = 0;
    PartitionIndex sentTo = kNone; // the index of the partition that it is under way to; kNone: it waits
    bool expired = false;          // told as failed while under way: its answer changes nothing any more

    std::optional<RecordBatchWriter> writer; // set until it is drained
    Chunk bytes;                             // set afterwards
    std::size_t plainSize = 0;               // then, too: bytes without compression

    std::size_t size() const { return writer ? writer->estimatedSize() : bytes.size(); }
    bool full() const { return !writer || writer->isFull(limit); }
    Micros waited(Micros now) const { return std::max<Micros>(0, now - lastAttempt); }

    // A retry need not wait when the partition has a new leader (KIP-951).
    void sawLeader(LeaderEpoch epoch)
    {
        if (epoch <= leaderEpoch)
            return;
        attemptsAtLeaderChange = attempts;
        leaderEpoch = epoch;
    }
    bool backingOff(Micros now) const
    {
        return attempts > 0 && attempts != attemptsAtLeaderChange && waited(now) < backoff;
    }
};

} // namespace tideline
