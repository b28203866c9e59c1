// SPDX-License-Identifier: GPL-3.0-or-later
// What compaction leaves of one batch (Kafka's MemoryRecords.filterTo with the cleaner's filter).
//
// A pure function; any thread.
#pragma once

#include "engine/base/time.h"
#include "engine/log/chunk.h"
#include "engine/log/offset_map.h"

#include <cstdint>

namespace tideline {

// What is known of a batch before its records are looked at.
struct BatchKeep
{
    bool records = true;            // false: of an aborted transaction, or a marker whose time has come
    bool header = false;            // it stays even without records
    bool markerWithoutData = false; // gets a delete horizon
};

struct DeleteHorizon
{
    Millis retention = 0; // delete.retention.ms
    Millis now = 0;
};

struct CompactedBatch
{
    Chunk batch; // empty: nothing stays; the same bytes when nothing changed
    std::int32_t recordsRead = 0;
    std::int32_t recordsKept = 0;
};

CompactedBatch compactBatch(const Chunk& batch, const BatchKeep& keep, const OffsetMap& map,
                            const DeleteHorizon& horizon);

} // namespace tideline
