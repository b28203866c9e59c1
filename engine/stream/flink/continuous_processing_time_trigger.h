// SPDX-License-Identifier: GPL-3.0-or-later
// ContinuousProcessingTimeTrigger: fires every interval of processing time, up to the window's last
// millisecond.
//
// At the window's last millisecond it fires without registering anything new. Source: Flink
// ContinuousProcessingTimeTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

#include <algorithm>

namespace tideline::flink {

class ContinuousProcessingTimeTrigger : public Trigger
{
public:
    // interval in milliseconds, > 0.
    explicit ContinuousProcessingTimeTrigger(Millis interval)
        : interval_(interval)
    {}

    TriggerResult onElement(const Element&, TriggerContext& context) const override
    {
        const Millis now = context.processingTime;
        if (!context.state.nextFiring)
            registerNext(now - now % interval_, context);
        return TriggerResult::Continue;
    }

    TriggerResult onEventTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }

    TriggerResult onProcessingTime(Millis time, TriggerContext& context) const override
    {
        if (time == context.window.maxTimestamp())
            return TriggerResult::Fire;
        if (context.state.nextFiring != time)
            return TriggerResult::Continue;
        registerNext(time, context);
        return TriggerResult::Fire;
    }

    void clear(TriggerContext& context) const override
    {
        if (context.state.nextFiring)
            context.deleteProcessingTimer(*context.state.nextFiring);
        context.state.nextFiring.reset();
    }

private:
    void registerNext(Millis time, TriggerContext& context) const
    {
        context.state.nextFiring = std::min(wrappingAdd(time, interval_), context.window.maxTimestamp());
        context.registerProcessingTimer(*context.state.nextFiring);
    }

    Millis interval_;
};

} // namespace tideline::flink
