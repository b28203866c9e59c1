// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessingTimeTrigger: fires when processing time reaches the window's last millisecond.
//
// Source: Flink ProcessingTimeTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class ProcessingTimeTrigger : public Trigger
{
public:
    TriggerResult onElement(const Element&, TriggerContext& context) const override
    {
        context.registerProcessingTimer(context.window.maxTimestamp());
        return TriggerResult::Continue;
    }

    TriggerResult onEventTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }
    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Fire; }

    void clear(TriggerContext& context) const override
    {
        context.deleteProcessingTimer(context.window.maxTimestamp());
    }
};

} // namespace tideline::flink
