// SPDX-License-Identifier: GPL-3.0-or-later
// EndOfStreamTrigger: fires only when the watermark reaches the end of time, that is at the end of input.
//
// Source: Flink GlobalWindows.EndOfStreamTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class EndOfStreamTrigger : public Trigger
{
public:
    TriggerResult onElement(const Element&, TriggerContext& context) const override
    {
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
