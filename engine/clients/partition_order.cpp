// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/partition_order.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>

namespace tideline {
namespace {

constexpr std::uint32_t kJavaPrime = 31;

// Code point at `at`, which moves past it; malformed bytes count as themselves.
std::uint32_t nextCodePoint(std::string_view utf8, std::size_t& at)
{
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[i]));
    };
    const std::uint32_t lead = byte(at);
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > utf8.size()) {
        ++at;
        return lead;
    }
    std::uint32_t point = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        point = point << 6 | (byte(at + i) & 0x3f);
    at += length;
    return point;
}

// Slots of a HashMap that was made for `count` entries and then filled with them: it grows above three
// quarters.
std::uint32_t tableSize(std::int32_t count)
{
    const std::uint32_t entries = static_cast<std::uint32_t>(std::max(count, 1));
    const std::uint32_t size = std::bit_ceil(entries);
    const std::uint32_t threshold = size * 3 / 4;
    return entries > threshold ? size * 2 : size;
}

} // namespace

std::int32_t javaStringHash(std::string_view utf8)
{
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::uint32_t point = nextCodePoint(utf8, at);
        if (point >= 0x10000) { // two UTF-16 units
            hash = hash * kJavaPrime + (0xd800 + ((point - 0x10000) >> 10));
            hash = hash * kJavaPrime + (0xdc00 + ((point - 0x10000) & 0x3ff));
        } else {
            hash = hash * kJavaPrime + point;
        }
    }
    return static_cast<std::int32_t>(hash);
}

PartitionOrder javaPartitionOrder(std::string_view topic, std::int32_t partitionCount)
{
    const auto topicHash = static_cast<std::uint32_t>(javaStringHash(topic));
    const std::uint32_t mask = tableSize(partitionCount) - 1;
    const auto slot = [&](std::int32_t partition) {
        const std::uint32_t hash =
            kJavaPrime * (kJavaPrime + static_cast<std::uint32_t>(partition)) + topicHash;
        return (hash ^ hash >> 16) & mask;
    };
    const auto count = static_cast<std::size_t>(std::max(partitionCount, 0));
    PartitionOrder order;
    order.partitions.resize(count);
    std::iota(order.partitions.begin(), order.partitions.end(), 0);
    // Entries of one slot stay in the order in which they came: by number.
    std::stable_sort(order.partitions.begin(), order.partitions.end(),
                     [&](std::int32_t a, std::int32_t b) { return slot(a) < slot(b); });
    order.positions.resize(count);
    for (std::size_t position = 0; position < count; ++position)
        order.positions[static_cast<std::size_t>(order.partitions[position])] =
            static_cast<std::int32_t>(position);
    return order;
}

} // namespace tideline
