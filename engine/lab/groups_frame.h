// SPDX-License-Identifier: GPL-3.0-or-later
// GroupsFrame: one group in detail: who reads what, how far behind, and the last rebalance. Plain values.
#pragma once

#include "engine/lab/cluster_frame.h"

#include <optional>
#include <utility>
#include <vector>

namespace tideline {

struct GroupsFrame
{
    struct Reading // one partition, read by one member
    {
        PartitionIndex partition = 0;
        Offset logStart = 0, committed = kUnknownOffset, position = kUnknownOffset, hw = 0, leo = 0;
        Micros behind = 0; // age of the oldest unread record, µs; 0 when caught up
    };
    struct Member
    {
        ClusterFrame::Member base;
        std::vector<Reading> readings;
    };
    struct LagSeries // worst first
    {
        PartitionIndex partition = 0;
        std::vector<std::pair<Micros, std::int64_t>> points; // time, records behind
    };
    // What one member did during the last rebalance.
    struct Segment
    {
        MemberIndex member = 0;
        MemberState state = MemberState::Stable;
        Micros from = 0, to = 0;
        std::vector<PartitionIndex> partitions; // that it reads then
    };
    struct Rebalance
    {
        std::int32_t fromGeneration = 0, toGeneration = 0;
        Micros started = 0, ended = 0; // ended = 0: going on
        FactNumber cause = 0;
        std::vector<Segment> segments; // by member, then time; from a second before to a second after
    };
    std::vector<ClusterFrame::Group> groups;
    GroupIndex shown = kNone;               // the one that is selected, else the first
    std::vector<Member> members;            // of the one shown
    std::vector<PartitionIndex> unassigned; // partitions of the one shown that nobody reads
    std::vector<LagSeries> lag;             // at most 64
    std::optional<Rebalance> rebalance;
    GroupSpec spec; // of the one shown: which keys make its guarantee
};

} // namespace tideline
