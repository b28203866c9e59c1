// SPDX-License-Identifier: GPL-3.0-or-later
// Which members and which of their partitions fit into a given height, so that nothing is cut off and every
// lag is counted. Pure.
#pragma once

#include "engine/lab/frame.h"

#include <QtGlobal>

#include <vector>

namespace tideline::widgets {

struct WhoReadsRow
{
    const GroupsFrame::Member* member = nullptr;
    std::vector<GroupsFrame::Reading> shown; // those with the largest lag when not all fit, by partition
    int left = 0;                            // how many are not shown
    std::int64_t leftLag = 0;                // and their lag, records
    int lines = 1;                           // of bars
};

struct WhoReadsRows
{
    std::vector<WhoReadsRow> rows;
    int membersLeft = 0;
    std::int64_t membersLeftLag = 0;
};

// Records that the group has not read: high watermark - position; 0 before the first position is known.
std::int64_t lagOf(const GroupsFrame::Reading& reading);

// `columns`: bars side by side, >= 1; a row has `rowHeight` + (lines - 1) * `lineHeight` px, then `gap`.
WhoReadsRows whoReadsRows(const GroupsFrame& groups, int columns, qreal height, qreal rowHeight,
                          qreal lineHeight, qreal gap);

// Records that one bar stands for, back from the log end offset: enough to show every committed offset,
// rounded up to 1, 2 or 5 times a power of ten, at least 10. The same for all bars, so that lengths can be
// compared.
std::int64_t barRecords(const GroupsFrame& groups);

} // namespace tideline::widgets
