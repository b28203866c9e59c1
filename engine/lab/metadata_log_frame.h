// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataLogFrame: a window of the metadata log, and how far each node of the quorum has it. Plain values.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// Rows that a frame has at most, whatever is asked for.
inline constexpr std::int32_t kMostMetadataRows = 500;

struct MetadataLogFrame
{
    // One record, in the words of Kafka's record types.
    struct Row
    {
        Offset offset = 0;
        LeaderEpoch epoch = 0;
        std::string type;  // "PartitionChange", without "Record"
        std::string words; // "orders-0 leader=2"
    };
    // One replica of the log: a controller's, which votes, or a broker's, which observes.
    struct Holder
    {
        NodeIndex node = kNone;
        bool alive = true;
        bool leads = false;
        Offset start = 0;
        Offset end = 0;
        Offset agreed = 0;                // up to here it has what the source has
        Offset committed = 0;             // as far as it knows
        Offset snapshot = kUnknownOffset; // where its newest snapshot ends; -1: it has none
        LeaderEpoch snapshotEpoch = 0;    // of that snapshot's last record
        std::int64_t snapshotBytes = 0;
        std::int32_t snapshots = 0;
    };
    // Whose log the rows are of: the active controller's, else that of the controller that knows most.
    NodeIndex source = kNone;
    bool active = false;
    std::vector<Holder> holders; // controllers, then brokers
    Offset start = 0;            // of the source's log
    Offset end = 0;
    Offset committed = 0;
    std::vector<Row> rows; // back to back, ascending; within [start, end)
};

} // namespace tideline
