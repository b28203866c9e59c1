// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/flink/watermark_valve.h"

#include <algorithm>

namespace tideline::flink {

void WatermarkValve::inputWatermark(std::size_t channel, Millis watermark, Signals& out)
{
    Channel& input = channels_[channel];
    if (idle_ || !input.active || watermark <= input.watermark)
        return;
    input.watermark = watermark;
    if (watermark >= emitted_)
        input.aligned = true;
    emitMinimumOfAligned(out);
}

void WatermarkValve::inputIdle(std::size_t channel, Signals& out)
{
    Channel& input = channels_[channel];
    if (!input.active)
        return;
    input.active = false;
    input.aligned = false;
    const bool heldBack = input.watermark == emitted_;
    if (anyActive()) {
        if (heldBack)
            emitMinimumOfAligned(out);
        return;
    }
    if (heldBack)
        flushMaximum(out);
    idle_ = true;
    out.push_back(StreamSignal::idle());
}

void WatermarkValve::inputActive(std::size_t channel, Signals& out)
{
    Channel& input = channels_[channel];
    if (input.active)
        return;
    input.active = true;
    input.aligned = input.watermark >= emitted_;
    if (idle_) {
        idle_ = false;
        out.push_back(StreamSignal::active());
    }
}

bool WatermarkValve::anyActive() const
{
    return std::any_of(channels_.begin(), channels_.end(), [](const Channel& input) { return input.active; });
}

void WatermarkValve::emitMinimumOfAligned(Signals& out)
{
    Millis minimum = kMaxMillis;
    bool any = false;
    for (const Channel& input : channels_) {
        if (!input.aligned)
            continue;
        any = true;
        minimum = std::min(minimum, input.watermark);
    }
    if (any)
        emit(minimum, out);
}

void WatermarkValve::flushMaximum(Signals& out)
{
    Millis maximum = kMinMillis;
    for (const Channel& input : channels_)
        maximum = std::max(maximum, input.watermark);
    emit(maximum, out);
}

void WatermarkValve::emit(Millis watermark, Signals& out)
{
    if (watermark <= emitted_)
        return;
    emitted_ = watermark;
    out.push_back(StreamSignal::ofWatermark(watermark));
}

} // namespace tideline::flink
