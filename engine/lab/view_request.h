// SPDX-License-Identifier: GPL-3.0-or-later
// ViewRequest: which view is asked for, how large it is, and what a person has selected.
//
// The only thing that a look hands to the engine. Plain values.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>

namespace tideline {

enum class View : std::uint8_t { Cluster, Groups, Time, Charts, Journal };

// What a person has selected; every view marks the same thing. Unused numbers are kNone.
struct Selection
{
    enum class Kind : std::uint8_t {
        None,
        Broker,
        Controller,
        Topic,
        Partition,
        Producer,
        Group,
        Member,
        Pipeline,
        Window,
        Record,
        Fact,
        Queue
    };
    Kind kind = Kind::None;
    std::int32_t index =
        kNone; // broker id, or the index of the topic, partition, producer, group, member, pipeline, queue
    PartitionIndex partition = kNone; // Record
    Offset offset = kUnknownOffset;   // Record
    Millis start = 0;                 // Window: [start, end)
    Millis end = 0;
    FactNumber fact = 0; // Fact
    bool operator==(const Selection&) const = default;
};

struct ViewRequest
{
    View view = View::Cluster;
    std::int32_t width = 1280; // logical pixels
    std::int32_t height = 800;
    double zoom = 1;     // Cluster: 1 = everything fits; Time: 1 = the whole run
    double centre = 0.5; // Time: what is in the middle, 0..1 of the shown range
    Selection selection;
    // Records of the metadata log that are on the screen beside the view; 0: none are.
    std::int32_t metadataRows = 0;
    Offset metadataFrom = kUnknownOffset; // the first of them; -1: the newest ones
    std::uint64_t lastVersion = 0;        // the frame that is shown now; the same version means no new frame
};

} // namespace tideline
