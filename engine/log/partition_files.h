// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionFiles: the files of one partition's directory, by name, as bytes in memory; and what their names
// mean.
//
// A segment's files are named after its base offset, twenty digits with zeros in front: .log, .index,
// .timeindex and, when a transaction was aborted, .txnindex. A .snapshot holds the producers as of the offset
// in its name. The engine does no file I/O: segment_directory.h reads and writes such a map. Pure functions;
// any thread.
#pragma once

#include "engine/base/ids.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tideline {

using PartitionFiles = std::map<std::string, std::string>;

enum class PartitionFileKind : std::uint8_t {
    Log,
    OffsetIndex,
    TimeIndex,
    TransactionIndex,
    ProducerSnapshot,
    LeaderEpochCheckpoint,
    PartitionMetadata,
    Other // a Raft snapshot, a quorum state, what is being deleted or cleaned: kept as it is
};

struct PartitionFileName
{
    PartitionFileKind kind = PartitionFileKind::Other;
    Offset offset = kUnknownOffset; // in the name of the first five kinds
};

inline constexpr const char* kLeaderEpochCheckpointFile = "leader-epoch-checkpoint";
inline constexpr const char* kPartitionMetadataFile = "partition.metadata";

PartitionFileName partitionFileName(std::string_view name);

// As in "00000000000000000042.timeindex"; a kind whose name has an offset, 0 or later.
std::string segmentFileName(PartitionFileKind kind, Offset offset);

} // namespace tideline
