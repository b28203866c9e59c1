// SPDX-License-Identifier: GPL-3.0-or-later
// The partition.metadata file: the id of the topic to which the directory belongs (KIP-516).
//
// Text: "version: 0", then "topic_id: " and the id, 128 bits in 22 characters of base 64 for URLs; no line
// end after it. Source: PartitionMetadataFile of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/segment_fault.h"

#include <optional>
#include <string>

namespace tideline {

struct PartitionMetadata
{
    int version = 0;
    std::string topicId; // as in "ZGy9ACoKT7G3qgVWzZQ5Sg"

    bool operator==(const PartitionMetadata&) const = default;
};

// On a fault `metadata` is not to be used.
std::optional<SegmentFault> readPartitionMetadata(Bytes text, const std::string& file,
                                                  PartitionMetadata& metadata);

std::string partitionMetadataText(const PartitionMetadata& metadata);

} // namespace tideline
