// SPDX-License-Identifier: GPL-3.0-or-later
// Finding one batch after another in bytes, and checking it: the first two of the three stages at which a
// damaged batch is seen.
//
// Stage "frame" finds where a batch begins and ends; a last batch that is cut off is no error, the bytes just
// end before it. Stage "check" holds size and checksum against the header. Stage "records" is
// record_batch_reader.h. Nothing outside the given bytes is read. Source: ByteBufferLogInputStream,
// DefaultRecordBatch.ensureValid of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/batch_fault.h"
#include "engine/log/bytes.h"
#include "engine/log/record_batch.h"

namespace tideline {

struct BatchFrame
{
    // The batch's bytes; empty when there is no further whole batch, or a fault.
    Bytes batch;
    BatchFault fault = BatchFault::None;
};

// The batch that begins at the start of `bytes`. It may be smaller than its header: check it before its
// header is read.
BatchFrame firstBatch(Bytes bytes);

// None when `batch`, as firstBatch() gave it, is at least as long as its header and its checksum is right.
BatchFault checkBatch(Bytes batch);

} // namespace tideline
