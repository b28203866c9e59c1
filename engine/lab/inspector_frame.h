// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorFrame: the state of what is selected, as numbers with a name. Plain values.
#pragma once

#include "engine/lab/fact.h"
#include "engine/lab/view_request.h"

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
        MetadataOffset
    };
    struct Row
    {
        InspectorFrame::Key key = InspectorFrame::Key::State;
        std::int64_t number = 0;
        std::string text; // lists and bytes; empty when the number says it
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
