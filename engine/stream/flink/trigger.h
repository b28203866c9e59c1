// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger: decides when the contents of a window are emitted, and whether they are kept.
//
// A trigger is immutable and shared; what it remembers for one (key, window) is TriggerState, which the
// operator keeps. A purge clears the contents, not the trigger's state. Source: Flink Trigger, TriggerResult.
// Any thread, as long as the context belongs to one.
#pragma once

#include "engine/stream/flink/element.h"
#include "engine/stream/flink/timer_queue.h"

#include <cstddef>
#include <memory>
#include <optional>

namespace tideline::flink {

enum class TriggerResult { Continue, Fire, Purge, FireAndPurge };

constexpr bool fires(TriggerResult result)
{
    return result == TriggerResult::Fire || result == TriggerResult::FireAndPurge;
}
constexpr bool purges(TriggerResult result)
{
    return result == TriggerResult::Purge || result == TriggerResult::FireAndPurge;
}

// What the triggers of one (key, window) remember. Each entry is one keyed state of Flink, absent until
// written.
struct TriggerState
{
    std::optional<std::int64_t> count;       // CountTrigger: elements since the last firing
    std::optional<Millis> nextFiring;        // continuous triggers: the registered firing
    std::optional<std::int64_t> lastElement; // DeltaTrigger: the value at the last firing
    std::optional<Millis> timeout;           // ProcessingTimeoutTrigger: the registered timeout

    std::size_t entries() const
    {
        return std::size_t{count.has_value()} + std::size_t{nextFiring.has_value()} +
               std::size_t{lastElement.has_value()} + std::size_t{timeout.has_value()};
    }
};

// What a trigger may see and do.
struct TriggerContext
{
    KeyId key;
    TimeWindow window;
    Millis watermark;
    Millis processingTime;
    TriggerState& state;
    TimerQueue& eventTimers;
    TimerQueue& processingTimers;

    void registerEventTimer(Millis time) { eventTimers.add({time, key, window}); }
    void deleteEventTimer(Millis time) { eventTimers.remove({time, key, window}); }
    void registerProcessingTimer(Millis time) { processingTimers.add({time, key, window}); }
    void deleteProcessingTimer(Millis time) { processingTimers.remove({time, key, window}); }
};

class Trigger
{
public:
    virtual ~Trigger() = default;

    virtual TriggerResult onElement(const Element& element, TriggerContext& context) const = 0;
    virtual TriggerResult onEventTime(Millis time, TriggerContext& context) const = 0;
    virtual TriggerResult onProcessingTime(Millis time, TriggerContext& context) const = 0;
    // The window is cleaned up: forget the state and the timers.
    virtual void clear(TriggerContext& context) const = 0;
};

using TriggerPtr = std::shared_ptr<const Trigger>;

} // namespace tideline::flink
