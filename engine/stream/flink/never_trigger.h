// SPDX-License-Identifier: GPL-3.0-or-later
// NeverTrigger: the default of the global window: nothing is ever emitted. Source: Flink
// GlobalWindows.NeverTrigger. Immutable.
#pragma once

#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class NeverTrigger : public Trigger
{
public:
    TriggerResult onElement(const Element&, TriggerContext&) const override
    {
        return TriggerResult::Continue;
    }
    TriggerResult onEventTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }
    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }
    void clear(TriggerContext&) const override {}
};

} // namespace tideline::flink
