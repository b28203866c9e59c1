// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataSnapshot: the metadata image as of the end of a snapshot of the metadata log (KIP-630).
//
// It stands for the records that make the image: one for each broker, topic, partition and configuration.
// Immutable; any thread may read.
#pragma once

#include "engine/cluster/metadata.h"
#include "engine/quorum/raft_snapshot.h"

#include <cstdint>
#include <utility>

namespace tideline {

class MetadataSnapshot : public RaftRecords
{
public:
    explicit MetadataSnapshot(MetadataImage of)
        : image(std::move(of))
    {}
    MetadataImage image;

    void hashInto(Hasher& hasher) const override;
    bool sameAs(const RaftRecords& other) const override;
};

// A snapshot of the metadata log up to `end`, which gives this image. `now`: µs, on the node's clock.
RaftSnapshot snapshotOf(const OffsetAndEpoch& end, const MetadataImage& image, Micros now);

// The image of a snapshot of the metadata log.
const MetadataImage& imageOf(const RaftSnapshot& snapshot);

// What the image takes as records, with the SnapshotHeader in front and the SnapshotFooter behind.
std::int64_t snapshotBytes(const MetadataImage& image);

} // namespace tideline
