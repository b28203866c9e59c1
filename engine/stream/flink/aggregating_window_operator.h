// SPDX-License-Identifier: GPL-3.0-or-later
// AggregatingWindowOperator: Flink's window operator as the running pipeline uses it: event time, default
// trigger, count and sum.
//
// The same state machine as window_operator.h with EventTimeTrigger, with an aggregate per (key, window)
// instead of a list. A window fires once for every key when the watermark reaches its max timestamp, again at
// once for every record that comes later, and is cleaned up when the watermark reaches max timestamp +
// allowed lateness. Invariants: live windows are ordered by start; one has fired exactly if its max timestamp
// <= W; counters().balanced(). Panes of one step come by ascending (window end, window start, key number). A
// value whose copy is a handful of references; one thread at a time.
#pragma once

#include "engine/base/error.h"
#include "engine/stream/aggregate.h"
#include "engine/stream/key_pages.h"
#include "engine/stream/window_fate.h"
#include "engine/stream/window_history.h"
#include "engine/stream/window_spec.h"
#include "engine/stream/window_totals.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tideline::flink {

class AggregatingWindowOperator
{
public:
    // The spec obeys checkWindowSpec.
    explicit AggregatingWindowOperator(const WindowSpec& spec = {})
        : spec_(spec)
    {}

    // One record; eventTime in milliseconds, > kMinMillis (which stands for "no timestamp"). Late firings are
    // appended to `fired`.
    Fate add(KeyId key, Millis eventTime, std::int64_t value, Panes& fired);

    // The watermark is now at least `watermark`; a smaller one than before changes nothing. kMaxMillis is the
    // end of input.
    void advanceWatermark(Millis watermark, Panes& fired);

    const WindowSpec& spec() const { return spec_; }
    Millis watermark() const { return watermark_; }
    const WindowCounters& counters() const { return counters_; }
    std::size_t liveWindows() const { return live_->size(); }

    // What one key has in one window; zero when nothing, or no longer.
    Aggregate aggregate(KeyId key, Millis windowStart) const;

    // visit(const WindowTotals&) by ascending start, for windows that start at `from` or later: the cleaned
    // ones that history still knows, and those in state. Costs nothing per key.
    template <class Visit>
    void forEachWindow(Millis from, Visit&& visit) const
    {
        auto live = live_->begin();
        const auto liveBefore = [&](Millis start) {
            for (; live != live_->end() && live->totals.window.start < start; ++live)
                if (live->totals.window.start >= from)
                    visit(live->totals);
        };
        history_.forEach(from, [&](const WindowTotals& totals) {
            liveBefore(totals.window.start);
            visit(totals);
        });
        for (; live != live_->end(); ++live)
            if (live->totals.window.start >= from)
                visit(live->totals);
    }
    // Windows that start at or before this are no longer known one by one.
    Millis forgottenUpTo() const { return history_.forgottenUpTo(); }

    // Recounts everything from the cells; one sentence about the first thing that does not add up.
    std::optional<Error> audit() const;

    bool operator==(const AggregatingWindowOperator&) const = default;
    TIDELINE_FIELDS(AggregatingWindowOperator, spec_, watermark_, nextStep_, live_, history_, counters_)

private:
    struct LiveWindow
    {
        WindowTotals totals;
        KeyPages<Aggregate> cells;
        KeyPages<std::uint32_t> lateFirings; // of keys that have any

        bool operator==(const LiveWindow&) const = default;
        TIDELINE_FIELDS(LiveWindow, totals, cells, lateFirings)
    };
    using LiveWindows = std::vector<LiveWindow>;

    Fate addBehindOrSliding(KeyId key, Millis eventTime, std::int64_t value, Panes& fired);
    // The live window that contains a time in a tumbling grid; null when there is none.
    static LiveWindow* liveTumbling(LiveWindows& live, Millis time);
    // Index of a live window, opened when new; all live windows from `before` on start later.
    std::size_t liveIndex(LiveWindows& live, const TimeWindow& window, std::size_t before);
    void count(LiveWindow& window, KeyId key, std::int64_t value);
    void drop(const TimeWindow& window);
    void fireAgain(LiveWindow& window, KeyId key, Panes& fired);
    void fireAll(LiveWindow& window, Panes& fired);
    void cleanUp(LiveWindows& live);
    Millis stepAfter(const LiveWindow& window) const;
    std::optional<Error> auditWindow(const LiveWindow& window) const;

    WindowSpec spec_;
    Millis watermark_ = kMinMillis;
    Millis nextStep_ = kMaxMillis; // below this watermark nothing fires and nothing is cleaned up
    Cow<LiveWindows> live_;
    WindowHistory history_;
    WindowCounters counters_;
};

} // namespace tideline::flink
