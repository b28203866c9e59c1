// SPDX-License-Identifier: GPL-3.0-or-later
// Report: what is in the report of a run: numbers, moments and the frames that its figures are drawn from.
//
// It follows from scenario, seed and logs alone: no date, no path, no name of a machine. Words and figures
// are made in widgets/report. A plain value; any thread.
#pragma once

#include "engine/lab/engine.h"
#include "model/report_moments.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tideline::model {

struct Report
{
    struct Moment
    {
        ReportMoment moment;
        FramePtr cluster; // null when an earlier moment has the same time
    };
    Scenario scenario;
    std::vector<std::string> notes; // what was skipped or changed in reading its logs, one sentence each
    std::uint64_t hash = 0;
    std::int64_t events = 0;
    std::int64_t facts = 0;
    Micros end = 0; // µs of the run
    bool invariantBroken = false;
    std::int32_t invariantChecks = 0;
    std::shared_ptr<const Directory> names;
    std::vector<Moment> moments;
    std::vector<LedgerNumbers> ledgers; // by group
    std::vector<Guarantee> guarantees;
    std::vector<Fact> exceptions; // RecordsLost and RecordsRedelivered, at most kExceptions
    std::int64_t exceptionsLeftOut = 0;
    std::vector<FramePtr> groups;    // at the end, one a group
    std::vector<FramePtr> pipelines; // Time view at the end, one a pipeline
    FramePtr charts;                 // at the end

    static constexpr std::size_t kExceptions = 20;
};

// Told now and then: µs of the run done, of how many (it is run twice); false gives up.
using ReportProgress = std::function<bool(Micros, Micros)>;

// Runs the scenario to its end, chooses the moments, and runs it again up to each of them. None when it was
// given up.
std::optional<Report> buildReport(const Scenario& scenario, const std::vector<TapePtr>& tapes,
                                  const ReportProgress& progress = {});

} // namespace tideline::model
