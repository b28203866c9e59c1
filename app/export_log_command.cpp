// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_log_command.h"

#include "app/engine_run.h"
#include "app/exit_status.h"
#include "app/interrupt.h"
#include "app/say.h"
#include "app/scenario_input.h"
#include "engine/lab/export_log.h"
#include "engine/log/segment_directory.h"

#include <filesystem>

namespace tideline::app {

namespace {

// A folder with other files in it would be a partition that never was.
bool isFree(const std::string& folder)
{
    std::error_code failure;
    return !std::filesystem::exists(folder, failure) ||
           (std::filesystem::is_directory(folder, failure) && std::filesystem::is_empty(folder, failure));
}

} // namespace

int exportLogCommand(const ExportLogOptions& options)
{
    if (options.folder.empty()) {
        sayWrong("-o \"\": it names no folder; name a new or an empty one");
        return kBadInput;
    }
    if (!isFree(options.folder)) {
        sayWrong("-o \"" + options.folder +
                 "\": there is something there already; name a new or an empty folder");
        return kBadInput;
    }
    const std::optional<model::OpenedLab> lab = openInput(options.file);
    if (!lab)
        return interrupted() ? kInterrupted : kBadInput;
    Engine engine(lab->scenario, lab->tapes);
    if (!runTo(engine, options.at))
        return kInterrupted;
    const Result<ExportedLog> log = exportLog(engine.world(), options.partition, options.broker);
    if (!log.ok()) {
        sayWrong(log.error().sentence);
        return kBadInput;
    }
    const Result<std::size_t> written = writeSegmentDirectory(options.folder, log.value().files);
    if (!written.ok()) {
        sayWrong(written.error().sentence);
        return kBadInput;
    }
    sayResult(options.partition + " of broker " + std::to_string(log.value().broker) + ": batches " +
              std::to_string(log.value().batches) + ", records " + std::to_string(log.value().records) +
              ", files " + std::to_string(written.value()) + '\n');
    return engine.invariantBroken() ? kInvariantFailed : kWell;
}

} // namespace tideline::app
