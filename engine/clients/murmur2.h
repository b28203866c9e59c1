// SPDX-License-Identifier: GPL-3.0-or-later
// murmur2: the hash by which a producer puts equal keys into equal partitions, and the rule that uses it.
//
// Austin Appleby's MurmurHash2 with Kafka's seed (Utils.murmur2). librdkafka's default partitioner hashes
// with CRC-32 instead and puts keys elsewhere. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"

#include <cstddef>
#include <cstdint>

namespace tideline {

// Signed, as in Java; wraps at 32 bits.
constexpr std::int32_t murmur2(Bytes bytes)
{
    constexpr std::uint32_t kSeed = 0x9747b28c;
    constexpr std::uint32_t kMultiplier = 0x5bd1e995;
    const auto at = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
    };
    std::uint32_t hash = kSeed ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t i = 0;
    for (; i + 4 <= bytes.size(); i += 4) {
        std::uint32_t word = at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24;
        word *= kMultiplier;
        word ^= word >> 24;
        word *= kMultiplier;
        hash = (hash * kMultiplier) ^ word;
    }
    const std::size_t tail = bytes.size() - i;
    if (tail > 2)
        hash ^= at(i + 2) << 16;
    if (tail > 1)
        hash ^= at(i + 1) << 8;
    if (tail > 0)
        hash = (hash ^ at(i)) * kMultiplier;
    hash ^= hash >> 13;
    hash *= kMultiplier;
    hash ^= hash >> 15;
    return static_cast<std::int32_t>(hash);
}

// Kafka's Utils.toPositive: the sign bit is cleared, which is not the absolute value.
constexpr std::int32_t toPositive(std::int32_t number)
{
    return number & 0x7fffffff;
}

// The partition of a record with a key; partitionCount > 0. All partitions count, also those without a
// leader, so a key moves only when the count changes. An empty key is a key.
constexpr std::int32_t partitionForKey(Bytes key, std::int32_t partitionCount)
{
    return toPositive(murmur2(key)) % partitionCount;
}

} // namespace tideline
