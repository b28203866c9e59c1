// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/world_hash.h"

#include "engine/base/hash.h"
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

// An act by what it does, not by its place in the list: a script has listed it from the beginning, a person
// adds it, and both are the same run.
void hashEvent(Hasher& hasher, const Event& event, const World& world)
{
    hashValue(hasher, event.cause);
    hashValue(hasher, event.node);
    hashValue(hasher, event.body.index());
    if (const auto* arrival = std::get_if<DeliverMessage>(&event.body)) {
        hashValue(hasher, arrival->message);
        hashValue(hasher, arrival->way);
    } else if (const auto* ring = std::get_if<RingTimer>(&event.body)) {
        hashValue(hasher, ring->timer);
        hashValue(hasher, ring->incarnation);
        hashValue(hasher, ring->due);
    } else if (const auto* close = std::get_if<CloseSeen>(&event.body)) {
        hashValue(hasher, close->peer);
        hashValue(hasher, close->upTo);
        hashValue(hasher, close->incarnation);
    } else if (const auto* restart = std::get_if<ContinueRestart>(&event.body)) {
        hashValue(hasher, restart->look);
    } else if (const auto* queue = std::get_if<RingQueue>(&event.body)) {
        hashValue(hasher, queue->queue);
    } else if (const auto* act = std::get_if<CarryOutAct>(&event.body)) {
        hashValue(hasher, (*world.commands)[static_cast<std::size_t>(act->act)].command);
    }
}

// What will happen, in the order in which it will.
void hashQueue(Hasher& hasher, const World& world)
{
    const EventQueue<Event>& queue = *world.queue;
    auto entries = queue.entries();
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.before(b); });
    hasher(entries.size());
    for (const auto& entry : entries) {
        hashValue(hasher, entry.time);
        hashEvent(hasher, queue.payload(entry), world);
    }
}

// What waits for a node to go on and for a link to heal; everything else of them is in their field lists.
void hashHeld(Hasher& hasher, const World& world)
{
    for (const Cow<Node>& node : world.nodes) {
        hasher(node->held.size());
        for (const Event& event : node->held)
            hashEvent(hasher, event, world);
    }
    for (const Network::Link& link : world.network->links()) {
        hasher(link.held.size());
        for (const Message& message : link.held)
            hashValue(hasher, message);
    }
}

} // namespace

std::uint64_t hashWorld(const World& world)
{
    Hasher hasher(world.journal.hash());
    hashValue(hasher, world.now);
    hashValue(hasher, world.events);
    hashValue(hasher, world.invariantBroken);
    hashValue(hasher, world.journal.total());
    hashQueue(hasher, world);
    hashValue(hasher, world.network);
    hashValue(hasher, world.nodes);
    hashHeld(hasher, world);
    hashValue(hasher, world.controllers);
    hashValue(hasher, world.committed.offset);
    hashValue(hasher, world.brokers);
    hashValue(hasher, world.producers);
    hashValue(hasher, world.pipelines);
    hashValue(hasher, world.queues);
    hashValue(hasher, world.queueWakes);
    hashValue(hasher, world.members);
    hashValue(hasher, world.membersEver);
    hashValue(hasher, world.truths);
    hashValue(hasher, world.groups);
    hashValue(hasher, world.restart);
    hashValue(hasher, world.ledger);
    hashValue(hasher, world.rollUps);
    return hasher.digest();
}

} // namespace tideline
