// SPDX-License-Identifier: GPL-3.0-or-later
// DenseMap: 64-bit key to value by open addressing.
//
// It has no begin() on purpose: nothing in the engine may depend on the order of a hash table. What must be
// walked is kept in an ordered container; this only finds. Values may move when another one is inserted. A
// plain value; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tideline {

template <class Value>
class DenseMap
{
public:
    std::size_t size() const { return size_; }

    const Value* find(std::uint64_t key) const
    {
        if (slots_.empty())
            return nullptr;
        for (std::size_t i = mix(key) & mask();; i = (i + 1) & mask()) {
            if (!slots_[i].used)
                return nullptr;
            if (slots_[i].key == key)
                return &slots_[i].value;
        }
    }
    Value* find(std::uint64_t key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

    // The value of the key, made by default when it is new.
    Value& operator[](std::uint64_t key)
    {
        if ((size_ + 1) * 4 > slots_.size() * 3)
            grow();
        std::size_t i = mix(key) & mask();
        while (slots_[i].used && slots_[i].key != key)
            i = (i + 1) & mask();
        if (!slots_[i].used) {
            slots_[i] = Slot{key, Value{}, true};
            ++size_;
        }
        return slots_[i].value;
    }

    bool erase(std::uint64_t key)
    {
        Value* found = find(key);
        if (!found)
            return false;
        // Backward-shift deletion: later members of the probe run move up, so no tombstones are needed.
        std::size_t hole = 0;
        for (hole = mix(key) & mask(); slots_[hole].key != key || !slots_[hole].used;
             hole = (hole + 1) & mask()) {
        }
        for (std::size_t i = (hole + 1) & mask(); slots_[i].used; i = (i + 1) & mask()) {
            const std::size_t home = mix(slots_[i].key) & mask();
            if (((i - home) & mask()) >= ((i - hole) & mask())) {
                slots_[hole] = std::move(slots_[i]);
                hole = i;
            }
        }
        slots_[hole] = Slot{};
        --size_;
        return true;
    }

    void clear()
    {
        slots_.clear();
        size_ = 0;
    }

private:
    struct Slot
    {
        std::uint64_t key = 0;
        Value value{};
        bool used = false;
    };

    static std::size_t mix(std::uint64_t key)
    {
        key ^= key >> 32;
        key *= 0x9e3779b97f4a7c15;
        return static_cast<std::size_t>(key ^ (key >> 29));
    }
    std::size_t mask() const { return slots_.size() - 1; }

    void grow()
    {
        std::vector<Slot> old =
            std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 16 : slots_.size() * 2));
        for (Slot& slot : old) {
            if (!slot.used)
                continue;
            std::size_t i = mix(slot.key) & mask();
            while (slots_[i].used)
                i = (i + 1) & mask();
            slots_[i] = std::move(slot);
        }
    }

    std::vector<Slot> slots_;
    std::size_t size_ = 0;
};

} // namespace tideline
