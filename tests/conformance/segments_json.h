// SPDX-License-Identifier: GPL-3.0-or-later
// A partition's directory as the dump.json beside it says it: what our readers made of each file.
//
// Of the records of __cluster_metadata, those of rare kinds are told by kind and version only; see
// metadata_record_text.h.
#pragma once

#include "engine/log/partition_reader.h"
#include "tests/conformance/vector_file.h"

#include <optional>
#include <string>

namespace tideline::vectors {

// What the dump holds of each file; `topicDirectory` is as in "orders-0".
Json dumpOf(const PartitionFiles& files, const PartitionContents& contents,
            const std::string& topicDirectory);

// A dump without what dumpOf() does not tell: the fields of rare metadata records, and words about the
// format.
Json comparable(Json dump);

} // namespace tideline::vectors
