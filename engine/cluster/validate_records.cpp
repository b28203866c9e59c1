// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/validate_records.h"

#include "engine/log/record_batch_reader.h"

#include <limits>

namespace tideline {

namespace {

constexpr Millis kNoTimestamp = -1;

bool isValid(Millis timestamp, const LogConfig& config, Millis now)
{
    return timestamp == kNoTimestamp || (now <= saturatingAdd(timestamp, config.timestampBeforeMax) &&
                                         timestamp <= saturatingAdd(now, config.timestampAfterMax));
}

} // namespace

ErrorCode validateRecords(const LogBatch& batch, const LogConfig& config, Millis now)
{
    // The largest timestamp of a batch stands in its header; only what it does not tell is read for.
    const bool anyOld = config.timestampBeforeMax != std::numeric_limits<Millis>::max();
    const bool anyLate = !isValid(batch.maxTimestamp, config, now);
    if (!config.compacts && !anyOld)
        return anyLate ? ErrorCode::InvalidTimestamp : ErrorCode::None;
    bool keyless = false;
    bool invalidTimestamp = false;
    forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
        if (config.compacts && !record.key)
            keyless = true;
        else
            invalidTimestamp = invalidTimestamp || !isValid(record.timestamp, config, now);
    });
    if (invalidTimestamp)
        return ErrorCode::InvalidTimestamp;
    return keyless ? ErrorCode::InvalidRecord : ErrorCode::None;
}

} // namespace tideline
