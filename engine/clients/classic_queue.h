// SPDX-License-Identifier: GPL-3.0-or-later
// ClassicQueue: a message queue beside the log, as a RabbitMQ classic queue is one: what is acknowledged is
// gone.
//
// 1. One process does everything, one thing after the other: each publish and each delivery takes it the cost
// of a message.
// 2. A message that finds `memoryMessages` others waiting is paged out to disk, and reading it back costs the
// page cost on top: with a long backlog each delivery is slower.
// 3. Messages are pushed, in order, to the consumers in turn, each up to its prefetch of unacknowledged ones.
// 4. A message belongs to one consumer at a time. It is deleted when that one acknowledges it; what a
// consumer that goes has not acknowledged is put back to its place and delivered again. published == ready +
// unacknowledged + acknowledged. Not replicated, no part of the cluster's network: messages come and go by a
// latency. Source: RabbitMQ's pages on classic queues, consumer prefetch and acknowledgements; costs are
// round figures of the model. A value; the simulator calls it. Times in µs of the run.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/hash.h"
#include "engine/lab/scenario.h"

#include <cstdint>
#include <vector>

namespace tideline {

class ClassicQueue
{
public:
    // Messages by their number: 0 is the first that was published.
    struct Run
    {
        std::int64_t first = 0;
        std::int64_t end = 0;
        std::int64_t count() const { return end - first; }
        TIDELINE_FIELDS(Run, first, end)
    };
    // What is on its way to a consumer, or in its hands; acknowledged together when it has done its work.
    struct Delivery
    {
        Run run;
        Micros acknowledgedAt = 0; // at the queue
        TIDELINE_FIELDS(Delivery, run, acknowledgedAt)
    };
    struct Consumer
    {
        bool there = false;
        Micros busyUntil = 0;                 // with its work
        std::int64_t delivered = 0;           // messages that were pushed to it
        std::vector<Delivery> unacknowledged; // in order
        TIDELINE_FIELDS(Consumer, there, busyUntil, delivered, unacknowledged)
        std::int64_t inHand() const;
    };
    struct Counts
    {
        std::int64_t published = 0, delivered = 0, redelivered = 0, acknowledged = 0, pagedOut = 0;
        TIDELINE_FIELDS(Counts, published, delivered, redelivered, acknowledged, pagedOut)
    };

    ClassicQueue() = default;
    ClassicQueue(const QueueSpec& spec, Micros latency);

    // So many messages are sent to the queue at `now`.
    void publish(std::int64_t messages, Micros now);
    // Does everything that is due at `now`.
    void advance(Micros now);
    // When there is something to do next if nothing is published; kNever: never.
    Micros nextTime() const;

    const Counts& counts() const { return counts_; }
    const std::vector<Consumer>& consumers() const { return consumers_; }
    std::int64_t ready() const;          // waiting for a consumer
    std::int64_t unacknowledged() const; // with consumers
    std::int64_t onDisk() const;         // of those that are ready

    TIDELINE_FIELDS(ClassicQueue, latency_, arrivals_, putBack_, paged_, next_, consumers_, turn_, busyUntil_,
                    clock_, counts_)

private:
    struct Arrival
    {
        Micros at = 0;
        std::int64_t messages = 0;
        TIDELINE_FIELDS(Arrival, at, messages)
    };

    bool wanted() const;
    void step(Micros now);
    void takeAcknowledgements(Micros now);
    void comeAndGo(Micros now);
    void putBack(Consumer& consumer);
    void takeIn(const Arrival& arrival);
    void deliver(Micros now);
    std::int64_t credit(std::size_t consumer) const;
    Run takeReady(std::int64_t most);
    std::int64_t takePaged(const Run& run);

    QueueSpec spec_; // stands still
    Micros latency_ = 0;
    std::vector<Arrival> arrivals_;   // on their way to the queue, by time
    std::vector<Run> putBack_;        // before `next_`, in order
    std::vector<Run> paged_;          // of those that are ready, in order
    std::int64_t next_ = 0;           // the first message that was never delivered
    std::vector<Consumer> consumers_; // in the order of the scenario
    std::size_t turn_ = 0;            // whose turn the next delivery is
    Micros busyUntil_ = 0;            // the queue's own process
    Micros clock_ = 0;                // of the last thing that was done
    Counts counts_;
};

} // namespace tideline
