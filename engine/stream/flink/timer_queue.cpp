// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/flink/timer_queue.h"

namespace tideline::flink {

bool TimerQueue::add(const Timer& timer)
{
    if (!positions_.emplace(timer, heap_.size() + 1).second)
        return false;
    heap_.push_back(timer);
    siftUp(heap_.size());
    return true;
}

bool TimerQueue::remove(const Timer& timer)
{
    const auto found = positions_.find(timer);
    if (found == positions_.end())
        return false;
    removeAt(found->second);
    return true;
}

Timer TimerQueue::poll()
{
    const Timer first = heap_.front();
    removeAt(1);
    return first;
}

void TimerQueue::place(std::size_t position, const Timer& timer)
{
    at(position) = timer;
    positions_[timer] = position;
}

void TimerQueue::removeAt(std::size_t position)
{
    positions_.erase(at(position));
    const Timer last = heap_.back();
    heap_.pop_back();
    if (position > heap_.size())
        return; // it was the last one itself
    place(position, last);
    if (siftDown(position) == position)
        siftUp(position);
}

std::size_t TimerQueue::siftDown(std::size_t position)
{
    const Timer moving = at(position);
    for (;;) {
        std::size_t child = position * 2;
        if (child > heap_.size())
            break;
        if (child + 1 <= heap_.size() && less(child + 1, child))
            ++child;
        if (!(at(child).timestamp < moving.timestamp))
            break;
        place(position, at(child));
        position = child;
    }
    place(position, moving);
    return position;
}

void TimerQueue::siftUp(std::size_t position)
{
    const Timer moving = at(position);
    while (position > 1 && moving.timestamp < at(position / 2).timestamp) {
        place(position, at(position / 2));
        position /= 2;
    }
    place(position, moving);
}

} // namespace tideline::flink
