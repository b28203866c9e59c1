// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/partition_order.h"

#include "engine/base/java_string_hash.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace tideline {
namespace {

constexpr std::uint32_t kJavaPrime = 31;

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
