// SPDX-License-Identifier: GPL-3.0-or-later
// Document: a scenario file on its way into the lab, and back onto the disk with what a person did.
//
// Opening reads and checks everything, the logs included, before anything that runs is touched: a bad file
// changes nothing. Saving replaces a file in one step, so that a full disk or a crash leaves the old one. Any
// thread.
#pragma once

#include "engine/base/error.h"
#include "engine/lab/scenario.h"
#include "engine/lab/scenario_reader.h"
#include "engine/lab/tape.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tideline::model {

struct OpenedLab
{
    Scenario scenario;
    std::vector<TapePtr> tapes;     // one for each producer that replays a log, in their order
    std::vector<std::string> notes; // what was skipped or changed in reading a log, one sentence each
};

using LabRead = std::variant<OpenedLab, ScenarioProblems>;

// Told now and then while a long log is read: bytes done, bytes in all; false gives up.
using ReadProgress = std::function<bool(std::int64_t, std::int64_t)>;

LabRead openLab(const std::string& path, const std::vector<std::string>& logFolders,
                const ReadProgress& progress = {});
// The same for the text of a scenario that lies, or would lie, in `folder`.
LabRead openLabText(const std::string& text, const std::string& folder,
                    const std::vector<std::string>& logFolders, const ReadProgress& progress = {});

// Writes the scenario with its script and the acts as one script. `text` as in Scenario::text; `script` as in
// mergedScript(). `from`: where the scenario lay, empty when nowhere; logs beside it are still found from
// another folder.
std::optional<Error> saveLab(const std::string& path, const std::string& text,
                             const std::vector<TimedCommand>& script, const std::string& from = {});
// Writes bytes to a file in one step, or says why not. `what` names the thing for the sentence: "the report".
std::optional<Error> writeFile(const std::string& path, const std::string& bytes, const std::string& what);

} // namespace tideline::model
