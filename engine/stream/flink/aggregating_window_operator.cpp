// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/flink/aggregating_window_operator.h"

#include "engine/stream/flink/allowed_lateness.h"

#include <algorithm>
#include <string>

namespace tideline::flink {

Fate AggregatingWindowOperator::add(KeyId key, Millis eventTime, std::int64_t value, Panes& fired)
{
    ++counters_.records;
    if (eventTime <= watermark_ || spec_.kind != WindowSpec::Kind::Tumbling) [[unlikely]]
        return addBehindOrSliding(key, eventTime, value, fired);
    // In time and tumbling: its one window has not fired, so nothing else can happen.
    LiveWindows& live = live_.edit();
    LiveWindow* window = liveTumbling(live, eventTime);
    if (!window) [[unlikely]]
        window = &live[liveIndex(live, tumblingWindow(eventTime, spec_.size, spec_.offset), live.size())];
    count(*window, key, value);
    return Fate::Counted;
}

Fate AggregatingWindowOperator::addBehindOrSliding(KeyId key, Millis eventTime, std::int64_t value,
                                                   Panes& fired)
{
    LiveWindows& live = live_.edit();
    std::size_t index = live.size();
    const std::size_t firedBefore = fired.size();
    bool counted = false;
    bool dropped = false;
    const auto addTo = [&](const TimeWindow& assigned) {
        if (isWindowLate(assigned, spec_.allowedLateness, watermark_)) {
            drop(assigned);
            dropped = true;
            return;
        }
        index = liveIndex(live, assigned, index);
        LiveWindow& window = live[index];
        count(window, key, value);
        counted = true;
        if (window.totals.phase == WindowPhase::Fired)
            fireAgain(window, key, fired);
        else if (eventTime <= watermark_)
            ++window.totals.behindWatermark;
    };
    if (spec_.kind == WindowSpec::Kind::Tumbling)
        addTo(tumblingWindow(eventTime, spec_.size, spec_.offset));
    else
        forEachSlidingWindow(eventTime, spec_.size, spec_.slide, spec_.offset, addTo);
    // Windows were assigned latest first.
    std::reverse(fired.begin() + static_cast<std::ptrdiff_t>(firedBefore), fired.end());

    if (!counted) {
        if (isElementLate(eventTime, spec_.allowedLateness, watermark_))
            return ++counters_.numLateRecordsDropped, Fate::Dropped;
        return ++counters_.withoutWindow, Fate::NoWindow;
    }
    if (dropped)
        return ++counters_.partlyDropped, Fate::PartlyDropped;
    if (fired.size() != firedBefore)
        return ++counters_.countedAfterFiring, Fate::CountedAfterFiring;
    if (eventTime <= watermark_)
        return ++counters_.countedLate, Fate::CountedLate;
    return Fate::Counted;
}

void AggregatingWindowOperator::advanceWatermark(Millis watermark, Panes& fired)
{
    if (watermark <= watermark_)
        return;
    watermark_ = watermark;
    if (watermark < nextStep_)
        return;
    LiveWindows& live = live_.edit();
    for (LiveWindow& window : live) {
        if (window.totals.window.maxTimestamp() > watermark)
            break;
        if (window.totals.phase == WindowPhase::Open)
            fireAll(window, fired);
    }
    cleanUp(live);
    nextStep_ = kMaxMillis;
    for (const LiveWindow& window : live)
        nextStep_ = std::min(nextStep_, stepAfter(window));
}

Aggregate AggregatingWindowOperator::aggregate(KeyId key, Millis windowStart) const
{
    for (const LiveWindow& window : *live_)
        if (window.totals.window.start == windowStart)
            return window.cells.read(key);
    return {};
}

AggregatingWindowOperator::LiveWindow* AggregatingWindowOperator::liveTumbling(LiveWindows& live, Millis time)
{
    // Comparing is cheaper than dividing, and with few windows counting all of them is cheaper than guessing
    // where to stop.
    constexpr std::size_t kFewWindows = 8;
    std::size_t notLater = 0;
    if (live.size() <= kFewWindows) {
        for (const LiveWindow& window : live)
            notLater += window.totals.window.start <= time ? 1 : 0;
    } else {
        const auto after = [](Millis value, const LiveWindow& window) {
            return value < window.totals.window.start;
        };
        notLater =
            static_cast<std::size_t>(std::upper_bound(live.begin(), live.end(), time, after) - live.begin());
    }
    if (notLater == 0 || time >= live[notLater - 1].totals.window.end)
        return nullptr;
    return &live[notLater - 1];
}

std::size_t AggregatingWindowOperator::liveIndex(LiveWindows& live, const TimeWindow& window,
                                                 std::size_t before)
{
    std::size_t index = before;
    while (index > 0 && live[index - 1].totals.window.start >= window.start)
        --index;
    if (index < live.size() && live[index].totals.window.start == window.start)
        return index;
    LiveWindow opened;
    opened.totals.window = window;
    // A window that is opened by a late record fires at once, as its trigger never saw the watermark pass.
    if (window.maxTimestamp() <= watermark_) {
        opened.totals.phase = WindowPhase::Fired;
        opened.totals.firstFiring = watermark_;
    }
    nextStep_ = std::min(nextStep_, stepAfter(opened));
    live.insert(live.begin() + static_cast<std::ptrdiff_t>(index), std::move(opened));
    return index;
}

void AggregatingWindowOperator::count(LiveWindow& window, KeyId key, std::int64_t value)
{
    Aggregate& cell = window.cells.edit(key);
    window.totals.keys += cell.count == 0 ? 1 : 0;
    cell.add(value);
    window.totals.aggregate.add(value);
    ++counters_.assigned;
    ++counters_.inState;
}

void AggregatingWindowOperator::drop(const TimeWindow& window)
{
    ++counters_.assigned;
    ++counters_.dropped;
    history_.addDropped(window);
}

void AggregatingWindowOperator::fireAgain(LiveWindow& window, KeyId key, Panes& fired)
{
    ++window.totals.afterFiring;
    ++counters_.panes;
    const std::uint32_t firing = ++window.lateFirings.edit(key);
    fired.push_back({window.totals.window, key, firing, window.cells.read(key), watermark_});
}

void AggregatingWindowOperator::fireAll(LiveWindow& window, Panes& fired)
{
    window.totals.phase = WindowPhase::Fired;
    window.totals.firstFiring = watermark_;
    counters_.panes += window.totals.keys;
    window.cells.forEach([&](KeyId key, const Aggregate& aggregate) {
        fired.push_back({window.totals.window, key, 0, aggregate, watermark_});
    });
}

void AggregatingWindowOperator::cleanUp(LiveWindows& live)
{
    std::size_t gone = 0;
    for (; gone < live.size(); ++gone) {
        WindowTotals& totals = live[gone].totals;
        const Millis time = cleanupTime(totals.window, spec_.allowedLateness);
        if (time > watermark_ || time == kMaxMillis) // at the end of time there is no timer: the state stays
            break;
        totals.phase = WindowPhase::Cleaned;
        counters_.cleaned += totals.aggregate.count;
        counters_.inState -= totals.aggregate.count;
        history_.add(totals);
    }
    live.erase(live.begin(), live.begin() + static_cast<std::ptrdiff_t>(gone));
}

Millis AggregatingWindowOperator::stepAfter(const LiveWindow& window) const
{
    return window.totals.phase == WindowPhase::Open
               ? window.totals.window.maxTimestamp()
               : cleanupTime(window.totals.window, spec_.allowedLateness);
}

std::optional<Error> AggregatingWindowOperator::audit() const
{
    std::int64_t inState = 0;
    const LiveWindow* previous = nullptr;
    for (const LiveWindow& window : *live_) {
        if (previous && previous->totals.window.start >= window.totals.window.start)
            return Error{"window operator: windows are not ordered by start"};
        previous = &window;
        inState += window.totals.aggregate.count;
        if (std::optional<Error> error = auditWindow(window))
            return error;
    }
    if (inState != counters_.inState)
        return Error{"window operator: " + std::to_string(counters_.inState) +
                     " counted as in state, found " + std::to_string(inState)};
    if (!counters_.balanced())
        return Error{"window operator: " + std::to_string(counters_.assigned) +
                     " assigned are not dropped + cleaned + in state"};
    return std::nullopt;
}

std::optional<Error> AggregatingWindowOperator::auditWindow(const LiveWindow& window) const
{
    const WindowTotals& totals = window.totals;
    const std::string place = "window operator: window " + std::to_string(totals.window.start);
    Aggregate found;
    std::int64_t keys = 0;
    window.cells.forEach([&](KeyId, const Aggregate& aggregate) {
        found.add(aggregate);
        ++keys;
    });
    if (!(found == totals.aggregate) || keys != totals.keys)
        return Error{place + " counts " + std::to_string(totals.aggregate.count) + " records of " +
                     std::to_string(totals.keys) + " keys, its cells hold " + std::to_string(found.count) +
                     " of " + std::to_string(keys)};
    if ((totals.phase == WindowPhase::Fired) != (totals.window.maxTimestamp() <= watermark_))
        return Error{place + " is in the wrong phase for watermark " + std::to_string(watermark_)};
    return std::nullopt;
}

} // namespace tideline::flink
