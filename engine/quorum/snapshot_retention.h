// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshot retention: how far the start of a node's copy of the log moves up (KIP-630).
//
// From the oldest snapshot on: one that is older than metadata.max.retention.ms goes, and the log then starts
// at the next; and so does one while log and snapshots together have more than metadata.max.retention.bytes.
// The newest snapshot always stays, and the log behind it. Pure. Source: KafkaMetadataLog.maybeClean of
// Kafka.
#pragma once

#include "engine/quorum/quorum_config.h"
#include "engine/quorum/raft_log.h"

namespace tideline {

// µs between two looks at what may go. Source: KafkaRaftClient, RaftMetadataLogCleanerManager of Kafka.
inline constexpr Micros kSnapshotCleaningPeriod = 60'000'000;

// True when the log start has moved. `now`: µs, on the node's clock.
bool retainSnapshots(RaftLog& log, const QuorumConfig& config, Micros now);

} // namespace tideline
