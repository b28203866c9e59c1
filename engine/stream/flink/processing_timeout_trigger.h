// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessingTimeoutTrigger: another trigger that also fires when nothing has made it fire for a while.
//
// Any timer that rings, also one of event time (such as the clean-up timer), counts as the timeout and fires.
// A timeout that has fired without being cleared stays remembered, so that no new one is registered until the
// inner trigger fires (unless `resetOnElement`). Source: Flink 2.3.0 ProcessingTimeoutTrigger. Immutable; any
// thread.
#pragma once

#include "engine/stream/flink/trigger.h"

#include <utility>

namespace tideline::flink {

class ProcessingTimeoutTrigger : public Trigger
{
public:
    // timeout in milliseconds of processing time, >= 0. resetOnElement: every element starts it anew;
    // clearOnTimeout: the timeout also clears the inner trigger's state.
    ProcessingTimeoutTrigger(TriggerPtr inner, Millis timeout, bool resetOnElement, bool clearOnTimeout)
        : inner_(std::move(inner))
        , timeout_(timeout)
        , resetOnElement_(resetOnElement)
        , clearOnTimeout_(clearOnTimeout)
    {}

    TriggerResult onElement(const Element& element, TriggerContext& context) const override
    {
        const TriggerResult result = inner_->onElement(element, context);
        if (fires(result)) {
            clear(context);
            return result;
        }
        std::optional<Millis>& timeout = context.state.timeout;
        if (timeout && resetOnElement_) {
            context.deleteProcessingTimer(*timeout);
            timeout.reset();
        }
        if (!timeout) {
            timeout = wrappingAdd(context.processingTime, timeout_);
            context.registerProcessingTimer(*timeout);
        }
        return result;
    }

    TriggerResult onEventTime(Millis time, TriggerContext& context) const override
    {
        return timedOut(inner_->onEventTime(time, context), context);
    }

    TriggerResult onProcessingTime(Millis time, TriggerContext& context) const override
    {
        return timedOut(inner_->onProcessingTime(time, context), context);
    }

    void clear(TriggerContext& context) const override
    {
        if (context.state.timeout)
            context.deleteProcessingTimer(*context.state.timeout);
        context.state.timeout.reset();
        inner_->clear(context);
    }

private:
    TriggerResult timedOut(TriggerResult inner, TriggerContext& context) const
    {
        if (clearOnTimeout_)
            clear(context);
        return purges(inner) ? TriggerResult::FireAndPurge : TriggerResult::Fire;
    }

    TriggerPtr inner_;
    Millis timeout_;
    bool resetOnElement_;
    bool clearOnTimeout_;
};

} // namespace tideline::flink
