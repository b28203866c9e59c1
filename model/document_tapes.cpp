// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/document_tapes.h"

#include "model/log_tape.h"

namespace tideline::model {

namespace {

LogTapeRequest requestOf(const LogSourceSpec& log)
{
    LogTapeRequest request;
    request.path = log.path;
    request.timeColumn = log.timeColumn;
    request.arrivalColumn = log.arrivalColumn;
    request.keyColumn = log.keyColumn;
    request.skipBroken = log.skipBroken;
    return request;
}

// What a person should know about a log that was read all the same.
void noteStats(const std::string& file, const LogTapeStats& stats, std::vector<std::string>& notes)
{
    if (stats.brokenLines > 0)
        notes.push_back("\"" + file + "\": lines that were skipped: " + std::to_string(stats.brokenLines) +
                        "; the first: " + stats.firstBroken);
    if (stats.arrivalsBackwards > 0)
        notes.push_back("\"" + file + "\": arrivals before the line above, taken as that line's: " +
                        std::to_string(stats.arrivalsBackwards));
}

} // namespace

std::optional<ScenarioProblems> openTapes(OpenedLab& lab, const ReadProgress& progress)
{
    ScenarioProblems problems;
    for (std::size_t i = 0; i < lab.scenario.producers.size(); ++i) {
        const ProducerSpec& producer = lab.scenario.producers[i];
        if (!producer.log)
            continue;
        const Result<OpenedLog> opened = LogTape::open(requestOf(*producer.log), progress);
        if (!opened.ok()) {
            problems.sentences.push_back("producers[" + std::to_string(i) + "] \"" + producer.name +
                                         "\": " + opened.error().sentence);
            continue;
        }
        lab.tapes.push_back(opened.value().tape);
        noteStats(producer.log->file, opened.value().stats, lab.notes);
    }
    if (problems.sentences.empty())
        return std::nullopt;
    return problems;
}

} // namespace tideline::model
