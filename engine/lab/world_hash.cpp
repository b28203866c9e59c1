// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/world_hash.h"

#include "engine/base/hash.h"
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

// What will happen, in the order in which it will.
void hashQueue(Hasher& hasher, const EventQueue<Event>& queue)
{
    auto entries = queue.entries();
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return b > a; });
    hasher(entries.size());
    for (const auto& entry : entries) {
        const Event& event = queue.payload(entry);
        hasher(static_cast<std::uint64_t>(entry.time));
        hasher(static_cast<std::uint64_t>(event.cause));
        hasher(static_cast<std::uint64_t>(event.node));
        hasher(event.body.index());
        if (const auto* arrival = std::get_if<DeliverMessage>(&event.body))
            hashValue(hasher, *arrival->message);
        else if (const auto* ring = std::get_if<RingTimer>(&event.body))
            hashValue(hasher, ring->timer);
    }
}

} // namespace

std::uint64_t hashWorld(const World& world)
{
    Hasher hasher(world.journal.hash());
    hasher(static_cast<std::uint64_t>(world.now));
    hasher(static_cast<std::uint64_t>(world.events));
    hasher(static_cast<std::uint64_t>(world.journal.total()));
    hashQueue(hasher, *world.queue);
    hashValue(hasher, world.network);
    hashValue(hasher, world.nodes);
    hashValue(hasher, world.controller);
    hashValue(hasher, world.brokers);
    hashValue(hasher, world.producers);
    hashValue(hasher, world.pipelines);
    hashValue(hasher, world.members);
    hashValue(hasher, world.truths);
    hashValue(hasher, world.groups);
    hashValue(hasher, world.ledger);
    hashValue(hasher, world.rollUps);
    return hasher.digest();
}

} // namespace tideline
