// SPDX-License-Identifier: GPL-3.0-or-later
// SessionRun: one line of time: an engine somewhere on it, keyframes, and the acts of the person along all of
// it.
//
// 1. The engine's acts are always the first ones of acts(): going back keeps the later ones, and going on
// again repeats them at
//    their exact times.
// 2. A new act made in the past drops the acts after it, and the keyframes that knew them: the future is
// another one.
// 3. Where the engine stands never depends on the way there: seeking to t gives the state that running to t
// gave. No clock, no thread, no waiting: the caller cuts the work into slices. One thread at a time.
#pragma once

#include "engine/lab/engine.h"
#include "model/keyframes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tideline::model {

class SessionRun
{
public:
    explicit SessionRun(const Scenario& scenario, std::vector<TapePtr> tapes = {},
                        std::int64_t keyframeSpacing = Keyframes::kDefaultSpacing);

    const Engine& engine() const { return engine_; }
    const std::vector<TapePtr>& tapes() const { return tapes_; }
    const Keyframes& keyframes() const { return keyframes_; }
    // Every act on this line of time with the time at which it takes effect (µs), also those that lie ahead.
    const std::vector<TimedCommand>& acts() const { return acts_; }

    // Handles at most `maxEvents` (>= 1) events up to and including `time` (µs) and repeats the acts that
    // fall due. Returns how many events it handled. The clock is at `time` (or the end) when fewer than
    // `maxEvents` were there.
    std::int64_t advanceSome(Micros time, std::int64_t maxEvents);
    // The clock is at `time` or the run has ended, and nothing is left to handle there.
    bool reached(Micros time) const;

    // A new act, now. Refused acts change nothing.
    std::optional<Error> apply(const Command& command);

    // Puts the engine at the nearest keyframe at or before a time (µs), or with at most so many events;
    // running on from there is the caller's. Going forwards it jumps only when that keyframe lies ahead of
    // the engine.
    void approachTime(Micros time);
    void approachEvents(std::int64_t events);
    // Puts a copy that was taken from this line of time back.
    void putBack(const Engine& engine) { engine_ = engine; }

    // The scenario with the acts up to `until` in its script, by time: running it alone gives the same run.
    Scenario scenarioWithActs(Micros until) const;

private:
    bool actIsNext(Micros time) const;

    std::vector<TapePtr> tapes_;
    Engine engine_;
    Keyframes keyframes_;
    std::vector<TimedCommand> acts_;
};

// Script and acts in one list by time; at equal times acts come first, as the engine takes them.
std::vector<TimedCommand> mergedScript(const std::vector<TimedCommand>& script,
                                       const std::vector<TimedCommand>& acts);

} // namespace tideline::model
