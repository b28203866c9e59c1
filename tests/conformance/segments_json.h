// SPDX-License-Identifier: GPL-3.0-or-later
// A partition's directory as the dump.json beside it says it: what our readers made of each file.
//
// Of the records of __cluster_metadata only the kind and version are told: their fields are Kafka's own text
// of its messages.
#pragma once

#include "engine/log/partition_reader.h"
#include "tests/conformance/vector_file.h"

#include <optional>
#include <string>

namespace tideline::vectors {

// What the dump holds of each file; `topicDirectory` is as in "orders-0".
Json dumpOf(const PartitionFiles& files, const PartitionContents& contents,
            const std::string& topicDirectory);

// A dump without what dumpOf() does not tell.
Json comparable(Json dump);

} // namespace tideline::vectors
