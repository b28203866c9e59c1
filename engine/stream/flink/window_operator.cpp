// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/flink/window_operator.h"

#include "engine/stream/flink/allowed_lateness.h"
#include "engine/stream/flink/event_time_trigger.h"
#include "engine/stream/flink/never_trigger.h"
#include "engine/stream/flink/processing_time_trigger.h"

#include <string>

namespace tideline::flink {

TriggerPtr defaultTrigger(const WindowAssigner& assigner)
{
    if (assigner.isGlobal())
        return std::make_shared<const NeverTrigger>();
    if (assigner.isEventTime())
        return std::make_shared<const EventTimeTrigger>();
    return std::make_shared<const ProcessingTimeTrigger>();
}

WindowOperator::WindowOperator(WindowOperatorConfig config)
    : config_(std::move(config))
{
    if (!config_.trigger)
        config_.trigger = defaultTrigger(config_.assigner);
}

std::optional<Error> WindowOperator::processElement(const Element& element, std::vector<WindowOutput>& out)
{
    const bool eventTime = config_.assigner.isEventTime();
    if (eventTime && element.timestampOrMin() == kMinMillis)
        return Error{"window operator: the record of key " + std::to_string(element.key) +
                     " has timestamp -9223372036854775808, which means \"no timestamp\", and an event-time "
                     "window needs one; "
                     "assign timestamps and watermarks before the window"};
    std::vector<TimeWindow> windows;
    config_.assigner.assign(eventTime ? element.timestampOrMin() : processingTime_, windows);
    bool skipped = true;
    for (const TimeWindow& window : windows) {
        if (eventTime && isWindowLate(window, config_.allowedLateness, watermark_))
            continue;
        skipped = false;
        addToWindow(element, window, out);
    }
    // Reported only when no window took it; one that belongs to no window at all is silently gone while it is
    // in time.
    if (skipped && eventTime &&
        isElementLate(element.timestampOrMin(), config_.allowedLateness, watermark_)) {
        if (config_.lateSideOutput)
            out.emplace_back(LateElement{element});
        else
            ++numLateRecordsDropped_;
    }
    return std::nullopt;
}

void WindowOperator::processWatermark(Millis watermark, std::vector<WindowOutput>& out)
{
    watermark_ = watermark;
    while (!eventTimers_.empty() && eventTimers_.peek().timestamp <= watermark)
        onTimer(eventTimers_.poll(), true, out);
    out.emplace_back(StreamSignal::ofWatermark(watermark));
}

void WindowOperator::advanceProcessingTime(Millis now, std::vector<WindowOutput>& out)
{
    processingTime_ = now;
    while (!processingTimers_.empty() && processingTimers_.peek().timestamp <= now)
        onTimer(processingTimers_.poll(), false, out);
}

std::size_t WindowOperator::stateEntries() const
{
    std::size_t entries = 0;
    for (const auto& [place, state] : states_)
        entries += (state.contents.empty() ? 0U : 1U) + state.trigger.entries();
    return entries;
}

TriggerContext WindowOperator::contextOf(const Place& place, State& state)
{
    return {place.first,   place.second, watermark_,       processingTime_,
            state.trigger, eventTimers_, processingTimers_};
}

void WindowOperator::addToWindow(const Element& element, const TimeWindow& window,
                                 std::vector<WindowOutput>& out)
{
    const Place place{element.key, window};
    State& state = states_[place];
    state.contents.push_back(element);
    TriggerContext context = contextOf(place, state);
    act(config_.trigger->onElement(element, context), place, state, out);
    registerCleanup(place);
    forgetIfEmpty(place, state);
}

void WindowOperator::onTimer(const Timer& timer, bool eventTime, std::vector<WindowOutput>& out)
{
    const Place place{timer.key, timer.window};
    State& state = states_[place];
    TriggerContext context = contextOf(place, state);
    act(eventTime ? config_.trigger->onEventTime(timer.timestamp, context)
                  : config_.trigger->onProcessingTime(timer.timestamp, context),
        place, state, out);
    if (config_.assigner.isEventTime() == eventTime && timer.timestamp == cleanupTimeOf(timer.window)) {
        state.contents.clear();
        config_.trigger->clear(context);
    }
    forgetIfEmpty(place, state);
}

void WindowOperator::forgetIfEmpty(const Place& place, const State& state)
{
    if (state.contents.empty() && state.trigger.entries() == 0)
        states_.erase(place);
}

void WindowOperator::act(TriggerResult result, const Place& place, State& state,
                         std::vector<WindowOutput>& out)
{
    if (fires(result) && !state.contents.empty())
        emit(place, state, out);
    if (purges(result))
        state.contents.clear();
}

void WindowOperator::emit(const Place& place, State& state, std::vector<WindowOutput>& out)
{
    if (config_.evictor)
        config_.evictor->evictBefore(state.contents);
    WindowResult result{place.first, place.second, {}, watermark_, place.second.maxTimestamp()};
    for (const Element& element : state.contents)
        result.values.push_back(element.value);
    out.emplace_back(std::move(result));
    if (config_.evictor)
        config_.evictor->evictAfter(state.contents);
}

void WindowOperator::registerCleanup(const Place& place)
{
    const Millis time = cleanupTimeOf(place.second);
    if (time == kMaxMillis)
        return; // never
    TimerQueue& timers = config_.assigner.isEventTime() ? eventTimers_ : processingTimers_;
    timers.add({time, place.first, place.second});
}

Millis WindowOperator::cleanupTimeOf(const TimeWindow& window) const
{
    return config_.assigner.isEventTime() ? cleanupTime(window, config_.allowedLateness)
                                          : window.maxTimestamp();
}

} // namespace tideline::flink
