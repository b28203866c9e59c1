// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/lab/world.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

constexpr std::size_t kMostMarks = 500;

} // namespace

std::vector<Guarantee> guaranteesOf(const World& world)
{
    Guarantee lost{Guarantee::Kind::NoAcknowledgedRecordLost, true, 0};
    Guarantee once{Guarantee::Kind::OncePerGroup, true, 0};
    for (std::size_t g = 0; g < world.groups.size(); ++g) {
        const LedgerNumbers numbers = world.ledger.numbers(static_cast<GroupIndex>(g));
        lost.exceptions += numbers.lost;
        once.exceptions += numbers.repeated + numbers.lost + numbers.expired;
    }
    lost.holds = lost.exceptions == 0;
    once.holds = once.exceptions == 0;
    lost.judged = once.judged = !world.groups.empty();
    return {lost, once};
}

ChartsFrame chartsFrame(const World& world, const ViewRequest&)
{
    ChartsFrame frame;
    const RollUps& rolls = world.rollUps;
    frame.bucket = rolls.bucket();
    for (std::size_t i = 0; i < rolls.lineCount(); ++i) {
        const RollUps::Line& line = rolls.line(i);
        ChartsFrame::Series series;
        series.chart = line.chart;
        series.line = line.line;
        series.index = line.index;
        series.group = line.group;
        for (std::size_t p = 0; p < line.points.size(); ++p) {
            if (line.points[p] == RollUps::kNothing) { // a gap in the line
                series.points.emplace_back(static_cast<Micros>(p + 1) * rolls.bucket(),
                                           std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            double value = static_cast<double>(line.points[p]);
            if (line.chart == ChartsFrame::Chart::Throughput)
                value = value * static_cast<double>(kMicrosPerSecond) / static_cast<double>(rolls.bucket());
            else if (line.chart == ChartsFrame::Chart::Latency)
                value /= static_cast<double>(kMicrosPerMilli);
            series.points.emplace_back(static_cast<Micros>(p + 1) * rolls.bucket(), value);
        }
        frame.series.push_back(std::move(series));
    }
    return frame;
}

TimelineFrame timelineFrame(const World& world, const ViewRequest&)
{
    TimelineFrame frame;
    const RollUps::Line& density = world.rollUps.line(world.densityLine);
    frame.density = density.points;
    frame.bucket = world.rollUps.bucket();
    const std::vector<TimelineMark>& marks = *world.marks;
    const std::size_t shown = std::min(marks.size(), kMostMarks);
    for (std::size_t i = 0; i < shown; ++i)
        frame.marks.push_back({marks[i].fact, marks[i].time, marks[i].body});
    frame.marksLeftOut = world.marksLeftOut + static_cast<std::int64_t>(marks.size() - shown);
    return frame;
}

Frame makeFrame(const World& world, const ViewRequest& request)
{
    Frame frame;
    frame.version = static_cast<std::uint64_t>(world.events) * 2 + world.acts.size() * 2 +
                    static_cast<std::uint64_t>(world.now) + 1;
    frame.now = world.now;
    frame.duration = world.topology->scenario->duration;
    frame.invariantBroken = world.invariantBroken;
    frame.ended = world.invariantBroken || world.now >= frame.duration;
    frame.events = world.events;
    frame.facts = world.journal.total();
    frame.seed = world.topology->scenario->seed;
    frame.title = world.topology->scenario->title;
    frame.names = world.names;
    if (!world.pipelines.empty()) {
        const PipelineJob& first = *world.pipelines.front();
        const Millis watermark = first.windows().watermark();
        if (watermark != kMinMillis) {
            frame.watermark = watermark;
            if (watermark != kMaxMillis)
                frame.watermarkLag = fromMillis(
                    world.topology->dataTimes[static_cast<std::size_t>(first.topic())].at(world.now) -
                    watermark);
        }
    }
    frame.guarantees = guaranteesOf(world);
    frame.invariantChecks = kInvariantCount;
    frame.timeline = timelineFrame(world, request);
    frame.inspector = inspectorFrame(world, request);
    addSnapshots(world, frame.inspector);
    frame.cluster = clusterFrame(world, request);
    if (request.metadataRows > 0)
        frame.metadataLog = metadataLogFrame(world, request);
    switch (request.view) {
    case View::Cluster:
        break;
    case View::Groups:
        frame.groups = groupsFrame(world, request);
        break;
    case View::Time:
        frame.time = timeFrame(world, request);
        break;
    case View::Charts:
        frame.charts = chartsFrame(world, request);
        break;
    case View::Journal: {
        JournalFrame journal;
        journal.facts = world.journal.facts();
        journal.firstStored = journal.facts.empty() ? 1 : journal.facts[0].number;
        journal.total = world.journal.total();
        frame.journal = std::move(journal);
        break;
    }
    }
    return frame;
}

} // namespace tideline
