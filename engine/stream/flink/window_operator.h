// SPDX-License-Identifier: GPL-3.0-or-later
// WindowOperator: Flink's window state machine with element lists: any assigner, trigger and evictor.
//
// This is the rule in full, one list of elements per (key, window); the running pipeline uses
// aggregating_window_operator.h, which must agree with it. Contents, trigger state and timers are kept per
// (key, window). The watermark is set before timers fire, timers fire in the order of TimerQueue, and the
// watermark is forwarded after what it caused. Source: Flink 2.3.0 WindowOperator and EvictingWindowOperator
// with heap state. A copyable value; one thread at a time.
#pragma once

#include "engine/base/error.h"
#include "engine/stream/flink/evictor.h"
#include "engine/stream/flink/timer_queue.h"
#include "engine/stream/flink/trigger.h"
#include "engine/stream/flink/window_assigner.h"
#include "engine/stream/watermark.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tideline::flink {

// One firing.
struct WindowResult
{
    KeyId key = 0;
    TimeWindow window;
    std::vector<std::int64_t> values; // in list order
    Millis watermark = kMinMillis;    // that the window function saw
    Millis timestamp = 0;             // of the emitted record: the window's max timestamp

    bool operator==(const WindowResult&) const = default;
};

// A record that went to the late side output.
struct LateElement
{
    Element element;

    bool operator==(const LateElement&) const = default;
};

using WindowOutput = std::variant<WindowResult, LateElement, StreamSignal>;

struct WindowOperatorConfig
{
    WindowAssigner assigner;
    TriggerPtr trigger; // null: the assigner's default
    EvictorPtr evictor; // null: none
    Millis allowedLateness = 0;
    bool lateSideOutput = false; // otherwise late records are counted
};

// EventTimeTrigger, ProcessingTimeTrigger or, for the global window, NeverTrigger.
TriggerPtr defaultTrigger(const WindowAssigner& assigner);

class WindowOperator
{
public:
    explicit WindowOperator(WindowOperatorConfig config);

    // An event-time assigner refuses an element without timestamp; then nothing has changed.
    std::optional<Error> processElement(const Element& element, std::vector<WindowOutput>& out);
    void processWatermark(Millis watermark, std::vector<WindowOutput>& out);
    // The clock is now at `now`; timers with timestamp <= now fire. (Flink's production timer service wakes
    // up 1 ms later.)
    void advanceProcessingTime(Millis now, std::vector<WindowOutput>& out);

    std::uint64_t numLateRecordsDropped() const { return numLateRecordsDropped_; }
    // Keyed state as Flink counts it: one entry per (key, window) with contents, one per trigger state.
    std::size_t stateEntries() const;
    std::size_t eventTimers() const { return eventTimers_.size(); }
    std::size_t processingTimers() const { return processingTimers_.size(); }
    Millis watermark() const { return watermark_; }

private:
    struct State
    {
        std::vector<Element> contents;
        TriggerState trigger;
    };
    using Place = std::pair<KeyId, TimeWindow>;

    TriggerContext contextOf(const Place& place, State& state);
    void addToWindow(const Element& element, const TimeWindow& window, std::vector<WindowOutput>& out);
    void onTimer(const Timer& timer, bool eventTime, std::vector<WindowOutput>& out);
    void act(TriggerResult result, const Place& place, State& state, std::vector<WindowOutput>& out);
    void emit(const Place& place, State& state, std::vector<WindowOutput>& out);
    void forgetIfEmpty(const Place& place, const State& state);
    void registerCleanup(const Place& place);
    Millis cleanupTimeOf(const TimeWindow& window) const;

    WindowOperatorConfig config_;
    std::map<Place, State> states_;
    TimerQueue eventTimers_;
    TimerQueue processingTimers_;
    Millis watermark_ = kMinMillis;
    Millis processingTime_ = 0;
    std::uint64_t numLateRecordsDropped_ = 0;
};

} // namespace tideline::flink
