// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/time_sample.h"

#include <algorithm>
#include <map>

namespace tideline::test {

namespace {

// A fixed sequence (Knuth's MMIX constants); only its spread matters.
class Sequence
{
public:
    Millis below(Millis bound)
    {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<Millis>((state_ >> 33) % static_cast<std::uint64_t>(bound));
    }

private:
    std::uint64_t state_ = 7;
};

std::vector<TimeFrame::Dot> arrivals(const TimeSampleOptions& options)
{
    Sequence sequence;
    std::vector<TimeFrame::Dot> dots;
    for (int i = 0; i < options.records; ++i) {
        TimeFrame::Dot dot;
        dot.seen = options.start + options.span * i / std::max(1, options.records);
        const Millis scale = std::max<Millis>(1, options.span / 84);
        // Mostly quick; one in ten takes long, one in twenty very long.
        Millis behind = sequence.below(5 * scale);
        if (i % 10 == 3)
            behind += sequence.below(9 * scale);
        if (i % 20 == 11)
            behind += sequence.below(22 * scale);
        if (options.early && i % 15 == 7)
            behind = -sequence.below(6 * scale);
        dot.eventTime = std::max(options.start, dot.seen - behind);
        dot.colour = static_cast<std::uint8_t>(sequence.below(8));
        dot.partition = static_cast<PartitionIndex>(sequence.below(6));
        dot.offset = i;
        dots.push_back(dot);
    }
    return dots;
}

struct Counting
{
    TimeFrame& frame;
    std::map<Millis, TimeFrame::Window> windows;
    Millis highest = 0;

    TimeFrame::Window& windowOf(Millis eventTime)
    {
        const Millis start = eventTime - floorMod(eventTime, frame.spec.size);
        TimeFrame::Window& window = windows[start];
        window.start = start;
        window.end = start + frame.spec.size;
        return window;
    }

    void arrive(TimeFrame::Dot& dot)
    {
        TimeFrame::Window& window = windowOf(dot.eventTime);
        ++window.truth;
        const bool late = frame.watermark && dot.eventTime <= *frame.watermark;
        if (frame.watermark && window.end - 1 + frame.spec.allowedLateness <= *frame.watermark) {
            dot.fate = TimeFrame::Fate::Dropped;
            ++frame.dropped;
            ++window.dropped;
            return;
        }
        ++window.count;
        if (window.firings > 0) {
            dot.fate = TimeFrame::Fate::AfterFiring;
            ++frame.afterFiring;
            ++window.lateCounted;
            ++window.firings;
        } else if (late) {
            dot.fate = TimeFrame::Fate::BehindWatermark;
            ++frame.behindWatermark;
        } else {
            ++frame.onTime;
        }
    }

    void advance(Millis seen, Millis eventTime)
    {
        const Millis next = eventTime - frame.spec.watermark.boundedOutOfOrderness - 1;
        if (frame.watermark && next <= *frame.watermark)
            return;
        frame.watermark = next;
        frame.steps.push_back({seen, next});
        for (auto& [start, window] : windows) {
            if (window.firings == 0 && window.end - 1 <= next) {
                window.firings = 1;
                window.firstFired = seen;
                window.firstCount = window.count;
                window.state = WindowState::Fired;
            }
            if (window.end - 1 + frame.spec.allowedLateness <= next)
                window.state = WindowState::Final;
        }
    }
};

} // namespace

Frame timeSample(const TimeSampleOptions& options)
{
    Frame whole;
    auto names = std::make_shared<Directory>();
    names->addTopic("orders", 6);
    names->pipelines = {"revenue"};
    whole.names = names;
    whole.version = 1;
    TimeFrame frame;
    frame.pipeline = 0;
    frame.spec.name = "revenue";
    frame.spec.from = "orders";
    frame.spec.size = options.window;
    frame.spec.slide = options.window;
    frame.spec.allowedLateness = options.lateness;
    frame.spec.watermark.boundedOutOfOrderness = options.outOfOrderness;
    frame.firstSeen = options.start;
    frame.now = options.start + options.span;
    frame.dots = arrivals(options);
    Counting counting{frame, {}, 0};
    std::map<Millis, TimeFrame::ProcessingWindow> processing;
    Millis low = kMaxMillis;
    Millis high = kMinMillis;
    for (TimeFrame::Dot& dot : frame.dots) {
        counting.arrive(dot);
        counting.advance(dot.seen, dot.eventTime);
        low = std::min(low, dot.eventTime);
        high = std::max(high, dot.eventTime);
        const Millis slot = dot.seen - floorMod(dot.seen, options.window);
        processing[slot].start = slot;
        processing[slot].end = slot + options.window;
        ++processing[slot].count;
    }
    for (const auto& [start, window] : counting.windows) {
        frame.windows.push_back(window);
        if (processing.contains(start))
            processing[start].truth = window.truth;
    }
    for (const auto& [start, window] : processing)
        frame.processing.push_back(window);
    if (frame.windows.size() > 400) {
        frame.windowsBefore = static_cast<std::int64_t>(frame.windows.size()) - 400;
        frame.windows.erase(frame.windows.begin(), frame.windows.end() - 400);
    }
    if (frame.processing.size() > 200)
        frame.processing.erase(frame.processing.begin(), frame.processing.end() - 200);
    if (!frame.dots.empty()) {
        frame.eventLow = low;
        frame.eventHigh = high;
    }
    whole.time = std::move(frame);
    return whole;
}

} // namespace tideline::test
