// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report_command.h"

#include "app/exit_status.h"
#include "app/interrupt.h"
#include "app/offscreen_application.h"
#include "app/progress_line.h"
#include "app/say.h"
#include "app/scenario_input.h"
#include "model/report.h"
#include "widgets/report/report_html.h"

namespace tideline::app {

int reportCommand(const ReportOptions& options, int argc, char** argv)
{
    const std::optional<model::OpenedLab> lab = openInput(options.file);
    if (!lab)
        return interrupted() ? kInterrupted : kBadInput;
    std::optional<model::Report> report;
    {
        ProgressLine line("running");
        report = model::buildReport(lab->scenario, lab->tapes, [&](Micros done, Micros all) {
            line.show(done, all);
            return !interrupted();
        });
    }
    if (!report) {
        sayAside("interrupted; no report was written");
        return kInterrupted;
    }
    report->notes = lab->notes;
    const OffscreenApplication application(argc, argv);
    const std::string page = widgets::reportHtml(*report).toStdString();
    if (const std::optional<Error> failed =
            model::writeFile(options.output.toStdString(), page, "the report")) {
        sayWrong(failed->sentence);
        return kBadInput;
    }
    return report->invariantBroken ? kInvariantFailed : kWell;
}

} // namespace tideline::app
