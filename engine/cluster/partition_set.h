// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionSet: a set of partition indexes, as one bit a partition.
//
// 20 000 partitions are 2.5 KB, walked in ascending order 64 at a time, and copied by reference: what a
// broker that is fenced needs to know, whose partitions it is in, is kept so and never searched for. A
// copyable value; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"

#include <bit>
#include <cstdint>
#include <vector>

namespace tideline::control {

class PartitionSet
{
public:
    std::int32_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    bool contains(PartitionIndex partition) const
    {
        return word(partition) < words_.size() && (words_[word(partition)] & bit(partition)) != 0;
    }

    void insert(PartitionIndex partition)
    {
        if (contains(partition))
            return;
        if (words_.size() <= word(partition))
            words_.resize(word(partition) + 1);
        words_.edit(word(partition)) |= bit(partition);
        ++size_;
    }

    void erase(PartitionIndex partition)
    {
        if (!contains(partition))
            return;
        words_.edit(word(partition)) &= ~bit(partition);
        while (!words_.empty() && words_.back() == 0)
            words_.truncate(words_.size() - 1); // equal sets are equal in every word
        --size_;
    }

    void set(PartitionIndex partition, bool member) { member ? insert(partition) : erase(partition); }

    // visit(partition) for each in ascending order, as long as it returns true.
    template <class Visit>
    void visitWhile(Visit&& visit) const
    {
        std::int32_t left = size_;
        for (std::size_t i = 0; i < words_.size() && left > 0; ++i) {
            for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1, --left) {
                if (!visit(static_cast<PartitionIndex>(i * 64) + std::countr_zero(rest)))
                    return;
            }
        }
    }

    std::vector<PartitionIndex> members() const
    {
        std::vector<PartitionIndex> all;
        all.reserve(static_cast<std::size_t>(size_));
        visitWhile([&](PartitionIndex partition) {
            all.push_back(partition);
            return true;
        });
        return all;
    }

    TIDELINE_FIELDS(PartitionSet, words_, size_)

private:
    static std::size_t word(PartitionIndex partition) { return static_cast<std::size_t>(partition) / 64; }
    static std::uint64_t bit(PartitionIndex partition)
    {
        return std::uint64_t{1} << (static_cast<std::uint32_t>(partition) % 64);
    }

    CowPages<std::uint64_t> words_;
    std::int32_t size_ = 0;
};

} // namespace tideline::control
