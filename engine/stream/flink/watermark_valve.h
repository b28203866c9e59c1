// SPDX-License-Identifier: GPL-3.0-or-later
// WatermarkValve: merges the watermarks and statuses of an operator's input channels into one.
//
// Out goes the minimum over aligned channels, never decreasing. A channel that was idle stays out of the
// minimum until it has caught up with what was emitted. Flink 2.3.0 flushes the maximum when all channels are
// idle only if the last one to go idle stood at the emitted watermark. Source: Flink 2.3.0
// StatusWatermarkValve. A plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/watermark.h"

#include <cstddef>
#include <vector>

namespace tideline::flink {

class WatermarkValve
{
public:
    explicit WatermarkValve(std::size_t channels = 1)
        : channels_(channels)
    {}

    // channel in [0, number of channels).
    void inputWatermark(std::size_t channel, Millis watermark, Signals& out);
    void inputIdle(std::size_t channel, Signals& out);
    void inputActive(std::size_t channel, Signals& out);

    // The last emitted watermark; kMinMillis before the first.
    Millis watermark() const { return emitted_; }
    bool idle() const { return idle_; }

    bool operator==(const WatermarkValve&) const = default;
    TIDELINE_FIELDS(WatermarkValve, channels_, emitted_, idle_)

private:
    struct Channel
    {
        Millis watermark = kMinMillis;
        bool active = true;
        bool aligned = true;

        bool operator==(const Channel&) const = default;
        TIDELINE_FIELDS(Channel, watermark, active, aligned)
    };

    bool anyActive() const;
    void emitMinimumOfAligned(Signals& out);
    void flushMaximum(Signals& out);
    void emit(Millis watermark, Signals& out);

    std::vector<Channel> channels_;
    Millis emitted_ = kMinMillis;
    bool idle_ = false;
};

} // namespace tideline::flink
