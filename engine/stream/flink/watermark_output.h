// SPDX-License-Identifier: GPL-3.0-or-later
// WatermarkOutput: the gate between watermark generators and the stream.
//
// Forwards only strictly larger watermarks and only changes of status. An idle output becomes active together
// with its next larger watermark, not with a record. Source: Flink WatermarkToDataOutput and
// TimestampsAndWatermarksOperator.WatermarkEmitter. A plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/watermark.h"

namespace tideline::flink {

class WatermarkOutput
{
public:
    void emitWatermark(Millis watermark, Signals& out)
    {
        if (watermark <= watermark_)
            return;
        watermark_ = watermark;
        markActive(out);
        out.push_back(StreamSignal::ofWatermark(watermark));
    }

    void markIdle(Signals& out)
    {
        if (!idle_)
            out.push_back(StreamSignal::idle());
        idle_ = true;
    }

    void markActive(Signals& out)
    {
        if (idle_)
            out.push_back(StreamSignal::active());
        idle_ = false;
    }

    // The last watermark that went out; kMinMillis before the first.
    Millis watermark() const { return watermark_; }
    bool idle() const { return idle_; }

    bool operator==(const WatermarkOutput&) const = default;
    TIDELINE_FIELDS(WatermarkOutput, watermark_, idle_)

private:
    Millis watermark_ = kMinMillis;
    bool idle_ = false;
};

// A WatermarkOutput and the list it writes to, in the form that generators call.
struct BoundWatermarkOutput
{
    WatermarkOutput& output;
    Signals& out;

    void emitWatermark(Millis watermark) { output.emitWatermark(watermark, out); }
    void markIdle() { output.markIdle(out); }
    void markActive() { output.markActive(out); }
};

} // namespace tideline::flink
