// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/who_reads_rows.h"

#include <algorithm>

namespace tideline::widgets {

namespace {

WhoReadsRow rowOf(const GroupsFrame::Member& member, int columns, int lines)
{
    WhoReadsRow row;
    row.member = &member;
    row.shown = member.readings;
    // One place is kept for "and 3 more".
    const auto most = static_cast<std::size_t>(columns * lines);
    if (row.shown.size() > most) {
        std::stable_sort(row.shown.begin(), row.shown.end(),
                         [](const auto& a, const auto& b) { return lagOf(a) > lagOf(b); });
        const std::size_t kept = most - 1;
        for (std::size_t i = kept; i < row.shown.size(); ++i)
            row.leftLag += lagOf(row.shown[i]);
        row.left = static_cast<int>(row.shown.size() - kept);
        row.shown.resize(kept);
        std::sort(row.shown.begin(), row.shown.end(),
                  [](const auto& a, const auto& b) { return a.partition < b.partition; });
    }
    const auto bars = static_cast<int>(row.shown.size()) + (row.left > 0 ? 1 : 0);
    row.lines = std::max(1, (bars + columns - 1) / columns);
    return row;
}

// All members with at most `lines` lines of bars each.
std::vector<WhoReadsRow> rowsWith(const GroupsFrame& groups, int columns, int lines)
{
    std::vector<WhoReadsRow> rows;
    for (const GroupsFrame::Member& member : groups.members)
        rows.push_back(rowOf(member, columns, lines));
    return rows;
}

} // namespace

std::int64_t lagOf(const GroupsFrame::Reading& reading)
{
    return reading.position == kUnknownOffset ? 0 : std::max<std::int64_t>(0, reading.hw - reading.position);
}

WhoReadsRows whoReadsRows(const GroupsFrame& groups, int columns, qreal height, qreal rowHeight,
                          qreal lineHeight, qreal gap)
{
    const auto needed = [&](const std::vector<WhoReadsRow>& rows) {
        qreal sum = 0;
        for (const WhoReadsRow& row : rows)
            sum += rowHeight + (row.lines - 1) * lineHeight + gap;
        return sum;
    };
    WhoReadsRows result;
    for (int lines = 8; lines >= 1; --lines) {
        result.rows = rowsWith(groups, columns, lines);
        if (needed(result.rows) <= height)
            return result;
    }
    // Even one line each is too much: leave out members at the end, and keep a line to say so.
    while (!result.rows.empty() && needed(result.rows) + lineHeight > height) {
        ++result.membersLeft;
        result.membersLeftLag += result.rows.back().member->base.lag;
        result.rows.pop_back();
    }
    return result;
}

std::int64_t barRecords(const GroupsFrame& groups)
{
    std::int64_t most = 0;
    for (const GroupsFrame::Member& member : groups.members) {
        for (const GroupsFrame::Reading& reading : member.readings) {
            const Offset from = reading.committed != kUnknownOffset ? reading.committed : reading.position;
            if (from != kUnknownOffset)
                most = std::max({most, reading.leo - from, reading.leo - reading.position});
        }
    }
    std::int64_t unit = 10;
    // Doubling room to the left, so that the marks are not at the very edge.
    for (;;) {
        for (const std::int64_t times : {1, 2, 5}) {
            if (unit * times >= most + most / 4)
                return unit * times;
        }
        if (unit > 100'000'000'000'000)
            return unit * 5;
        unit *= 10;
    }
}

} // namespace tideline::widgets
