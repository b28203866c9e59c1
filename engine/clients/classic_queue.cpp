// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/classic_queue.h"

#include <algorithm>

namespace tideline {

namespace {

// Messages that are pushed to one consumer in one go, so that a queue takes few events.
constexpr std::int64_t kBurst = 16;

template <class Runs>
std::int64_t countOf(const Runs& runs)
{
    std::int64_t count = 0;
    for (const ClassicQueue::Run& run : runs)
        count += run.count();
    return count;
}

} // namespace

std::int64_t ClassicQueue::Consumer::inHand() const
{
    std::int64_t count = 0;
    for (const Delivery& delivery : unacknowledged)
        count += delivery.run.count();
    return count;
}

ClassicQueue::ClassicQueue(const QueueSpec& spec, Micros latency)
    : spec_(spec)
    , latency_(latency)
    , consumers_(spec.consumers.size())
{}

void ClassicQueue::publish(std::int64_t messages, Micros now)
{
    arrivals_.push_back({now + latency_, messages});
}

std::int64_t ClassicQueue::ready() const
{
    return counts_.published - next_ + countOf(putBack_);
}

std::int64_t ClassicQueue::unacknowledged() const
{
    std::int64_t count = 0;
    for (const Consumer& consumer : consumers_)
        count += consumer.inHand();
    return count;
}

std::int64_t ClassicQueue::onDisk() const
{
    return countOf(paged_);
}

// How many more messages may be pushed to the consumer.
std::int64_t ClassicQueue::credit(std::size_t consumer) const
{
    const Consumer& one = consumers_[consumer];
    if (!one.there)
        return 0;
    return spec_.prefetch == 0 ? kBurst : spec_.prefetch - one.inHand();
}

// Whether a message is ready and somebody may have it.
bool ClassicQueue::wanted() const
{
    if (ready() == 0)
        return false;
    for (std::size_t i = 0; i < consumers_.size(); ++i) {
        if (credit(i) > 0)
            return true;
    }
    return false;
}

Micros ClassicQueue::nextTime() const
{
    Micros next = arrivals_.empty() ? kNever : arrivals_.front().at;
    for (std::size_t i = 0; i < consumers_.size(); ++i) {
        const Consumer& consumer = consumers_[i];
        if (!consumer.unacknowledged.empty())
            next = std::min(next, consumer.unacknowledged.front().acknowledgedAt);
        if (consumer.there)
            next = std::min(next, spec_.consumers[i].until);
        else if (clock_ < spec_.consumers[i].until)
            next = std::min(next, spec_.consumers[i].from);
    }
    if (wanted())
        next = std::min(next, std::max(busyUntil_, clock_));
    return next;
}

void ClassicQueue::advance(Micros now)
{
    for (Micros next = nextTime(); next <= now; next = nextTime())
        step(std::max(next, clock_));
}

void ClassicQueue::step(Micros now)
{
    clock_ = now;
    takeAcknowledgements(now);
    comeAndGo(now);
    while (!arrivals_.empty() && arrivals_.front().at <= now) {
        takeIn(arrivals_.front());
        arrivals_.erase(arrivals_.begin());
    }
    if (now >= busyUntil_ && wanted())
        deliver(now);
}

void ClassicQueue::takeAcknowledgements(Micros now)
{
    for (Consumer& consumer : consumers_) {
        std::vector<Delivery>& open = consumer.unacknowledged;
        const auto waiting = std::find_if(open.begin(), open.end(), [now](const Delivery& delivery) {
            return delivery.acknowledgedAt > now;
        });
        for (auto done = open.begin(); done != waiting; ++done)
            counts_.acknowledged += done->run.count();
        open.erase(open.begin(), waiting);
    }
}

void ClassicQueue::comeAndGo(Micros now)
{
    for (std::size_t i = 0; i < consumers_.size(); ++i) {
        const bool there = now >= spec_.consumers[i].from && now < spec_.consumers[i].until;
        if (consumers_[i].there && !there)
            putBack(consumers_[i]);
        consumers_[i].there = there;
    }
}

// To where they were: in order, before everything that was never delivered.
void ClassicQueue::putBack(Consumer& consumer)
{
    for (const Delivery& delivery : consumer.unacknowledged)
        putBack_.push_back(delivery.run);
    consumer.unacknowledged.clear();
    std::sort(putBack_.begin(), putBack_.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
}

void ClassicQueue::takeIn(const Arrival& arrival)
{
    const std::int64_t over = ready() + arrival.messages - spec_.memoryMessages;
    const std::int64_t paged = std::clamp<std::int64_t>(over, 0, arrival.messages);
    counts_.published += arrival.messages;
    counts_.pagedOut += paged;
    if (paged > 0) {
        const Run run{counts_.published - paged, counts_.published};
        if (!paged_.empty() && paged_.back().end == run.first)
            paged_.back().end = run.end;
        else
            paged_.push_back(run);
    }
    busyUntil_ = std::max(busyUntil_, arrival.at) + arrival.messages * spec_.messageCost;
}

void ClassicQueue::deliver(Micros now)
{
    while (credit(turn_) <= 0)
        turn_ = (turn_ + 1) % consumers_.size();
    const Run run = takeReady(std::min(kBurst, credit(turn_)));
    busyUntil_ = now + run.count() * spec_.messageCost + takePaged(run) * spec_.pageCost;
    Consumer& consumer = consumers_[turn_];
    consumer.busyUntil =
        std::max(consumer.busyUntil, busyUntil_ + latency_) + run.count() * spec_.consumers[turn_].work;
    consumer.unacknowledged.push_back({run, consumer.busyUntil + latency_});
    consumer.delivered += run.count();
    counts_.delivered += run.count();
    turn_ = (turn_ + 1) % consumers_.size();
}

ClassicQueue::Run ClassicQueue::takeReady(std::int64_t most)
{
    if (putBack_.empty()) {
        const Run run{next_, std::min(next_ + most, counts_.published)};
        next_ = run.end;
        return run;
    }
    Run& first = putBack_.front();
    const Run run{first.first, std::min(first.first + most, first.end)};
    first.first = run.end;
    if (first.count() == 0)
        putBack_.erase(putBack_.begin());
    counts_.redelivered += run.count();
    return run;
}

// How many of them had been paged out; they are no longer.
std::int64_t ClassicQueue::takePaged(const Run& run)
{
    std::int64_t count = 0;
    while (!paged_.empty() && paged_.front().first < run.end) {
        Run& first = paged_.front();
        const std::int64_t end = std::min(first.end, run.end);
        count += end - first.first;
        first.first = end;
        if (first.count() == 0)
            paged_.erase(paged_.begin());
    }
    return count;
}

} // namespace tideline
