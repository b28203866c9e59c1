// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/segment_builder.h"

namespace tideline {

ActiveSegment SegmentBuilder::active() const
{
    ActiveSegment active = active_;
    active.bytes = static_cast<std::int64_t>(log_.size());
    active.offsetIndexFull = offsetIndex_.isFull();
    active.timeIndexFull = timeIndex_.isFull();
    return active;
}

void SegmentBuilder::append(Bytes batch)
{
    const BatchHeader header = readBatchHeader(batch);
    if (log_.empty())
        active_.firstBatchTimestamp = header.maxTimestamp;
    if (header.maxTimestamp > largest_.timestamp)
        largest_ = {header.maxTimestamp, header.lastOffset()};
    if (bytesSinceLastIndexEntry_ > config_.indexIntervalBytes && !offsetIndex_.isFull()) {
        offsetIndex_.append(header.lastOffset(), static_cast<std::int32_t>(log_.size()));
        timeIndex_.maybeAppend(largest_.timestamp, largest_.offset);
        bytesSinceLastIndexEntry_ = 0;
    }
    log_ += batch;
    bytesSinceLastIndexEntry_ += static_cast<std::int64_t>(batch.size());
}

} // namespace tideline
