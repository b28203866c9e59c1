// SPDX-License-Identifier: GPL-3.0-or-later
// View: records of a replica as coloured cells.
#include "engine/lab/key_colour.h"
#include "engine/lab/views.h"
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"

namespace tideline {

std::vector<RecordCell> cellsOf(const World& world, PartitionIndex partition, BrokerId broker, Offset from,
                                Offset to)
{
    std::vector<RecordCell> cells;
    const Replica* replica = world.brokers[static_cast<std::size_t>(broker - 1)]->replica(partition);
    if (!replica)
        return cells;
    for (std::size_t i = replica->log.find(from); i < replica->log.batchCount(); ++i) {
        const LogBatch& batch = replica->log.batch(i);
        if (batch.baseOffset >= to)
            break;
        forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
            const Offset offset = batch.baseOffset + record.offset;
            if (offset >= from && offset < to)
                cells.push_back(
                    {offset, keyColour(record.key), batch.producer, batch.firstK + record.offset});
        });
    }
    return cells;
}

} // namespace tideline
