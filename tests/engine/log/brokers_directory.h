// SPDX-License-Identifier: GPL-3.0-or-later
// The directories that real brokers left, by the names of their folders.
#pragma once

#include "engine/log/segment_directory.h"

#include <string>

namespace tideline::tests {

// Without the description that was written of it; empty when it cannot be read.
inline PartitionFiles brokersDirectory(const char* name)
{
    const Result<PartitionFiles> read =
        readSegmentDirectory(std::string(TIDELINE_SOURCE_DIR "/tests/vectors/kafka/segments/") + name);
    PartitionFiles files = read.ok() ? read.value() : PartitionFiles();
    files.erase("dump.json");
    return files;
}

} // namespace tideline::tests
