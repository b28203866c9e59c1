// SPDX-License-Identifier: GPL-3.0-or-later
// Leader election: which replica leads a partition after something has changed (KRaft's
// PartitionChangeBuilder, without ELR).
//
// A replica is eligible when it is in the ISR and its broker is alive (registered and not fenced). The order
// is that of the assignment, not of the ISR. Nobody eligible: no leader; the last member stays in the ISR.
// Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/cluster/metadata.h"

#include <optional>

namespace tideline {

enum class ElectionKind : std::uint8_t {
    Online,    // the current leader stays if it can, else the first eligible replica
    Preferred, // replicas[0] if it can, else as Online
};

// The leader, or kNone.
BrokerId electLeader(const PartitionImage& partition, const MetadataImage& image, ElectionKind kind);

// The change after `broker` has been fenced: out of the ISR (unless it is the last one) and, if it led,
// another leader. Nothing when the partition does not notice.
std::optional<PartitionChangeRecord> changeAfterFencing(PartitionIndex index, const MetadataImage& image,
                                                        BrokerId broker);

// The change after brokers came back: only a partition without a leader elects one.
std::optional<PartitionChangeRecord> changeAfterUnfencing(PartitionIndex index, const MetadataImage& image);

// The change that makes replicas[0] lead again, when it can and does not.
std::optional<PartitionChangeRecord> changeToPreferred(PartitionIndex index, const MetadataImage& image);

} // namespace tideline
