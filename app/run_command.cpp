// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_command.h"
#include "app/interrupt.h"

#include "app/engine_run.h"
#include "app/exit_status.h"
#include "app/say.h"
#include "app/scenario_input.h"
#include "engine/lab/duration_text.h"
#include "engine/lab/engine.h"

#include <cstdio>

namespace tideline::app {

namespace {

std::string hashText(const Engine& engine)
{
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(engine.hash()));
    return text;
}

std::string journalText(const Engine& engine)
{
    std::string text;
    const auto& journal = engine.journal();
    const std::shared_ptr<const Directory> names = engine.names();
    for (std::size_t i = 0; i < journal.size(); ++i)
        text += printFact(journal[i], *names) + '\n';
    return text;
}

std::string metricsText(const Engine& engine)
{
    std::string text;
    for (const MetricLine& line : engine.metrics())
        text += line.name + ' ' + std::to_string(line.value) + ' ' + std::string(line.unit) + '\n';
    return text;
}

// The run in a few lines: where it stands, and what the delivery ledger says of each group.
std::string summaryText(const Engine& engine)
{
    std::string text = "time " + formatDuration(engine.now()) + ", events " +
                       std::to_string(engine.events()) + ", facts " + std::to_string(engine.facts()) +
                       ", hash " + hashText(engine) + '\n';
    const std::vector<GroupSpec>& groups = engine.scenario().groups;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const LedgerNumbers ledger = engine.ledger(static_cast<GroupIndex>(i));
        text +=
            "group " + groups[i].name + ": produced " + std::to_string(ledger.produced) + ", acknowledged " +
            std::to_string(ledger.acknowledged) + ", delivered once " + std::to_string(ledger.once) +
            ", delivered more than once " + std::to_string(ledger.repeated) + ", lost " +
            std::to_string(ledger.lost) + ", expired unread " + std::to_string(ledger.expired) +
            ", waiting " + std::to_string(ledger.pending) + ", sent before it began to read " +
            std::to_string(ledger.before) + ", given up " + std::to_string(ledger.failed) +
            (ledger.deleted > 0 ? ", deleted with their topic " + std::to_string(ledger.deleted) : "") + '\n';
    }
    return text;
}

std::string resultText(const Engine& engine, const std::string& print)
{
    if (print == "journal")
        return journalText(engine);
    if (print == "state")
        return engine.printState();
    if (print == "metrics")
        return metricsText(engine);
    if (print == "hash")
        return hashText(engine) + '\n';
    return summaryText(engine);
}

} // namespace

int runCommand(const RunOptions& options)
{
    const std::optional<model::OpenedLab> lab = openInput(options.file, options.seed);
    if (!lab)
        return interrupted() ? kInterrupted : kBadInput;
    Engine engine(lab->scenario, lab->tapes);
    if (!runTo(engine, options.until))
        return kInterrupted;
    if (!sayResult(resultText(engine, options.print)))
        return kBadInput;
    // Besides what is checked all along: every log and every state against each other, from the bytes.
    const std::vector<std::string> wrong = engine.audit();
    for (const std::string& sentence : wrong)
        sayWrong("the audit at the end found an error in tideline: " + sentence);
    if (!engine.invariantBroken())
        return wrong.empty() ? kWell : kInvariantFailed;
    sayWrong("an invariant broke at " + formatDuration(engine.now()) +
             " and the run stopped there: this is an error in tideline; --print journal shows its last fact");
    return kInvariantFailed;
}

} // namespace tideline::app
