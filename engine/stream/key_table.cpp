// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/key_table.h"

#include "engine/base/error.h"

namespace tideline {

KeyId KeyTable::intern(std::string_view key)
{
    const std::uint64_t hash = hashKey(key);
    if (const std::optional<KeyId> known = findHashed(key, hash)) [[likely]]
        return *known;
    return append(key, hash);
}

std::optional<KeyId> KeyTable::find(std::string_view key) const
{
    return findHashed(key, hashKey(key));
}

bool KeyTable::operator==(const KeyTable& other) const
{
    if (state_.sameAs(other.state_))
        return true;
    if (size() != other.size() || state_->digest != other.state_->digest)
        return false;
    for (KeyId id = 0; id < size(); ++id)
        if (bytes(id) != other.bytes(id))
            return false;
    return true;
}

void KeyTable::hashInto(Hasher& hasher) const
{
    hasher(size());
    hasher(state_->digest);
}

std::optional<KeyId> KeyTable::findHashed(std::string_view key, std::uint64_t hash) const
{
    if (state_->slots.empty())
        return std::nullopt;
    const KeyWords words = wordsOf(key);
    for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
        const Slot& candidate = slot(i);
        if (candidate.number == 0)
            return std::nullopt;
        if (candidate.length == key.size() && candidate.words == words &&
            (key.size() <= kWholeKeyBytes || bytes(candidate.number - 1) == key))
            return candidate.number - 1;
    }
}

KeyId KeyTable::append(std::string_view key, std::uint64_t hash)
{
    State& state = state_.edit();
    const auto id = static_cast<KeyId>(state.entries.size());
    TIDELINE_ASSERT(id != 0xffffffff && key.size() <= 0xffffffff);
    if (state.chunks.empty() || state.chunks.back().read().size() + key.size() > kChunkBytes) {
        std::string chunk;
        chunk.reserve(kChunkBytes);
        state.chunks.emplace_back(std::move(chunk));
    }
    std::string& chunk = state.chunks.back().edit();
    state.entries.push({static_cast<std::uint32_t>(state.chunks.size() - 1),
                        static_cast<std::uint32_t>(chunk.size()), static_cast<std::uint32_t>(key.size())});
    chunk.append(key);
    state.digest = hashBytes(key, state.digest + 1);
    if ((state.entries.size()) * 2 > state.slots.size() * kSlotsPerPage)
        grow(state); // takes the new key in as well
    else
        fill(state, key, hash, id);
    return id;
}

void KeyTable::fill(State& state, std::string_view key, std::uint64_t hash, KeyId id)
{
    const std::size_t mask = state.slots.size() * kSlotsPerPage - 1;
    std::size_t i = hash & mask;
    while (state.slots[i / kSlotsPerPage].read()[i % kSlotsPerPage].number != 0)
        i = (i + 1) & mask;
    state.slots[i / kSlotsPerPage].edit()[i % kSlotsPerPage] = {
        wordsOf(key), static_cast<std::uint32_t>(key.size()), id + 1};
}

void KeyTable::grow(State& state)
{
    const std::size_t pages = state.slots.empty() ? 1 : state.slots.size() * 2;
    state.slots.assign(0, {});
    for (std::size_t i = 0; i < pages; ++i)
        state.slots.emplace_back();
    for (KeyId id = 0; id < state.entries.size(); ++id) {
        const Entry& entry = state.entries[id];
        const std::string_view chunk = state.chunks[entry.chunk].read();
        const std::string_view key = chunk.substr(entry.start, entry.length);
        fill(state, key, hashKey(key), id);
    }
}

} // namespace tideline
