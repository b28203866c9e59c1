// SPDX-License-Identifier: GPL-3.0-or-later
// PurgingTrigger: turns every firing of another trigger into one that also clears the contents.
//
// The inner trigger's own state survives a purge. Source: Flink PurgingTrigger. Immutable; any thread.
#pragma once

#include "engine/stream/flink/trigger.h"

#include <utility>

namespace tideline::flink {

class PurgingTrigger : public Trigger
{
public:
    explicit PurgingTrigger(TriggerPtr inner)
        : inner_(std::move(inner))
    {}

    TriggerResult onElement(const Element& element, TriggerContext& context) const override
    {
        return purging(inner_->onElement(element, context));
    }
    TriggerResult onEventTime(Millis time, TriggerContext& context) const override
    {
        return purging(inner_->onEventTime(time, context));
    }
    TriggerResult onProcessingTime(Millis time, TriggerContext& context) const override
    {
        return purging(inner_->onProcessingTime(time, context));
    }
    void clear(TriggerContext& context) const override { inner_->clear(context); }

private:
    static TriggerResult purging(TriggerResult result)
    {
        return fires(result) ? TriggerResult::FireAndPurge : result;
    }

    TriggerPtr inner_;
};

} // namespace tideline::flink
