// SPDX-License-Identifier: GPL-3.0-or-later
// KeyTable: gives every key (bytes) a dense number, in the order of first appearance, and keeps its bytes.
//
// Append-only. A copy shares everything with the original; the first new key after a copy clones a page, not
// the table. The numbers do not depend on the hash, which only finds. At most 2^32 - 1 keys, each below 4 GB.
// A value; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/hash.h"
#include "engine/stream/key_hash.h"
#include "engine/stream/key_id.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideline {

class KeyTable
{
public:
    // The number of a key, given now when it is new.
    KeyId intern(std::string_view key);
    // The number of a key that has one.
    std::optional<KeyId> find(std::string_view key) const;
    // The bytes of a key; valid until the next intern() of this table.
    std::string_view bytes(KeyId id) const { return bytesOf(state_->entries[id]); }
    std::size_t size() const { return state_->entries.size(); }

    // The same keys in the same order; how they are laid out does not count.
    bool operator==(const KeyTable& other) const;
    void hashInto(Hasher& hasher) const;

private:
    static constexpr std::size_t kSlotsPerPage = 512;
    static constexpr std::size_t kChunkBytes = 4096;

    // Finding: open addressing; `number` is id + 1, 0 is a free slot. Most keys are so short that their slot
    // alone tells them apart: one place in memory is read for a key, not three.
    struct Slot
    {
        KeyWords words;
        std::uint32_t length = 0;
        std::uint32_t number = 0;
    };
    // Where the bytes of a key are.
    struct Entry
    {
        std::uint32_t chunk = 0;
        std::uint32_t start = 0;
        std::uint32_t length = 0;
    };
    struct State
    {
        std::vector<Cow<std::array<Slot, kSlotsPerPage>>> slots;
        CowPages<Entry, 256> entries;
        std::vector<Cow<std::string>> chunks;
        std::uint64_t digest = 0; // of all keys in order, so that hashing the table costs nothing
    };

    std::string_view bytesOf(const Entry& entry) const
    {
        return {state_->chunks[entry.chunk].read().data() + entry.start, entry.length};
    }
    const Slot& slot(std::size_t i) const
    {
        return state_->slots[i / kSlotsPerPage].read()[i % kSlotsPerPage];
    }
    std::size_t mask() const { return state_->slots.size() * kSlotsPerPage - 1; }
    std::optional<KeyId> findHashed(std::string_view key, std::uint64_t hash) const;
    KeyId append(std::string_view key, std::uint64_t hash);
    static void fill(State& state, std::string_view key, std::uint64_t hash, KeyId id);
    void grow(State& state);

    Cow<State> state_;
};

} // namespace tideline
