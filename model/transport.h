// SPDX-License-Identifier: GPL-3.0-or-later
// Transport: playing, pausing and speed: which engine time is due at which wall time.
//
// A line through an anchor (wall time, engine time) with the speed as its slope; every change of speed sets a
// new anchor, so that engine time never jumps. Wall time is handed in, in µs from any beginning; it must not
// run backwards. A plain value.
#pragma once

#include "engine/base/time.h"

#include <cstdint>

namespace tideline::model {

// Simulated time for wall time, in thousandths: 1000 is real time, 0 is as fast as it goes.
struct Speed
{
    static constexpr std::int32_t kSlowest = 1;
    static constexpr std::int32_t kFastest = 1'000'000;
    static constexpr std::int32_t kUnlimited = 0;

    std::int32_t milli = 1000;

    bool unlimited() const { return milli == kUnlimited; }
    bool operator==(const Speed&) const = default;
};

class Transport
{
public:
    // When the engine cannot keep up by more than this, the rest is forgotten instead of caught up with. µs
    // of wall time.
    static constexpr Micros kPatience = 100'000;

    bool playing() const { return playing_; }
    Speed speed() const { return speed_; }

    void play(Micros wall, Micros now);
    void pause() { playing_ = false; }
    // Speeds outside [kSlowest, kFastest] other than kUnlimited are taken as the nearest end.
    void setSpeed(Speed speed, Micros wall, Micros now);
    // Engine time jumped (a seek), or the engine fell behind: go on from here.
    void anchor(Micros wall, Micros now);

    // Engine time that should be reached at `wall`, µs; kNever when as fast as it goes. Meaningless while
    // paused.
    Micros due(Micros wall) const;
    // Wall µs from `wall` until engine time `time` is due; 0 when it is.
    Micros waitFor(Micros time, Micros wall) const;
    // The engine is at `now` although more than kPatience ago something later was due.
    bool behind(Micros wall, Micros now) const;

private:
    bool playing_ = false;
    Speed speed_;
    Micros anchorWall_ = 0;
    Micros anchorNow_ = 0;
};

} // namespace tideline::model
