// SPDX-License-Identifier: GPL-3.0-or-later
// withIdleness: a stream without records for longer than a timeout is marked idle, so that others need not
// wait for it.
//
// Judged only at periodic ticks. The first tick after activity emits as usual, the first one without starts
// the timer, and a later one marks the stream idle once now - start > timeout (strictly): the real delay is
// between timeout and timeout + 3 ticks. A record re-arms the detector; that the stream is active again shows
// only with its next larger watermark, which is the output's business. Source: Flink WatermarksWithIdleness.
// A plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <optional>
#include <utility>

namespace tideline::flink {

// The detector alone. Times are processing time in milliseconds and never decrease.
class IdlenessTimer
{
public:
    // timeout in milliseconds, > 0.
    explicit IdlenessTimer(Millis timeout = 1)
        : timeout_(timeout)
    {}

    void activity() { active_ = true; }

    // To be asked once a tick.
    bool checkIfIdle(Millis now)
    {
        if (std::exchange(active_, false)) {
            inactiveSince_.reset();
            return false;
        }
        if (!inactiveSince_) {
            inactiveSince_ = now;
            return false;
        }
        return now - *inactiveSince_ > timeout_;
    }

    bool operator==(const IdlenessTimer&) const = default;
    TIDELINE_FIELDS(IdlenessTimer, timeout_, active_, inactiveSince_)

private:
    Millis timeout_;
    bool active_ = false;
    std::optional<Millis> inactiveSince_;
};

// A generator with idleness; without a timeout it is the generator.
template <class Generator>
class WithIdleness
{
public:
    explicit WithIdleness(Generator generator = Generator{}, std::optional<Millis> timeout = std::nullopt)
        : generator_(std::move(generator))
    {
        if (timeout)
            timer_.emplace(*timeout);
    }

    template <class Output>
    void onEvent(Millis timestamp, Output&& output)
    {
        generator_.onEvent(timestamp, output);
        if (timer_)
            timer_->activity();
        markedIdle_ = false;
    }

    template <class Output>
    void onPeriodicEmit(Millis now, Output&& output)
    {
        if (!timer_ || !timer_->checkIfIdle(now))
            generator_.onPeriodicEmit(now, output);
        else if (!std::exchange(markedIdle_, true))
            output.markIdle();
    }

    const Generator& generator() const { return generator_; }
    bool markedIdle() const { return markedIdle_; }

    bool operator==(const WithIdleness&) const = default;
    TIDELINE_FIELDS(WithIdleness, generator_, timer_, markedIdle_)

private:
    Generator generator_;
    std::optional<IdlenessTimer> timer_;
    bool markedIdle_ = false;
};

} // namespace tideline::flink
