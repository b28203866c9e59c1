// SPDX-License-Identifier: GPL-3.0-or-later
// What views show of queues beside the log.
#include "engine/lab/views.h"

#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMostQueues = 16;

} // namespace

std::vector<ClusterFrame::Queue> queueBoxes(const World& world)
{
    std::vector<ClusterFrame::Queue> boxes;
    for (std::size_t q = 0; q < std::min(world.queues.size(), kMostQueues); ++q) {
        const ClassicQueue& queue = *world.queues[q];
        ClusterFrame::Queue box;
        box.index = static_cast<std::int32_t>(q);
        box.waiting = queue.ready();
        box.onDisk = queue.onDisk();
        box.unacknowledged = queue.unacknowledged();
        box.acknowledged = queue.counts().acknowledged;
        for (const ClassicQueue::Consumer& consumer : queue.consumers())
            box.consumers += consumer.there ? 1 : 0;
        boxes.push_back(box);
    }
    return boxes;
}

bool showQueue(const World& world, std::int32_t index, InspectorFrame& frame)
{
    using Key = InspectorFrame::Key;
    if (index < 0 || static_cast<std::size_t>(index) >= world.queues.size())
        return false;
    const ClassicQueue& queue = *world.queues[static_cast<std::size_t>(index)];
    const QueueSpec& spec = world.topology->scenario->queues[static_cast<std::size_t>(index)];
    const auto number = [&frame](Key key, std::int64_t value) { frame.rows.push_back({key, value, {}}); };
    number(Key::QueueWaiting, queue.ready());
    number(Key::QueueOnDisk, queue.onDisk());
    number(Key::QueueUnacknowledged, queue.unacknowledged());
    number(Key::QueueAcknowledged, queue.counts().acknowledged);
    number(Key::QueuePublished, queue.counts().published);
    number(Key::QueueDelivered, queue.counts().delivered);
    if (queue.counts().redelivered > 0)
        number(Key::QueueRedelivered, queue.counts().redelivered);
    for (std::size_t i = 0; i < spec.consumers.size(); ++i) {
        if (queue.consumers()[i].there)
            frame.rows.push_back({Key::QueueConsumer, 0, spec.consumers[i].name});
    }
    return true;
}

} // namespace tideline
