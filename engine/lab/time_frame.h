// SPDX-License-Identifier: GPL-3.0-or-later
// TimeFrame: one pipeline in the plane of event time and processing time, and its windows. Plain values.
#pragma once

#include "engine/lab/cluster_frame.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tideline {

struct TimeFrame
{
    enum class Fate : std::uint8_t { OnTime, BehindWatermark, AfterFiring, Dropped };
    struct Dot
    {
        Millis eventTime = 0;
        Millis seen = 0; // processing time of the pipeline, in the data's own time
        Fate fate = Fate::OnTime;
        std::uint8_t colour = RecordCell::kNoColour;
        PartitionIndex partition = 0;
        Offset offset = 0;
    };
    struct WatermarkStep
    {
        Millis seen = 0;
        Millis watermark = 0;
    };
    struct Window
    {
        Millis start = 0, end = 0;
        WindowState state = WindowState::Open;
        std::int64_t count = 0; // in the pane's current answer
        std::int64_t sum = 0;   // hundredths, when the pipeline sums
        std::int64_t truth = 0; // happened at the source by now
        std::int64_t truthSum = 0;
        std::int64_t dropped = 0;     // record x window
        std::int64_t lateCounted = 0; // after its first firing
        std::int32_t firings = 0;
        Millis firstFired = 0;       // processing time (data's time), when firings > 0
        std::int64_t firstCount = 0; // what the first firing said
        std::int64_t firstSum = 0;
    };
    struct ProcessingWindow
    {
        Millis start = 0, end = 0; // of processing time, data's time
        std::int64_t count = 0;
        std::int64_t sum = 0;   // hundredths, when the pipeline sums
        std::int64_t truth = 0; // records whose event time lies in it
        std::int64_t truthSum = 0;
    };
    PipelineIndex pipeline = kNone; // shown; kNone: the scenario has none
    PipelineSpec spec;
    Millis now = 0; // processing time in the data's own time
    std::optional<Millis> watermark;
    bool ended = false;                 // end of input seen
    Millis firstSeen = 0;               // where the plane begins
    Millis eventLow = 0, eventHigh = 0; // range of event times with anything in them
    std::int64_t onTime = 0, behindWatermark = 0, afterFiring = 0, dropped = 0; // records
    std::vector<Dot> dots;     // a sample when there are too many; every late and dropped one up to 2 000
    std::int32_t dotEvery = 1; // one on-time record in so many is shown
    std::vector<WatermarkStep> steps;         // ascending; thinned to the pixels
    std::vector<Window> windows;              // ascending; at most 400
    std::vector<ProcessingWindow> processing; // ascending; at most 200
    std::int64_t windowsBefore = 0;           // older ones that are left out
};

} // namespace tideline
