// SPDX-License-Identifier: GPL-3.0-or-later
// Frame: what a view needs for one picture, taken out of an engine without changing it.
//
// A view request names the view, its size and what is selected; frame(request) answers with an immutable
// value whose size is bounded by the pixels asked for, never by the length of the logs. Numbers and names
// only: words, colours and places are made in widgets/. Frames are shared between threads as shared_ptr<const
// Frame>.
#pragma once

#include "engine/base/cow.h"
#include "engine/lab/charts_frame.h"
#include "engine/lab/cluster_frame.h"
#include "engine/lab/directory.h"
#include "engine/lab/fact.h"
#include "engine/lab/groups_frame.h"
#include "engine/lab/inspector_frame.h"
#include "engine/lab/metadata_log_frame.h"
#include "engine/lab/record_life.h"
#include "engine/lab/time_frame.h"
#include "engine/lab/view_request.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tideline {

struct JournalFrame
{
    CowPages<Fact, 256> facts; // all that are stored; shared, immutable
    FactNumber firstStored = 1;
    std::int64_t total = 0; // given so far, stored or not
};

struct TimelineFrame
{
    struct Mark
    {
        FactNumber fact = 0;
        Micros time = 0;
        FactBody body;
    };
    std::vector<std::int64_t> density; // records appended a bucket, from the start
    Micros bucket = 1'000'000;         // µs
    std::vector<Mark> marks;           // those that matter, ascending; at most 500
    std::int64_t marksLeftOut = 0;
};

struct Guarantee
{
    enum class Kind : std::uint8_t { NoAcknowledgedRecordLost, OncePerGroup };
    Kind kind = Kind::NoAcknowledgedRecordLost;
    bool holds = true;
    std::int64_t exceptions = 0;
    bool judged = true; // false: no group reads, so nobody could miss or repeat a record
};

struct Frame
{
    std::uint64_t version = 0; // grows with every event and command of the run
    Micros now = 0;            // µs of the run
    Micros duration = 0;
    bool ended = false; // duration reached, or an invariant broke
    bool invariantBroken = false;
    std::int64_t events = 0; // handled so far
    FactNumber facts = 0;
    std::uint64_t seed = 0;
    std::string title;
    std::shared_ptr<const Directory> names;
    std::optional<Micros>
        watermarkLag; // of the first pipeline: its processing time - watermark, µs of the data's time
    std::optional<Millis> watermark; // of the first pipeline
    std::vector<Guarantee> guarantees;
    std::int32_t invariantChecks = 0; // kinds that are being checked
    TimelineFrame timeline;
    InspectorFrame inspector;
    // Always there, for the lab tree; its rows and blocks only when the Cluster view asks.
    ClusterFrame cluster;
    // Only the one that was asked for.
    std::optional<GroupsFrame> groups;
    std::optional<TimeFrame> time;
    std::optional<ChartsFrame> charts;
    std::optional<JournalFrame> journal;
    // When its records were asked for, whatever the view.
    std::optional<MetadataLogFrame> metadataLog;
};

using FramePtr = std::shared_ptr<const Frame>;

} // namespace tideline
