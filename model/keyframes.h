// SPDX-License-Identifier: GPL-3.0-or-later
// Keyframes: copies of the engine from which the past is run again.
//
// 1. Ascending: a later keyframe has handled at least as many events, and its clock is not earlier.
// 2. The first one is the beginning of the run and is never dropped.
// 3. At most kMost are kept. They lie dense near the newest and sparser towards the beginning, because what a
// person steps back
//    to is mostly close; going far back and on again makes new ones there.
// What running again costs is events, so they are spaced by events, not by time. One thread at a time.
#pragma once

#include "engine/lab/engine.h"

#include <cstddef>
#include <vector>

namespace tideline::model {

class Keyframes
{
public:
    static constexpr std::size_t kMost = 64;
    static constexpr std::int64_t kDefaultSpacing = 20'000; // events

    explicit Keyframes(Engine start, std::int64_t spacing = kDefaultSpacing);

    // Keeps a copy of `engine` when no keyframe lies within the spacing around it.
    void consider(const Engine& engine);
    // The latest one whose clock is at or before `time` (µs), or the beginning.
    const Engine& atTime(Micros time) const;
    // The latest one that has handled at most `events`, or the beginning.
    const Engine& atEvents(std::int64_t events) const;
    const Engine& start() const { return kept_.front(); }
    // Forgets those that lie after `engine` or know an act that it does not: its future is another one from
    // now on.
    void dropAfter(const Engine& engine);

    std::size_t size() const { return kept_.size(); }
    const Engine& operator[](std::size_t i) const { return kept_[i]; }

private:
    void thin();

    std::vector<Engine> kept_;
    std::int64_t spacing_;
};

} // namespace tideline::model
