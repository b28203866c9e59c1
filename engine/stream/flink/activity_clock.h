// SPDX-License-Identifier: GPL-3.0-or-later
// ActivityClock: processing time that can stand still, so that a split that is blocked does not count as
// idle.
//
// While a split is paused (backpressure, watermark alignment) its idleness timer must not run. Milliseconds;
// the caller passes the time of the base clock, which never decreases. Source: Flink PausableRelativeClock
// (FLIP-471). A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <optional>

namespace tideline::flink {

class ActivityClock
{
public:
    // Pausing twice is pausing once.
    void pause(Millis now)
    {
        if (!pausedSince_)
            pausedSince_ = now;
    }

    void resume(Millis now)
    {
        if (pausedSince_)
            pausedFor_ += now - *pausedSince_;
        pausedSince_.reset();
    }

    // The base clock's time without the pauses.
    Millis read(Millis now) const { return pausedSince_.value_or(now) - pausedFor_; }

    bool operator==(const ActivityClock&) const = default;
    TIDELINE_FIELDS(ActivityClock, pausedSince_, pausedFor_)

private:
    std::optional<Millis> pausedSince_;
    Millis pausedFor_ = 0;
};

} // namespace tideline::flink
