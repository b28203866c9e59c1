// SPDX-License-Identifier: GPL-3.0-or-later
// DeltaTrigger: fires when an element differs by more than a threshold from the element of the last firing.
//
// The delta is the absolute difference of the values. A purge keeps the stored element. Source: Flink
// DeltaTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/delta.h"
#include "engine/stream/flink/trigger.h"

namespace tideline::flink {

class DeltaTrigger : public Trigger
{
public:
    explicit DeltaTrigger(std::int64_t threshold)
        : threshold_(threshold)
    {}

    TriggerResult onElement(const Element& element, TriggerContext& context) const override
    {
        std::optional<std::int64_t>& last = context.state.lastElement;
        const bool fire = last && delta(*last, element.value) > threshold_;
        if (fire || !last)
            last = element.value;
        return fire ? TriggerResult::Fire : TriggerResult::Continue;
    }

    TriggerResult onEventTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }
    TriggerResult onProcessingTime(Millis, TriggerContext&) const override { return TriggerResult::Continue; }

    void clear(TriggerContext& context) const override { context.state.lastElement.reset(); }

private:
    std::int64_t threshold_;
};

} // namespace tideline::flink
