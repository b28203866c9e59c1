// SPDX-License-Identifier: GPL-3.0-or-later
// The bare loop: the least that any streaming engine does for a record, as the yardstick of the path
// benchmark.
//
// Encode a 100-byte record into a record batch v2, checksum it with CRC-32C, check and decode it, count it
// into the tumbling window of its key. No engine around it. Quoting a ratio to this loop, run in the same
// process, cancels the machine out. One thread.
#pragma once

#include <cstdint>

namespace tideline::bench {

// Takes this many records (rounded up to whole batches of 500) with 1 000 keys through the loop. The result
// depends on every record's key and time, so that nothing can be left out.
std::uint64_t bareLoop(std::int64_t records);

} // namespace tideline::bench
