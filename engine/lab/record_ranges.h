// SPDX-License-Identifier: GPL-3.0-or-later
// RecordRanges: how often each record number of one stream was seen, as ranges.
//
// Ranges are ascending, do not overlap, and neighbours with the same count are one. What is delivered in
// order is one range however long the run is. A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"

#include <cstdint>
#include <vector>

namespace tideline {

class RecordRanges
{
public:
    struct Range
    {
        RecordNumber first = 0;
        RecordNumber end = 0; // exclusive
        std::int64_t times = 0;
        TIDELINE_FIELDS(Range, first, end, times)
    };

    // Counts [first, end) once more. visit(RecordNumber first, RecordNumber end, std::int64_t timesBefore)
    // for its parts.
    template <class Visit>
    void add(RecordNumber first, RecordNumber end, Visit&& visit)
    {
        if (first >= end)
            return;
        if (ranges_.empty() || first >= ranges_.back().end) { // the usual case
            visit(first, end, std::int64_t{0});
            if (!ranges_.empty() && ranges_.back().end == first && ranges_.back().times == 1)
                ranges_.back().end = end;
            else
                ranges_.push_back({first, end, 1});
            return;
        }
        std::vector<Range> result;
        RecordNumber at = first; // up to here the new range is dealt with
        for (const Range& range : ranges_) {
            if (at < end && at < range.first) {
                const RecordNumber stop = range.first < end ? range.first : end;
                visit(at, stop, std::int64_t{0});
                push(result, {at, stop, 1});
                at = stop;
            }
            if (range.end <= first || range.first >= end) {
                push(result, range);
                continue;
            }
            const RecordNumber overlapFirst = range.first > first ? range.first : first;
            const RecordNumber overlapEnd = range.end < end ? range.end : end;
            push(result, {range.first, overlapFirst, range.times});
            visit(overlapFirst, overlapEnd, range.times);
            push(result, {overlapFirst, overlapEnd, range.times + 1});
            push(result, {overlapEnd, range.end, range.times});
            at = overlapEnd;
        }
        if (at < end) {
            visit(at, end, std::int64_t{0});
            push(result, {at, end, 1});
        }
        ranges_ = std::move(result);
    }

    // visit(first, end) for the parts of [first, end) that were never counted.
    template <class Visit>
    void forEachGap(RecordNumber first, RecordNumber end, Visit&& visit) const
    {
        std::size_t low = 0;
        std::size_t high = ranges_.size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (ranges_[middle].end <= first)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < ranges_.size() && ranges_[low].first < end && first < end; ++low) {
            if (ranges_[low].first > first)
                visit(first, ranges_[low].first);
            first = ranges_[low].end;
        }
        if (first < end)
            visit(first, end);
    }

    const std::vector<Range>& ranges() const { return ranges_; }
    TIDELINE_FIELDS(RecordRanges, ranges_)

private:
    static void push(std::vector<Range>& list, const Range& range)
    {
        if (range.first >= range.end)
            return;
        if (!list.empty() && list.back().end == range.first && list.back().times == range.times)
            list.back().end = range.end;
        else
            list.push_back(range);
    }

    std::vector<Range> ranges_;
};

} // namespace tideline
