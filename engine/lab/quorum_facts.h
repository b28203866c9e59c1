// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about a node's replica of the metadata log, its snapshots above all (KIP-630). The rules of all facts
// stand in engine/lab/fact.h. `holder` is the node, a controller or a broker, that has the replica; a
// snapshot is named by where it ends and by the epoch of its last record.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"

#include <cstdint>
#include <string_view>

namespace tideline {

struct SnapshotCreated
{
    NodeIndex holder = 0;
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    std::int64_t bytes = 0;
    static constexpr std::string_view kName = "SnapshotCreated";
    TIDELINE_FIELDS(SnapshotCreated, holder, offset, epoch, bytes)
};

// What it knows of the metadata is what the snapshot says; the log goes on from there.
struct SnapshotLoaded
{
    NodeIndex holder = 0;
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "SnapshotLoaded";
    TIDELINE_FIELDS(SnapshotLoaded, holder, offset, epoch)
};

// The leader's log begins behind what this node has: it fetches the leader's newest snapshot.
struct SnapshotFetchStarted
{
    NodeIndex holder = 0;
    NodeIndex from = 0;
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "SnapshotFetchStarted";
    TIDELINE_FIELDS(SnapshotFetchStarted, holder, from, offset, epoch)
};

// It is there, and has taken the place of the node's log.
struct SnapshotFetched
{
    NodeIndex holder = 0;
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    static constexpr std::string_view kName = "SnapshotFetched";
    TIDELINE_FIELDS(SnapshotFetched, holder, offset, epoch)
};

// Records before this offset are deleted: a snapshot has what they say.
struct MetadataLogStartMoved
{
    NodeIndex holder = 0;
    Offset offset = 0;
    static constexpr std::string_view kName = "MetadataLogStartMoved";
    TIDELINE_FIELDS(MetadataLogStartMoved, holder, offset)
};

} // namespace tideline
