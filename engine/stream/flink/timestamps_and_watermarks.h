// SPDX-License-Identifier: GPL-3.0-or-later
// TimestampsAndWatermarks: the operator behind assignTimestampsAndWatermarks.
//
// A record goes downstream before the watermark it causes, so no record is late because of itself. Watermarks
// and statuses from upstream are discarded, except the maximum (end of input). A periodic emission is due
// when now >= due, and then due = now + interval: a jump of the clock causes one emission. Interval 0 means
// no periodic emission. Source: Flink TimestampsAndWatermarksOperator, pipeline.auto-watermark-interval. A
// plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/flink/watermark_output.h"

#include <utility>

namespace tideline::flink {

inline constexpr Millis kDefaultAutoWatermarkInterval = 200;

template <class Generator>
class TimestampsAndWatermarks
{
public:
    // interval and now in milliseconds of processing time, interval >= 0.
    TimestampsAndWatermarks(Generator generator, Millis interval, Millis now)
        : generator_(std::move(generator))
        , interval_(interval)
        , due_(saturatingAdd(now, interval))
        , now_(now)
    {}

    // A record with this timestamp has just been forwarded.
    void processElement(Millis timestamp, Signals& out)
    {
        generator_.onEvent(timestamp, BoundWatermarkOutput{output_, out});
    }

    // The clock is now at `now`.
    void advanceProcessingTime(Millis now, Signals& out)
    {
        now_ = now;
        if (interval_ == 0 || now < due_)
            return;
        generator_.onPeriodicEmit(now, BoundWatermarkOutput{output_, out});
        due_ = saturatingAdd(now, interval_);
    }

    // A watermark from upstream.
    void processWatermark(Millis watermark, Signals& out)
    {
        if (watermark == kMaxMillis)
            output_.emitWatermark(watermark, out);
    }

    // End of input: one last emission, before the maximum comes from upstream.
    void finish(Signals& out) { generator_.onPeriodicEmit(now_, BoundWatermarkOutput{output_, out}); }

    Millis watermark() const { return output_.watermark(); }

    bool operator==(const TimestampsAndWatermarks&) const = default;
    TIDELINE_FIELDS(TimestampsAndWatermarks, generator_, output_, interval_, due_, now_)

private:
    Generator generator_;
    WatermarkOutput output_;
    Millis interval_;
    Millis due_;
    Millis now_;
};

} // namespace tideline::flink
