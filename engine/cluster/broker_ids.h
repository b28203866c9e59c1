// SPDX-License-Identifier: GPL-3.0-or-later
// BrokerIds: an ordered list of at most 16 broker ids without memory of its own (replicas, ISR).
//
// Inline, because a cluster of 20 000 partitions holds 40 000 of them and an engine must be cheap to copy. A
// plain value.
#pragma once

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/base/ids.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

namespace tideline {

class BrokerIds
{
public:
    static constexpr std::size_t kCapacity = 16; // the largest replication factor that a scenario may ask for

    BrokerIds() = default;
    BrokerIds(std::initializer_list<BrokerId> ids)
    {
        for (const BrokerId id : ids)
            push(id);
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    BrokerId operator[](std::size_t i) const { return ids_[i]; }
    const std::int16_t* begin() const { return ids_.data(); }
    const std::int16_t* end() const { return ids_.data() + size_; }
    bool contains(BrokerId id) const { return std::find(begin(), end(), id) != end(); }

    void push(BrokerId id)
    {
        TIDELINE_ASSERT(size_ < kCapacity);
        ids_[size_++] = static_cast<std::int16_t>(id);
    }
    // Leaves the order of the others as it is.
    void erase(BrokerId id)
    {
        const auto last = std::remove(ids_.begin(), ids_.begin() + size_, static_cast<std::int16_t>(id));
        std::fill(last, ids_.begin() + size_, std::int16_t{0}); // equal lists are equal in every byte
        size_ = static_cast<std::uint16_t>(last - ids_.begin());
    }
    // The same brokers by ascending id.
    BrokerIds sorted() const
    {
        BrokerIds ids = *this;
        std::sort(ids.ids_.begin(), ids.ids_.begin() + ids.size_);
        return ids;
    }
    bool operator==(const BrokerIds&) const = default;

    void hashInto(Hasher& hasher) const
    {
        hasher(size_);
        for (const BrokerId id : *this)
            hasher(static_cast<std::uint64_t>(id));
    }

private:
    std::array<std::int16_t, kCapacity> ids_{};
    std::uint16_t size_ = 0;
};

} // namespace tideline
