// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionWatermarks: the watermarks of a pipeline's source: one generator per partition, merged.
//
// Each partition has bounded out-of-orderness and, if wanted, idleness of its own; out goes the minimum over
// the partitions that are not idle (source_output.h). The watermark goes out at every tick (as Flink does, so
// that lateness depends on processing time) or, in addition, after every record. Idleness is judged at ticks
// only. Times are processing time in milliseconds and never decrease. A copyable value; one thread.
#pragma once

#include "engine/stream/flink/bounded_out_of_orderness.h"
#include "engine/stream/flink/idleness.h"
#include "engine/stream/flink/source_output.h"
#include "engine/stream/flink/timestamps_and_watermarks.h"

#include <optional>

namespace tideline::flink {

struct PartitionWatermarkSpec
{
    Millis outOfOrderness = 0;                       // >= 0
    std::optional<Millis> idleTimeout;               // > 0
    bool afterEveryRecord = false;                   // and not only at ticks
    Millis interval = kDefaultAutoWatermarkInterval; // between ticks; 0 = no ticks

    bool operator==(const PartitionWatermarkSpec&) const = default;
    TIDELINE_FIELDS(PartitionWatermarkSpec, outOfOrderness, idleTimeout, afterEveryRecord, interval)
};

// Bounded out-of-orderness that can also emit after every record (Flink: a generator that emits in onEvent).
class PeriodicOrPunctuated
{
public:
    PeriodicOrPunctuated() = default;
    PeriodicOrPunctuated(Millis outOfOrderness, bool afterEveryRecord)
        : generator_(outOfOrderness)
        , afterEveryRecord_(afterEveryRecord)
    {}

    template <class Output>
    void onEvent(Millis timestamp, Output&& output)
    {
        generator_.onEvent(timestamp, output);
        if (afterEveryRecord_)
            output.emitWatermark(generator_.watermark());
    }

    template <class Output>
    void onPeriodicEmit(Millis now, Output&& output)
    {
        generator_.onPeriodicEmit(now, output);
    }

    bool operator==(const PeriodicOrPunctuated&) const = default;
    TIDELINE_FIELDS(PeriodicOrPunctuated, generator_, afterEveryRecord_)

private:
    BoundedOutOfOrderness generator_;
    bool afterEveryRecord_ = false;
};

class PartitionWatermarks
{
public:
    // Partitions 0 .. partitions - 1 are there from the start.
    PartitionWatermarks(const PartitionWatermarkSpec& spec, SplitId partitions, Millis now)
        : source_(
              Generator(PeriodicOrPunctuated(spec.outOfOrderness, spec.afterEveryRecord), spec.idleTimeout),
              spec.interval, now)
    {
        for (SplitId partition = 0; partition < partitions; ++partition)
            addPartition(partition);
    }

    // A partition that was assigned later holds the watermark back until its first record, or until it is
    // idle.
    void addPartition(SplitId partition) { source_.addSplit(partition); }
    void removePartition(SplitId partition) { source_.releaseSplit(partition); }

    // A record has just been handed to the pipeline: to be called after the window operator saw it.
    void onRecord(SplitId partition, Millis timestamp, Signals& out)
    {
        source_.onRecord(partition, timestamp, out);
    }
    // The clock is now at `now`: does the ticks that are due.
    void advanceProcessingTime(Millis now, Signals& out) { source_.advanceProcessingTime(now, out); }
    // When the next tick is due; kMaxMillis when there are none.
    Millis nextTick() const { return source_.nextTick(); }
    void endOfInput(Signals& out) { source_.endOfInput(out); }

    // The last watermark that went out; kMinMillis before the first.
    Millis watermark() const { return source_.watermark(); }
    bool idle() const { return source_.idle(); }
    // What a partition last said; kMinMillis when it is not there.
    Millis partitionWatermark(SplitId partition) const
    {
        return source_.splitWatermark(partition).value_or(kMinMillis);
    }
    bool partitionIdle(SplitId partition) const { return source_.splitIdle(partition); }

    bool operator==(const PartitionWatermarks&) const = default;
    TIDELINE_FIELDS(PartitionWatermarks, source_)

private:
    using Generator = WithIdleness<PeriodicOrPunctuated>;

    SourceOutput<Generator> source_;
};

} // namespace tideline::flink
