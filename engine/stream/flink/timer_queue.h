// SPDX-License-Identifier: GPL-3.0-or-later
// TimerQueue: the timers of one time domain over all keys, in the order in which Flink's heap state hands
// them out.
//
// (timestamp, key, window) is a set: registering it again does nothing. Timers come out by timestamp; equal
// ones in the order of Java's binary heap as Flink builds it, which is deterministic but not an order anyone
// would choose: the root is index 1, children are 2i and 2i + 1, the right child wins only if strictly
// smaller, and a swap happens only if strictly smaller. Removal puts the last element into the hole, sifts it
// down and, if it did not move, up. Source: Flink HeapPriorityQueue, HeapPriorityQueueSet. A copyable value;
// one thread at a time.
#pragma once

#include "engine/stream/flink/element.h"
#include "engine/stream/window_arithmetic.h"

#include <cstddef>
#include <map>
#include <vector>

namespace tideline::flink {

struct Timer
{
    Millis timestamp = 0;
    KeyId key = 0;
    TimeWindow window;

    auto operator<=>(const Timer&) const = default;
};

class TimerQueue
{
public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    // The next timer; the queue is not empty.
    const Timer& peek() const { return heap_.front(); }

    // False when it is there already.
    bool add(const Timer& timer);
    // False when it is not there.
    bool remove(const Timer& timer);
    // Takes the next timer out; the queue is not empty.
    Timer poll();

private:
    // Positions are counted from 1, as the children's arithmetic wants it.
    Timer& at(std::size_t position) { return heap_[position - 1]; }
    bool less(std::size_t a, std::size_t b) { return at(a).timestamp < at(b).timestamp; }
    void place(std::size_t position, const Timer& timer);
    void removeAt(std::size_t position);
    std::size_t siftDown(std::size_t position);
    void siftUp(std::size_t position);

    std::vector<Timer> heap_;
    std::map<Timer, std::size_t> positions_;
};

} // namespace tideline::flink
