// SPDX-License-Identifier: GPL-3.0-or-later
// QuorumConfig: who votes in a KRaft quorum, and its time-outs (controller.quorum.*).
//
// The voters are static (kraft.version 0), in ascending order. All times are µs; the defaults are Kafka's. A
// plain value; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tideline {

// node.id of a controller, or of a broker that observes the quorum; kNone: not a replica.
using ReplicaId = std::int32_t;

struct QuorumConfig
{
    std::vector<ReplicaId> voters;
    // A voter waits this long for an election, plus a random time below the same length.
    Micros electionTimeout = 1'000'000;
    // A voter that has not fetched for so long looks for another leader.
    Micros fetchTimeout = 2'000'000;
    // The longest wait of a successor that the resigning leader did not prefer.
    Micros electionBackoffMax = 1'000'000;
    // A request that is not answered within this time is given up.
    Micros requestTimeout = 2'000'000;
    // The pause after a request that failed.
    Micros retryBackoff = 20'000;
    // How long the leader gathers appended records before it writes them.
    Micros appendLinger = 25'000;
    // How long the leader may hold a fetch for which it has no data.
    Micros fetchMaxWait = 500'000;
    // Batches in one answer to a fetch. Kafka limits bytes (8 MiB), which payloads here do not have.
    std::int32_t fetchMaxBatches = 1000;
    // Bytes of a snapshot in one answer to FetchSnapshot.
    std::int64_t fetchSnapshotMaxBytes = 8'388'608;
    // metadata.log.segment.bytes
    std::int64_t segmentBytes = 1'073'741'824;
    // What is kept of log and snapshots beside the newest (snapshot_retention.h); below 0: there is no limit.
    std::int64_t retentionBytes = 104'857'600; // metadata.max.retention.bytes
    Micros retentionTime = 604'800'000'000;    // metadata.max.retention.ms

    bool isVoter(ReplicaId id) const { return std::binary_search(voters.begin(), voters.end(), id); }
    bool isOnlyVoter(ReplicaId id) const { return voters.size() == 1 && voters.front() == id; }
    // A leader that no majority has fetched from for so long resigns (KIP-835).
    Micros checkQuorumTimeout() const { return fetchTimeout + fetchTimeout / 2; }
    // How often a leader tells of itself those voters that do not fetch.
    Micros beginQuorumEpochPeriod() const { return fetchTimeout / 2; }

    // How long a voter follows before it tells the leader about itself, and waits before it does so again.
    Micros updateVoterPeriod() const { return fetchTimeout; }

    TIDELINE_FIELDS(QuorumConfig, voters, electionTimeout, fetchTimeout, electionBackoffMax, requestTimeout,
                    retryBackoff, appendLinger, fetchMaxWait, fetchMaxBatches, fetchSnapshotMaxBytes,
                    segmentBytes, retentionBytes, retentionTime)
};

} // namespace tideline
