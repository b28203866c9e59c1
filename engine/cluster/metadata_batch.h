// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataBatch: what the active controller appends to the metadata log at once: the records of one decision.
//
// 1. The image that replaying the log up to here gives is carried along, so that controllers and a hundred
// brokers share the pages of one, instead of each keeping a copy. It says nothing that the records do not.
// 2. What stands beside the records is for the lab's journal: no actor decides by it.
// Immutable once it is appended; any thread may read.
#pragma once

#include "engine/cluster/metadata.h"
#include "engine/lab/fact.h"
#include "engine/quorum/raft_records.h"

#include <vector>

namespace tideline {

class MetadataBatch : public RaftRecords
{
public:
    control::Records records;
    MetadataImage image;
    Micros lastHeartbeat = 0; // µs: of the broker that the records fence
    FactNumber cause = 0;     // the last fact before what made the controller decide

    void hashInto(Hasher& hasher) const override;
    bool sameAs(const RaftRecords& other) const override;
};

// Null for what the quorum itself wrote.
const MetadataBatch* metadataOf(const RaftPayload& payload);

// What the journal is told of a batch, in the order in which one thing leads to the next. What happened to
// brokers comes before what follows for partitions, although Kafka writes it after them: the one is why the
// other happened. `before`: the image before the batch.
std::vector<FactBody> factsOf(const MetadataBatch& batch, const MetadataImage& before);

} // namespace tideline
