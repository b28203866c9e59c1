// SPDX-License-Identifier: GPL-3.0-or-later
// CountTrigger: fires with every n-th element. What is left over when the window is cleaned up is never
// emitted.
//
// Source: Flink CountTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class CountTrigger : public Trigger
{
public:
    // maxCount >= 1 elements.
    explicit CountTrigger(std::int64_t maxCount)
        : maxCount_(maxCount)
    {}

    TriggerResult onElement(const Element&, TriggerContext& context) const override
    {
        std::optional<std::int64_t>& count = context.state.count;
        count = count.value_or(0) + 1;
        if (*count < maxCount_)
            return TriggerResult::Continue;
        count.reset();
        return TriggerResult::Fire;
    }

    TriggerResult onEventTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }
    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }

    void clear(TriggerContext& context) const override { context.state.count.reset(); }

private:
    std::int64_t maxCount_;
};

} // namespace tideline::flink
