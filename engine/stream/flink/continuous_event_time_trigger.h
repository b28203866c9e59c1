// SPDX-License-Identifier: GPL-3.0-or-later
// ContinuousEventTimeTrigger: fires every interval of event time, and when the watermark passes the end of
// the window.
//
// The first firing lies on t - t % interval + interval, and Java's % rounds towards zero: for t = -19 and
// interval 4 it is -12, not -16. A watermark that jumps over several intervals fires once for each. No firing
// lies beyond the window's last millisecond (FLINK-20443). Source: Flink ContinuousEventTimeTrigger.
// Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

#include <algorithm>

namespace tideline::flink {

class ContinuousEventTimeTrigger : public Trigger
{
public:
    // interval in milliseconds, > 0.
    explicit ContinuousEventTimeTrigger(Millis interval)
        : interval_(interval)
    {}

    TriggerResult onElement(const Element& element, TriggerContext& context) const override
    {
        if (context.window.maxTimestamp() <= context.watermark)
            return TriggerResult::Fire;
        context.registerEventTimer(context.window.maxTimestamp());
        const Millis timestamp = element.timestampOrMin();
        if (!context.state.nextFiring)
            registerNext(timestamp - timestamp % interval_, context);
        return TriggerResult::Continue;
    }

    TriggerResult onEventTime(Millis time, TriggerContext& context) const override
    {
        if (time == context.window.maxTimestamp())
            return TriggerResult::Fire;
        if (context.state.nextFiring != time)
            return TriggerResult::Continue;
        registerNext(time, context);
        return TriggerResult::Fire;
    }

    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }

    void clear(TriggerContext& context) const override
    {
        if (context.state.nextFiring)
            context.deleteEventTimer(*context.state.nextFiring);
        context.state.nextFiring.reset();
    }

private:
    void registerNext(Millis time, TriggerContext& context) const
    {
        context.state.nextFiring = std::min(wrappingAdd(time, interval_), context.window.maxTimestamp());
        context.registerEventTimer(*context.state.nextFiring);
    }

    Millis interval_;
};

} // namespace tideline::flink
