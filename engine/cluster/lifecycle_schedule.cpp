// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/lifecycle_schedule.h"

#include <algorithm>
#include <utility>

namespace tideline {

namespace {

constexpr Micros kFirstBackoff = 100 * kMicrosPerMilli;
constexpr Micros kCatchUpInterval = 10 * kMicrosPerMilli;
constexpr Micros kFirstShutdownInterval = 50 * kMicrosPerMilli;

// ExponentialBackoff(100, 2, broker.session.timeout.ms, 0.02), in whole milliseconds.
Micros backoff(std::int32_t failures, Micros longest, Random& draws)
{
    const Micros first = std::min(kFirstBackoff, longest);
    if (longest <= first)
        return first;
    Micros wait = first;
    for (std::int32_t i = 0; i < failures && wait < longest; ++i)
        wait += wait;
    wait = std::min(wait, longest);
    const Micros spread = wait / 1000 * draws.between(980, 1019);
    return std::min(spread / kMicrosPerMilli * kMicrosPerMilli, longest);
}

} // namespace

bool LifecycleSchedule::begin(std::int64_t number, Micros now)
{
    if (number != number_)
        return false;
    if (inFlight_) {
        atOnce_ = true;
        return false;
    }
    inFlight_ = true;
    begunAt_ = now;
    ++request_;
    return true;
}

LifecycleSchedule::Next LifecycleSchedule::onRegistered(Micros now)
{
    inFlight_ = false;
    failures_ = 0;
    registered_ = true;
    return in(0, now);
}

LifecycleSchedule::Next LifecycleSchedule::onHeartbeat(const Answer& answer, Micros interval, Micros now)
{
    inFlight_ = false;
    failures_ = 0;
    switch (state_) {
    case State::Starting:
        if (answer.caughtUp)
            state_ = State::Recovery;
        return in(kCatchUpInterval, now);
    case State::Recovery:
        if (!answer.fenced)
            state_ = State::Running;
        break;
    case State::Running:
        break;
    case State::ControlledShutdown:
        if (!std::exchange(answeredShutdown_, true))
            return in(kFirstShutdownInterval, now);
        break;
    }
    return in(interval, now);
}

LifecycleSchedule::Next LifecycleSchedule::onFailure(Micros sessionTimeout, Random& draws, Micros now)
{
    inFlight_ = false;
    atOnce_ = false;
    return in(backoff(failures_++, sessionTimeout, draws), now);
}

LifecycleSchedule::Next LifecycleSchedule::becomeReadyToUnfence(Micros now)
{
    readyToUnfence_ = true;
    return in(0, now);
}

LifecycleSchedule::Next LifecycleSchedule::beginControlledShutdown(Micros now)
{
    state_ = State::ControlledShutdown;
    return in(0, now);
}

LifecycleSchedule::Next LifecycleSchedule::in(Micros wait, Micros now)
{
    return {std::exchange(atOnce_, false) ? now : saturatingAdd(now, wait), ++number_};
}

} // namespace tideline
