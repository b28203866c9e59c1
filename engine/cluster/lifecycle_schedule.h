// SPDX-License-Identifier: GPL-3.0-or-later
// LifecycleSchedule: where a broker stands between its start and its end, and when it speaks to the active
// controller next.
//
//     state                 the next request comes
//     Starting              100 ms, 200 ms, ... after a registration that failed; at once after one that did
//                           not; then 10 ms after each answer, until the broker has read its own registration
//     Recovery              at once: it may be unfenced; then as when it runs
//     Running               broker.heartbeat.interval.ms after each answer
//     ControlledShutdown    at once, 50 ms after the first answer, then as when it runs
//
// 1. There is one time for the next request; whoever sets it replaces the one before.
// 2. There is one request at a time. What comes due while it is not answered is made up for after the answer,
// but not after a failure.
// 3. After failures in a row the wait is 100 ms, doubled for each up to broker.session.timeout.ms, spread by
// two hundredths either way.
// Source: KIP-631, BrokerLifecycleManager of Kafka. A plain value inside the broker's actor; times in µs.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/random.h"
#include "engine/base/time.h"

#include <cstdint>

namespace tideline {

class LifecycleSchedule
{
public:
    enum class State : std::uint8_t { Starting, Recovery, Running, ControlledShutdown };

    struct Next
    {
        Micros at = 0;
        std::int64_t number = 0; // a timer with another number is of a time that was replaced
    };

    State state() const { return state_; }
    bool registered() const { return registered_; }
    // Whether it has read the metadata log up to its own registration.
    bool caughtUp() const { return state_ != State::Starting; }
    bool readyToUnfence() const { return readyToUnfence_; }
    // Whether it has been unfenced once.
    bool hasRun() const { return state_ == State::Running || state_ == State::ControlledShutdown; }

    // The time of the next request has come. False: it was replaced, or the answer to the last one is
    // missing.
    bool begin(std::int64_t number, Micros now);
    bool inFlight() const { return inFlight_; }
    // When the request that is not answered was begun; sent again, it is the same request.
    Micros begunAt() const { return begunAt_; }
    // Counts the requests that were begun.
    std::int64_t request() const { return request_; }

    // The process begins: it registers at once.
    Next start(Micros now) { return in(0, now); }
    Next onRegistered(Micros now);
    struct Answer
    {
        bool caughtUp = false;
        bool fenced = true;
    };
    // An answer without an error that does not let it go.
    Next onHeartbeat(const Answer& answer, Micros interval, Micros now);
    Next onFailure(Micros sessionTimeout, Random& draws, Micros now);
    Next becomeReadyToUnfence(Micros now);
    // An operator stops a broker that runs.
    Next beginControlledShutdown(Micros now);

    TIDELINE_FIELDS(LifecycleSchedule, state_, registered_, readyToUnfence_, inFlight_, atOnce_,
                    answeredShutdown_, failures_, begunAt_, request_, number_)

private:
    Next in(Micros wait, Micros now);

    State state_ = State::Starting;
    bool registered_ = false;
    bool readyToUnfence_ = false;
    bool inFlight_ = false;
    bool atOnce_ = false; // a request came due while one was under way
    bool answeredShutdown_ = false;
    std::int32_t failures_ = 0; // in a row
    Micros begunAt_ = 0;
    std::int64_t request_ = 0;
    std::int64_t number_ = 0; // of the newest time that was set
};

} // namespace tideline
