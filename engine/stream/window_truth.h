// SPDX-License-Identifier: GPL-3.0-or-later
// WindowTruth: what has happened at the source by now, window by window, seen or not: what a pipeline's
// answers are held against.
//
// The windows are those of the pipeline's spec. The oldest are forgotten above a limit. A plain value; copies
// share until written.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/hash.h"
#include "engine/stream/aggregate.h"
#include "engine/stream/window_arithmetic.h"
#include "engine/stream/window_spec.h"

#include <map>

namespace tideline {

class WindowTruth
{
public:
    explicit WindowTruth(const WindowSpec& spec = {})
        : spec_(spec)
    {}

    // `records` things happened at this event time, with this sum.
    void add(Millis eventTime, std::int64_t records, std::int64_t sum)
    {
        const Millis slide = spec_.kind == WindowSpec::Kind::Tumbling ? spec_.size : spec_.slide;
        std::map<Millis, Aggregate>& windows = windows_.edit();
        forEachSlidingWindow(eventTime, spec_.size, slide, spec_.offset, [&](const TimeWindow& window) {
            Aggregate& truth = windows[window.start];
            truth.count += records;
            truth.sum += sum;
        });
        if (windows.size() > kWindowsKept)
            windows.erase(windows.begin());
    }
    // Of the window that starts here.
    Aggregate of(Millis start) const
    {
        const auto found = windows_->find(start);
        return found == windows_->end() ? Aggregate{} : found->second;
    }
    const std::map<Millis, Aggregate>& windows() const { return *windows_; }
    TIDELINE_FIELDS(WindowTruth, spec_, windows_)

private:
    static constexpr std::size_t kWindowsKept = 8192;

    WindowSpec spec_;
    Cow<std::map<Millis, Aggregate>> windows_;
};

} // namespace tideline
