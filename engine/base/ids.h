// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers by which the engine names things. All are dense indexes from 0 unless said otherwise; -1 means
// none.
#pragma once

#include <cstdint>

namespace tideline {

using Offset = std::int64_t;         // position of a record in a partition
using LeaderEpoch = std::int32_t;    // rises with every leadership of a partition
using BrokerId = std::int32_t;       // as Kafka's node.id: brokers are 1..n
using TopicIndex = std::int32_t;     // order of the scenario; internal topics follow
using PartitionIndex = std::int32_t; // over all topics: topic's first partition + partition number
using NodeIndex = std::int32_t;      // everything that has a connection: brokers, controllers, clients
using ProducerIndex = std::int32_t;
using GroupIndex = std::int32_t;
using MemberIndex = std::int32_t; // over all groups
using PipelineIndex = std::int32_t;
using RecordNumber = std::int64_t; // k: counts what one producer sent to one partition, from 0
using FactNumber = std::int64_t;   // running number of a fact in the journal, from 1; 0 is "no cause"

inline constexpr std::int32_t kNone = -1;
inline constexpr Offset kUnknownOffset = -1;

} // namespace tideline
