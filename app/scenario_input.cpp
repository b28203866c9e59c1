// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scenario_input.h"

#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/resource_places.h"
#include "app/say.h"

namespace tideline::app {

std::optional<model::OpenedLab> openInput(const std::string& file, std::optional<std::uint64_t> seed)
{
    model::LabRead read;
    {
        ProgressLine line("reading");
        read = model::openLab(file, logFolders(), [&](std::int64_t done, std::int64_t all) {
            line.show(done, all);
            return !interrupted();
        });
    }
    if (const ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read)) {
        for (const std::string& sentence : problems->sentences)
            sayWrong(sentence);
        return std::nullopt;
    }
    model::OpenedLab lab = std::move(std::get<model::OpenedLab>(read));
    if (seed)
        lab.scenario.seed = *seed;
    for (const std::string& note : lab.notes)
        sayAside(note);
    return lab;
}

} // namespace tideline::app
