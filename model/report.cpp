// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/report.h"

#include "model/slice_of_work.h"

#include <utility>

namespace tideline::model {

namespace {

constexpr std::int32_t kFigureWidth = 1280; // logical pixels
constexpr std::int32_t kFigureHeight = 760;

ViewRequest figureRequest(View view)
{
    ViewRequest request;
    request.view = view;
    request.width = kFigureWidth;
    request.height = kFigureHeight;
    return request;
}

FramePtr figureFrame(const Engine& engine, View view, Selection::Kind kind = Selection::Kind::None,
                     std::size_t index = 0)
{
    ViewRequest request = figureRequest(view);
    request.selection.kind = kind;
    if (kind != Selection::Kind::None)
        request.selection.index = static_cast<std::int32_t>(index);
    return std::make_shared<const Frame>(engine.frame(request));
}

// False when it was given up. `before`: µs that earlier runs had, for the progress.
bool runTo(Engine& engine, Micros until, Micros before, const ReportProgress& progress)
{
    return advanceInSlices(engine, until, [&] {
        return !progress || progress(before + engine.now(), 2 * engine.scenario().duration);
    });
}

void readExceptions(const Engine& engine, Report& report)
{
    const auto& journal = engine.journal();
    for (std::size_t i = 0; i < journal.size(); ++i) {
        const FactBody& body = journal[i].body;
        if (!std::holds_alternative<RecordsLost>(body) && !std::holds_alternative<RecordsRedelivered>(body))
            continue;
        if (report.exceptions.size() < Report::kExceptions)
            report.exceptions.push_back(journal[i]);
        else
            ++report.exceptionsLeftOut;
    }
}

void readEnd(const Engine& engine, Report& report)
{
    report.hash = engine.hash();
    report.events = engine.events();
    report.facts = engine.facts();
    report.end = engine.now();
    report.invariantBroken = engine.invariantBroken();
    report.names = engine.names();
    report.charts = figureFrame(engine, View::Charts);
    report.guarantees = report.charts->guarantees;
    report.invariantChecks = report.charts->invariantChecks;
    for (std::size_t i = 0; i < report.scenario.groups.size(); ++i) {
        report.ledgers.push_back(engine.ledger(static_cast<GroupIndex>(i)));
        report.groups.push_back(figureFrame(engine, View::Groups, Selection::Kind::Group, i));
    }
    for (std::size_t i = 0; i < report.scenario.pipelines.size(); ++i)
        report.pipelines.push_back(figureFrame(engine, View::Time, Selection::Kind::Pipeline, i));
    readExceptions(engine, report);
}

} // namespace

std::optional<Report> buildReport(const Scenario& scenario, const std::vector<TapePtr>& tapes,
                                  const ReportProgress& progress)
{
    Report report;
    report.scenario = scenario;
    const Engine start(scenario, tapes);
    Engine engine = start;
    if (!runTo(engine, scenario.duration, 0, progress))
        return std::nullopt;
    readEnd(engine, report);

    const std::vector<ReportMoment> moments = reportMoments(engine.journal(), engine.now());
    Engine again = start;
    Micros shown = -1;
    for (const ReportMoment& moment : moments) {
        if (!runTo(again, moment.at, scenario.duration, progress))
            return std::nullopt;
        Report::Moment entry{moment, nullptr};
        if (moment.at != std::exchange(shown, moment.at))
            entry.cluster = figureFrame(again, View::Cluster);
        report.moments.push_back(std::move(entry));
    }
    return report;
}

} // namespace tideline::model
