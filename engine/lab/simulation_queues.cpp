// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: queues beside the log: what is published to them and when they have something to do.
#include "engine/lab/simulation.h"

namespace tideline {

// What a producer hands to send() goes to its queues, too.
void Simulation::publishToQueues(const RecordsProduced& produced)
{
    const Scenario& scenario = *world_.topology->scenario;
    const std::string& producer = scenario.producers[static_cast<std::size_t>(produced.producer)].name;
    for (std::size_t queue = 0; queue < world_.queues.size(); ++queue) {
        if (scenario.queues[queue].from != producer)
            continue;
        world_.queues[queue].edit().publish(produced.records, world_.now);
        armQueue(queue);
    }
}

void Simulation::ringQueue(std::size_t queue)
{
    world_.queueWakes[queue] = kNever;
    ClassicQueue& ringing = world_.queues[queue].edit();
    const std::int64_t before = ringing.counts().delivered;
    ringing.advance(world_.now);
    world_.rollUps.count(world_.queueLines[queue].first, ringing.counts().delivered - before);
    armQueue(queue);
}

// An event that has become needless does nothing.
void Simulation::armQueue(std::size_t queue)
{
    const Micros next = world_.queues[queue]->nextTime();
    if (next >= world_.queueWakes[queue])
        return;
    world_.queueWakes[queue] = next;
    schedule(next, kNone, RingQueue{static_cast<std::int32_t>(queue)});
}

} // namespace tideline
