// SPDX-License-Identifier: GPL-3.0-or-later
// The leader-epoch-checkpoint file: at which offset each leader epoch of a partition began (KIP-101).
//
// Text: version 0, the number of entries, then "epoch offset" a line. Epochs and offsets rise. Source:
// LeaderEpochCheckpointFile and LeaderEpochFileCache of Kafka. Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/log/bytes.h"
#include "engine/log/record_batch.h"
#include "engine/log/segment_fault.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct CheckpointedEpoch
{
    LeaderEpoch epoch = 0;
    Offset startOffset = 0;

    bool operator==(const CheckpointedEpoch&) const = default;
};

// On a fault, the entries before it are kept.
std::optional<SegmentFault> readLeaderEpochCheckpoint(Bytes text, const std::string& file,
                                                      std::vector<CheckpointedEpoch>& epochs);

std::string leaderEpochCheckpointText(const std::vector<CheckpointedEpoch>& epochs);

// A batch was appended: its epoch is added when it is later than the last one.
void assignEpoch(std::vector<CheckpointedEpoch>& epochs, const BatchHeader& batch);

// The log ends here now: epochs that began at or after it are forgotten.
void truncateEpochs(std::vector<CheckpointedEpoch>& epochs, Offset logEnd);

} // namespace tideline
