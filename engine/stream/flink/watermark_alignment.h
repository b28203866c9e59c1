// SPDX-License-Identifier: GPL-3.0-or-later
// WatermarkAlignment: how far ahead of the slowest source a group of sources may read.
//
// Each source reports the watermarks of its subtasks; the group's watermark is the minimum over the sources
// that have reported, and readers may go up to that plus the allowed drift. An idle subtask reports
// kMaxMillis and so holds nobody back. Source: Flink SourceCoordinator.WatermarkAggregator,
// withWatermarkAlignment. A plain value; one thread at a time.
#pragma once

#include "engine/base/time.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace tideline::flink {

class WatermarkAlignment
{
public:
    // maxAllowedDrift in milliseconds, >= 0.
    explicit WatermarkAlignment(Millis maxAllowedDrift = 0)
        : maxAllowedDrift_(maxAllowedDrift)
    {}

    void report(std::uint32_t source, std::uint32_t subtask, Millis watermark)
    {
        sources_[source][subtask] = watermark;
    }

    // The minimum over the subtasks of one source; kMaxMillis when none has reported.
    Millis sourceWatermark(std::uint32_t source) const
    {
        const auto found = sources_.find(source);
        return found == sources_.end() ? kMaxMillis : minimum(found->second);
    }

    Millis groupWatermark() const
    {
        Millis least = kMaxMillis;
        for (const auto& [source, subtasks] : sources_)
            least = std::min(least, minimum(subtasks));
        return least;
    }

    // A reader whose watermark is larger has to wait.
    Millis maxAllowedWatermark() const { return saturatingAdd(groupWatermark(), maxAllowedDrift_); }

    bool operator==(const WatermarkAlignment&) const = default;

private:
    using Subtasks = std::map<std::uint32_t, Millis>;

    static Millis minimum(const Subtasks& subtasks)
    {
        Millis least = kMaxMillis;
        for (const auto& [subtask, watermark] : subtasks)
            least = std::min(least, watermark);
        return least;
    }

    Millis maxAllowedDrift_;
    std::map<std::uint32_t, Subtasks> sources_;
};

} // namespace tideline::flink
