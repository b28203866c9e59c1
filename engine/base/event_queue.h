// SPDX-License-Identifier: GPL-3.0-or-later
// EventQueue: what will happen, ordered by (time, rank, sequence number).
//
// Acts of a person and of a script have rank 0, everything else rank 1, so that an act at a time comes before
// what else happens then, however the run came to it. Within a rank, what was scheduled first happens first.
// The payloads lie in a slab and do not move; the heap moves 24 bytes an entry. It has four children a node:
// half the levels of a binary one, and the four lie side by side in memory. A plain value; one thread at a
// time.
#pragma once

#include "engine/base/error.h"
#include "engine/base/time.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace tideline {

template <class Payload>
class EventQueue
{
public:
    struct Entry
    {
        Micros time = 0;
        std::uint64_t order = 0; // rank in the highest bit, then the sequence number
        std::uint32_t slot = 0;

        bool before(const Entry& other) const
        {
            return time != other.time ? time < other.time : order < other.order;
        }
    };

    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    // Of the next event; kNever when there is none.
    Micros nextTime() const { return heap_.empty() ? kNever : heap_.front().time; }

    void push(Micros time, Payload payload) { insert(time, kOrdinary | sequence_++, std::move(payload)); }
    // An act: before everything ordinary at that time, after earlier acts at that time.
    void pushAct(Micros time, Payload payload) { insert(time, acts_++, std::move(payload)); }

    // Removes the next event and returns its time and payload; the queue must not be empty.
    std::pair<Micros, Payload> pop()
    {
        TIDELINE_ASSERT(!heap_.empty());
        const Entry entry = heap_.front();
        const Entry last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty())
            sink(last);
        free_.push_back(entry.slot);
        return {entry.time, std::move(slab_[entry.slot])};
    }

    // For views and the hash: entries in the heap's order, which is deterministic but not sorted.
    const std::vector<Entry>& entries() const { return heap_; }
    const Payload& payload(const Entry& entry) const { return slab_[entry.slot]; }
    std::uint64_t scheduled() const { return sequence_; }

private:
    static constexpr std::uint64_t kOrdinary = std::uint64_t{1} << 63;
    static constexpr std::size_t kChildren = 4;

    void insert(Micros time, std::uint64_t order, Payload payload)
    {
        std::uint32_t slot = 0;
        if (free_.empty()) {
            slot = static_cast<std::uint32_t>(slab_.size());
            slab_.push_back(std::move(payload));
        } else {
            slot = free_.back();
            free_.pop_back();
            slab_[slot] = std::move(payload);
        }
        rise(Entry{time, order, slot});
    }

    // Puts an entry in at the end and lets it rise to below what comes before it.
    void rise(const Entry& entry)
    {
        std::size_t place = heap_.size();
        heap_.push_back(entry);
        while (place > 0 && entry.before(heap_[(place - 1) / kChildren])) {
            heap_[place] = heap_[(place - 1) / kChildren];
            place = (place - 1) / kChildren;
        }
        heap_[place] = entry;
    }
    // Puts an entry in the place of the first and lets it sink to above what comes after it.
    void sink(const Entry& entry)
    {
        std::size_t place = 0;
        for (std::size_t child = 1; child < heap_.size(); child = kChildren * place + 1) {
            std::size_t least = child;
            const std::size_t end = std::min(child + kChildren, heap_.size());
            for (std::size_t next = child + 1; next < end; ++next) {
                if (heap_[next].before(heap_[least]))
                    least = next;
            }
            if (!heap_[least].before(entry))
                break;
            heap_[place] = heap_[least];
            place = least;
        }
        heap_[place] = entry;
    }

    std::vector<Entry> heap_;
    std::vector<Payload> slab_;
    std::vector<std::uint32_t> free_;
    std::uint64_t sequence_ = 0;
    std::uint64_t acts_ = 0;
};

} // namespace tideline
