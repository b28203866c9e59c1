// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionOrder: the order in which a Java client happens to hold the partitions of a topic. A quirk that
// can be seen.
//
// Kafka's producer keeps its metadata in a HashMap, so "the n-th available partition" is the n-th in hash
// order, and requests rotate through a broker's partitions in that order too: topic "t" with 3 partitions is
// 1, 0, 2. Draws stay uniform and rotation stays fair, so this only matters to whoever compares with a real
// producer. Sources: MetadataSnapshot, Cluster, TopicPartition.hashCode of Kafka; HashMap of Java. Plain
// values and pure functions; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tideline {

struct PartitionOrder
{
    std::vector<std::int32_t> partitions; // by position
    std::vector<std::int32_t> positions;  // by partition

    bool operator==(const PartitionOrder&) const = default;
};

// The order for a client that knows this one topic, of partitionCount >= 0 partitions.
PartitionOrder javaPartitionOrder(std::string_view topic, std::int32_t partitionCount);

} // namespace tideline
