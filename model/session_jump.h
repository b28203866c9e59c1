// SPDX-License-Identifier: GPL-3.0-or-later
// SessionJump: a step or a seek on its way: where it goes, how far it is, and how to give it up.
//
// Going back means: copy the nearest keyframe and run again. The state that is reached is the one that was
// there before, event for event. The work is cut into slices by the caller. A plain value; one thread at a
// time.
#pragma once

#include "model/session_run.h"

#include <cstdint>
#include <variant>

namespace tideline::model {

class SessionJump
{
public:
    // Every one starts at once: the run may already stand at a keyframe afterwards.
    // All events up to and including `time` (µs), taken into [0, duration].
    static SessionJump toTime(SessionRun& run, Micros time);
    // The state after that many events (>= 0).
    static SessionJump toEvents(SessionRun& run, std::int64_t events);
    // The next event that gives a fact, or the end.
    static SessionJump toNextFact(SessionRun& run);
    // The last event before the current one that gave a fact, or the beginning.
    static SessionJump toPreviousFact(SessionRun& run);

    // Handles at most `events` (>= 1); true when it has arrived.
    bool goOn(SessionRun& run, std::int64_t events);
    // Puts the run back to where it was before the jump.
    void cancel(SessionRun& run) const { run.putBack(from_); }
    // Cancelling leads back to where `earlier` began.
    void keepOrigin(const SessionJump& earlier) { from_ = earlier.from_; }
    bool backwards() const { return backwards_; }
    // 0..1000
    std::int32_t progressPermille(const SessionRun& run) const;

private:
    struct Time
    {
        Micros time = 0;
    };
    struct Events
    {
        std::int64_t events = 0;
    };
    struct NextFact
    {
        FactNumber facts = 0;
    };
    struct PreviousFact
    {
        std::int64_t limit = 0;  // the event looked for lies before this one
        std::int64_t found = -1; // the last one so far
        FactNumber facts = 0;
    };
    using Goal = std::variant<Time, Events, NextFact, PreviousFact>;

    SessionJump(const SessionRun& run, Goal goal, bool backwards);

    bool goOn(SessionRun& run, Time& goal, std::int64_t events);
    bool goOn(SessionRun& run, Events& goal, std::int64_t events);
    bool goOn(SessionRun& run, NextFact& goal, std::int64_t events);
    bool goOn(SessionRun& run, PreviousFact& goal, std::int64_t events);
    void begin(const SessionRun& run);

    Goal goal_;
    Engine from_;
    bool backwards_ = false;
    Micros beginTime_ = 0;
    std::int64_t beginEvents_ = 0;
};

} // namespace tideline::model
