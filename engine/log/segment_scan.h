// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning a .log file: which whole and sound batches it holds from its start on, and what ends them.
//
// 1. Batches lie back to back, with rising offsets, none before the segment's base offset and none more than
// 2^31 - 1 after it, as an index could not name it.
// 2. The first bad byte ends the scan: what comes after it is not trusted. Source: LogSegment.recover and
// FileLogInputStream of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/record_batch.h"
#include "engine/log/segment_fault.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct BatchPosition
{
    std::int64_t position = 0; // bytes from the start of the file
    BatchHeader header;

    std::int64_t end() const { return position + header.size(); }
};

struct SegmentScan
{
    std::vector<BatchPosition> batches;
    std::int64_t validBytes = 0; // up to the end of the last batch
    std::optional<SegmentFault> fault;
};

// `file` is the name for the sentence.
SegmentScan scanSegment(Bytes log, Offset baseOffset, const std::string& file);

// The bytes of a batch that the scan of `log` found.
inline Bytes batchBytes(Bytes log, const BatchPosition& batch)
{
    return log.substr(static_cast<std::size_t>(batch.position),
                      static_cast<std::size_t>(batch.header.size()));
}

// Reads the records of all batches, of whatever codec: the first that cannot be read. Not part of the scan,
// as Kafka does not look at them either when it recovers a log.
std::optional<SegmentFault> checkRecords(Bytes log, const SegmentScan& scan, const std::string& file);

} // namespace tideline
