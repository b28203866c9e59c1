// SPDX-License-Identifier: GPL-3.0-or-later
// ReplicaTable: the replicas of one broker, found by partition, and which of them may have changed lately.
//
// All writing goes through edit(), push() and remove(), so that whoever checks replicas needs to look at the
// touched ones only: with thousands of idle partitions everything else would cost more than the run itself.
// The order is that in which they came, but the last one takes the place of one that goes. A copyable value;
// one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/dense_map.h"
#include "engine/base/fields.h"
#include "engine/cluster/replica.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tideline {

class ReplicaTable
{
public:
    std::size_t size() const { return replicas_.size(); }
    const Replica& operator[](std::size_t place) const { return replicas_[place]; }
    Replica& edit(std::size_t place)
    {
        touch(place);
        return replicas_.edit(place);
    }
    // Null when the broker has no replica of the partition.
    const Replica* find(PartitionIndex partition) const
    {
        const std::int32_t* place = places_.find(static_cast<std::uint64_t>(partition));
        return place ? &replicas_[static_cast<std::size_t>(*place)] : nullptr;
    }
    Replica* editFind(PartitionIndex partition)
    {
        const std::int32_t* place = places_.find(static_cast<std::uint64_t>(partition));
        return place ? &edit(static_cast<std::size_t>(*place)) : nullptr;
    }
    // The partition must have none yet.
    void push(Replica replica)
    {
        places_[static_cast<std::uint64_t>(replica.partition)] = static_cast<std::int32_t>(replicas_.size());
        replicas_.push(std::move(replica));
        touch(replicas_.size() - 1);
    }
    // The partition must have one.
    void remove(PartitionIndex partition)
    {
        const auto place = static_cast<std::size_t>(*places_.find(static_cast<std::uint64_t>(partition)));
        const std::size_t last = replicas_.size() - 1;
        if (place != last) {
            edit(place) = replicas_[last];
            places_[static_cast<std::uint64_t>(replicas_[place].partition)] =
                static_cast<std::int32_t>(place);
        }
        replicas_.truncate(last);
        places_.erase(static_cast<std::uint64_t>(partition));
    }

    bool touched() const { return touched_; }
    // visit(replica) for each that was written since forgetTouched(), in the order of the table.
    template <class Visit>
    void visitTouched(Visit&& visit) const
    {
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            for (std::uint64_t rest = bits_[word]; rest != 0; rest &= rest - 1) {
                const std::size_t place = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
                if (place < replicas_.size())
                    visit(replicas_[place]);
            }
        }
    }
    void forgetTouched()
    {
        bits_.assign(bits_.size(), 0);
        touched_ = false;
    }

    TIDELINE_FIELDS(ReplicaTable, replicas_)

private:
    void touch(std::size_t place)
    {
        if (place / 64 >= bits_.size())
            bits_.resize(place / 64 + 1);
        bits_[place / 64] |= std::uint64_t{1} << place % 64;
        touched_ = true;
    }

    CowPages<Replica, 16> replicas_;
    DenseMap<std::int32_t> places_;   // partition -> place in replicas_; derived
    std::vector<std::uint64_t> bits_; // one a place: written since the last look
    bool touched_ = false;            // whether a bit is set
};

} // namespace tideline
