// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorFrame: the state of what is selected, as numbers with a name. Plain values.
#pragma once

#include "engine/lab/compression_seen.h"
#include "engine/lab/fact.h"
#include "engine/lab/view_request.h"
#include "engine/quorum/raft_role.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

// Details of the selected thing, as numbers with a name; widgets/ turns both into words.
struct InspectorFrame
{
    enum class Key : std::uint8_t {
        State,
        Since,
        BrokerEpoch,
        Leaders,
        Replicas,
        InSync,
        LeaderEpoch,
        Leader,
        Isr,
        ReplicaList,
        ReplicaState,
        Elr,
        LastKnownElr,
        Adding,
        Removing,
        Recovering,
        MinIsr,
        LogStart,
        HighWatermark,
        LogEnd,
        Lag,
        Bytes,
        Batches,
        Segments,
        Flushed,
        CleanedTo,
        Compression,
        Disk,
        DiskDelay,
        Produced,
        Acknowledged,
        Failed,
        Retries,
        Buffered,
        Rate,
        Generation,
        Coordinator,
        Members,
        Assigned,
        Position,
        Committed,
        DeliveredOnce,
        Repeated,
        Lost,
        Pending,
        Expired,
        Watermark,
        WindowStart,
        WindowEnd,
        WindowState,
        Count,
        Sum,
        Truth,
        Dropped,
        LateCounted,
        Firings,
        Records,
        Key,
        Value,
        EventTime,
        Offset,
        Producer,
        Epoch,
        MetadataOffset,
        MetadataCommitted,
        MetadataLogStart,
        MetadataSnapshot,
        QuorumRole,
        QuorumLeader,
        Voted,
        VoterState,
        MetadataLogRecord,
        LinkState,
        ClockSkew,
        QueueWaiting,
        QueueOnDisk,
        QueueUnacknowledged,
        QueueAcknowledged,
        QueuePublished,
        QueueDelivered,
        QueueRedelivered,
        QueueConsumer,
        Rack,
        ReadsFrom // text: a partition, number: the broker that is asked for it
    };
    // One replica of a partition: what it has, and why it counts or does not.
    struct Replica
    {
        enum class Standing : std::uint8_t { Leads, InSync, BrokerFenced, Behind, CaughtUp };
        BrokerId broker = kNone;
        Standing standing = Standing::InSync; // CaughtUp: not in the ISR yet
        bool there = false;                   // its broker has it on disk; else the next three say nothing
        tideline::Offset logStart = 0;
        tideline::Offset logEnd = 0;
        std::int64_t segments = 1;
        std::int64_t bytes = 0;
        tideline::Offset flushedTo = 0; // below it a power loss takes nothing
        tideline::Offset highWatermark = 0;
        LeaderEpoch leaderEpoch = 0;
        Micros sinceFetch = -1;   // µs since its last fetch, as its leader saw it; -1: none
        std::int64_t missing = 0; // records that its leader has and it does not
    };
    // One voter of the quorum, as it sees itself.
    struct Voter
    {
        std::int32_t controller = kNone; // 1..
        bool alive = true;
        RaftRole role = RaftRole::Unattached;
        std::int32_t epoch = 0;
        std::int32_t voted = kNone; // the controller that has its vote in this epoch
        tideline::Offset logEnd = 0;
        Micros sinceFetch = -1; // µs since its last fetch, as the active controller saw it; -1: none
    };
    // A link of what is selected that is not as the cluster's links are.
    struct Link
    {
        NodeIndex peer = kNone;
        bool cutTo = false;         // what is sent to the peer waits
        bool cutFrom = false;       // what the peer sends waits
        std::int64_t held = 0;      // messages that wait
        bool changed = false;       // its latency or bandwidth
        Micros latency = 0;         // µs one way
        std::int64_t bandwidth = 0; // bytes a second
    };
    struct Row
    {
        InspectorFrame::Key key = InspectorFrame::Key::State;
        std::int64_t number = 0;
        std::string text;                    // lists and bytes; empty when the number says it
        std::optional<Replica> replica = {}; // of ReplicaState
        std::optional<Voter> voter = {};     // of VoterState
        std::optional<Link> link = {};       // of LinkState
        std::optional<CompressionSeen> compression = {};
    };
    Selection selection;
    // Of a fact: the fact itself while the journal keeps it, and what it is about; the rows are those of its
    // subject.
    std::optional<Fact> fact;
    Selection subject;
    bool found = false;
    std::vector<Row> rows;
};

} // namespace tideline
