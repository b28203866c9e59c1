// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMostWindows = 400;
constexpr std::size_t kMostProcessing = 200;

WindowState stateOf(WindowPhase phase)
{
    switch (phase) {
    case WindowPhase::Open:
        return WindowState::Open;
    case WindowPhase::Fired:
        return WindowState::Fired;
    case WindowPhase::Cleaned:
        break;
    }
    return WindowState::Final;
}

TimeFrame::Window windowOf(const WindowTotals& totals, const PipelineJob& job, const WindowTruth& truth)
{
    TimeFrame::Window window;
    window.start = totals.window.start;
    window.end = totals.window.end;
    window.state = stateOf(totals.phase);
    window.count = totals.aggregate.count;
    window.sum = totals.aggregate.sum;
    const Aggregate happened = truth.of(totals.window.start);
    window.truth = happened.count;
    window.truthSum = happened.sum;
    window.dropped = totals.dropped;
    window.lateCounted = totals.afterFiring;
    const auto firings = job.firings().find(totals.window.start);
    if (firings != job.firings().end()) {
        window.firings = firings->second.firings;
        window.firstFired = firings->second.firstAt;
        window.firstCount = firings->second.first.count;
        window.firstSum = firings->second.first.sum;
    }
    return window;
}

template <class Dots>
void addDots(const Dots& dots, std::vector<TimeFrame::Dot>& list)
{
    for (std::size_t i = 0; i < dots.kept().size(); ++i) {
        const PipelineJob::Dot& dot = dots.kept()[i];
        list.push_back({dot.eventTime, dot.seen, dot.fate, dot.colour, dot.partition, dot.offset});
    }
}

void addWindows(const PipelineJob& job, const WindowTruth& truth, TimeFrame& frame)
{
    // Windows that nothing has been counted in have a truth all the same, once something has happened in
    // them.
    auto pending = truth.windows().begin();
    const auto truthUpTo = [&](Millis start) {
        for (; pending != truth.windows().end() && pending->first < start; ++pending) {
            TimeFrame::Window window;
            window.start = pending->first;
            window.end = pending->first + frame.spec.size;
            window.truth = pending->second.count;
            window.truthSum = pending->second.sum;
            frame.windows.push_back(window);
        }
    };
    job.windows().forEachWindow(kMinMillis, [&](const WindowTotals& totals) {
        truthUpTo(totals.window.start);
        if (pending != truth.windows().end() && pending->first == totals.window.start)
            ++pending;
        frame.windows.push_back(windowOf(totals, job, truth));
    });
    truthUpTo(kMaxMillis);
    if (frame.windows.size() > kMostWindows) {
        frame.windowsBefore = static_cast<std::int64_t>(frame.windows.size() - kMostWindows);
        frame.windows.erase(frame.windows.begin(), frame.windows.end() - kMostWindows);
    }
}

void addProcessing(const PipelineJob& job, const WindowTruth& truth, TimeFrame& frame)
{
    job.processingWindows().forEachWindow(kMinMillis, [&](const WindowTotals& totals) {
        const Aggregate happened = truth.of(totals.window.start);
        frame.processing.push_back({totals.window.start, totals.window.end, totals.aggregate.count,
                                    totals.aggregate.sum, happened.count, happened.sum});
    });
    if (frame.processing.size() > kMostProcessing)
        frame.processing.erase(frame.processing.begin(), frame.processing.end() - kMostProcessing);
}

// Both ends and an even choice of what lies between, so that a frame holds no more steps than pixels.
void addSteps(const PipelineJob& job, std::int32_t pixels, TimeFrame& frame)
{
    const auto& kept = job.steps().kept();
    const std::size_t most = static_cast<std::size_t>(std::max(2, pixels));
    const std::size_t stride = std::max<std::size_t>(1, kept.size() / most);
    for (std::size_t i = 0; i < kept.size(); i += stride)
        frame.steps.push_back({kept[i].seen, kept[i].watermark});
    const Millis watermark = job.windows().watermark();
    if (watermark != kMinMillis && watermark != kMaxMillis &&
        (frame.steps.empty() || frame.steps.back().watermark != watermark))
        frame.steps.push_back({frame.now, watermark});
}

} // namespace

TimeFrame timeFrame(const World& world, const ViewRequest& request)
{
    TimeFrame frame;
    if (world.pipelines.empty())
        return frame;
    frame.pipeline = 0;
    const Selection& selection = request.selection;
    const bool chosen =
        selection.kind == Selection::Kind::Pipeline || selection.kind == Selection::Kind::Window;
    if (chosen && selection.index >= 0 && static_cast<std::size_t>(selection.index) < world.pipelines.size())
        frame.pipeline = selection.index;
    const auto place = static_cast<std::size_t>(frame.pipeline);
    const PipelineJob& job = *world.pipelines[place];
    const WindowTruth& truth = *world.truths[place];
    frame.spec = world.topology->scenario->pipelines[place];
    const DataTime& time = world.topology->dataTimes[static_cast<std::size_t>(job.topic())];
    frame.now = time.at(world.now);
    const Millis watermark = job.windows().watermark();
    if (watermark != kMinMillis)
        frame.watermark = watermark;
    frame.ended = job.ended();
    const WindowCounters& counters = job.windows().counters();
    frame.onTime = counters.countedInTime();
    frame.behindWatermark = counters.countedLate;
    frame.afterFiring = counters.countedAfterFiring + counters.partlyDropped;
    frame.dropped = counters.numLateRecordsDropped;
    const bool any = job.firstEventTime() != kMaxMillis;
    frame.firstSeen = any ? job.firstSeen() : time.origin;
    frame.eventLow = any ? job.firstEventTime() : frame.now;
    frame.eventHigh = any ? job.lastEventTime() : frame.now;
    addDots(job.onTimeDots(), frame.dots);
    addDots(job.lateDots(), frame.dots);
    frame.dotEvery = static_cast<std::int32_t>(job.onTimeDots().stride());
    addSteps(job, request.width, frame);
    addWindows(job, truth, frame);
    addProcessing(job, truth, frame);
    return frame;
}

} // namespace tideline
