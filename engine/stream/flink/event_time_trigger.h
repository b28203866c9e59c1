// SPDX-License-Identifier: GPL-3.0-or-later
// EventTimeTrigger: fires when the watermark passes the end of the window; after that, at once for every late
// element.
//
// Source: Flink EventTimeTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class EventTimeTrigger : public Trigger
{
public:
    TriggerResult onElement(const Element&, TriggerContext& context) const override
    {
        if (context.window.maxTimestamp() <= context.watermark)
            return TriggerResult::Fire;
        context.registerEventTimer(context.window.maxTimestamp());
        return TriggerResult::Continue;
    }

    TriggerResult onEventTime(Millis time, TriggerContext& context) const override
    {
        return time == context.window.maxTimestamp() ? TriggerResult::Fire : TriggerResult::Continue;
    }

    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }

    void clear(TriggerContext& context) const override
    {
        context.deleteEventTimer(context.window.maxTimestamp());
    }
};

} // namespace tideline::flink
