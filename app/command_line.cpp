// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/check_command.h"
#include "app/exit_status.h"
#include "app/export_log_command.h"
#include "app/interrupt.h"
#include "app/option_values.h"
#include "app/report_command.h"
#include "app/run_command.h"
#include "app/say.h"
#include "app/shot_command.h"
#include "app/window_command.h"

#include <CLI/CLI.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace tideline::app {

namespace {

// Words as they were typed; they become values after the whole line is known to be well formed.
struct Words
{
    std::string file, until, seed, print, view, at, size, theme, output, partition, broker;
};

const std::vector<std::string> kPrints{"journal", "state", "metrics", "hash"};
const std::vector<std::string> kThemes{"dark", "light"};

struct Program
{
    CLI::App app{"Tideline: watch a streaming system work, break it, rewind it and understand it."};
    Words words;
    CLI::App* run = nullptr;
    CLI::App* shot = nullptr;
    CLI::App* report = nullptr;
    CLI::App* check = nullptr;
    CLI::App* exportLog = nullptr;
};

void describe(Program& program)
{
    CLI::App& app = program.app;
    Words& words = program.words;
    app.name("tideline");
    app.set_version_flag("--version", "tideline " TIDELINE_VERSION);
    app.add_option("FILE", words.file,
                   "a scenario (*.tideline); without it the first one that comes with the program");
    app.footer("Times are written like \"41 s\" or \"1.5 min\"; a time past the end means the end.\n"
               "Exit status: 0 well, 1 an invariant failed, 2 bad input or usage, 130 interrupted.");

    program.run = app.add_subcommand("run", "run a scenario without a window and print a result");
    program.run->add_option("FILE", words.file, "a scenario")->required();
    program.run->add_option("--until", words.until, "stop at this time of the run");
    program.run->add_option("--seed", words.seed, "use this seed instead of the scenario's");
    program.run->add_option("--print", words.print, "journal, state, metrics or hash; without it a summary");

    program.shot = app.add_subcommand("shot", "draw one view at one moment into a PNG file");
    program.shot->add_option("FILE", words.file, "a scenario")->required();
    program.shot->add_option("--view", words.view, "cluster, groups, time, charts or journal")->required();
    program.shot->add_option("--at", words.at, "time of the run; without it the end");
    program.shot->add_option("--size", words.size, "width x height in pixels, 1600x1000 without it");
    program.shot->add_option("--theme", words.theme, "dark or light; dark without it");
    program.shot->add_option("-o", words.output, "the file to write, *.png")->required();

    program.report = app.add_subcommand("report", "run a scenario and write what happened as one HTML page");
    program.report->add_option("FILE", words.file, "a scenario")->required();
    program.report->add_option("-o", words.output, "the file to write, *.html")->required();

    program.check = app.add_subcommand("check", "read a scenario and say every mistake in it");
    program.check->add_option("FILE", words.file, "a scenario")->required();

    program.exportLog = app.add_subcommand("export-log", "write a partition as a Kafka segment directory");
    program.exportLog->add_option("FILE", words.file, "a scenario")->required();
    program.exportLog->add_option("--partition", words.partition, "its name, such as orders-0")->required();
    program.exportLog->add_option("--broker", words.broker, "whose replica; the leader's without it");
    program.exportLog->add_option("--at", words.at, "time of the run; without it the end");
    program.exportLog->add_option("-o", words.output, "the folder to write, new or empty")->required();
    program.check->footer("Exit status: 0 well, 2 bad input or usage.");
    program.report->footer(
        "Exit status: 0 well, 1 an invariant failed, 2 bad input or usage, 130 interrupted.");
    app.require_subcommand(0, 1);
}

// Says every wrong value, and remembers that there was one.
class Values
{
public:
    explicit Values(const CLI::App& options)
        : options_(options)
    {}

    // Reads the option's value into `target` when the option was given.
    template <class T, class Target, class... More>
    void read(const char* option, const std::string& word,
              Result<T> (*reader)(const std::string&, const std::string&, More...), Target& target,
              std::type_identity_t<More>... more)
    {
        if (options_.get_option(option)->count() == 0)
            return;
        const Result<T> result = reader(option, word, more...);
        if (result.ok()) {
            target = result.value();
        } else {
            sayWrong(result.error().sentence);
            good_ = false;
        }
    }
    bool good() const { return good_; }

private:
    const CLI::App& options_;
    bool good_ = true;
};

int startRun(const Program& program)
{
    const Words& words = program.words;
    RunOptions options;
    options.file = words.file;
    Values values(*program.run);
    values.read("--until", words.until, &timeOption, options.until);
    values.read("--seed", words.seed, &seedOption, options.seed);
    values.read("--print", words.print, &wordOption, options.print, kPrints);
    return values.good() ? runCommand(options) : kBadInput;
}

int startShot(const Program& program, int argc, char** argv)
{
    const Words& words = program.words;
    ShotOptions options;
    options.file = words.file;
    Values values(*program.shot);
    std::string theme = "dark";
    values.read("--view", words.view, &viewOption, options.view);
    values.read("--at", words.at, &timeOption, options.at);
    values.read("--size", words.size, &sizeOption, options.size);
    values.read("--theme", words.theme, &wordOption, theme, kThemes);
    values.read("-o", words.output, &outputOption, options.output, "png");
    options.theme = QString::fromStdString(theme);
    return values.good() ? shotCommand(options, argc, argv) : kBadInput;
}

int startReport(const Program& program, int argc, char** argv)
{
    ReportOptions options;
    options.file = program.words.file;
    Values values(*program.report);
    values.read("-o", program.words.output, &outputOption, options.output, "html");
    return values.good() ? reportCommand(options, argc, argv) : kBadInput;
}

int startExportLog(const Program& program)
{
    const Words& words = program.words;
    ExportLogOptions options;
    options.file = words.file;
    options.partition = words.partition;
    options.folder = words.output;
    Values values(*program.exportLog);
    values.read("--broker", words.broker, &brokerOption, options.broker);
    values.read("--at", words.at, &timeOption, options.at);
    return values.good() ? exportLogCommand(options) : kBadInput;
}

int start(const Program& program, int argc, char** argv)
{
    if (program.run->parsed())
        return startRun(program);
    if (program.shot->parsed())
        return startShot(program, argc, argv);
    if (program.report->parsed())
        return startReport(program, argc, argv);
    if (program.check->parsed())
        return checkCommand(program.words.file);
    if (program.exportLog->parsed())
        return startExportLog(program);
    return windowCommand(program.words.file, argc, argv);
}

// What is wrong with the words. The library's own messages do where they name the option.
std::string mistakeIn(const Program& program, const CLI::ParseError& error)
{
    std::string message = error.what();
    const std::string option = message.substr(0, message.find(':'));
    if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
        const std::vector<std::string> words = program.app.remaining(true);
        return "\"" + (words.empty() ? std::string() : words.front()) + "\" is not expected here";
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
        return message.find("At Most") == std::string::npos ? option + " lacks its value"
                                                            : option + " is given more than once";
    for (char& c : message)
        c = c == '\n' ? ' ' : c;
    return message;
}

// The way out is the help of the subcommand that was meant.
int refuse(const Program& program, const CLI::ParseError& error)
{
    std::string command;
    for (const CLI::App* sub : program.app.get_subcommands())
        command += sub->get_name() + " ";
    const std::string place = command.empty() ? "" : command.substr(0, command.size() - 1) + ": ";
    sayWrong(place + mistakeIn(program, error) + "; \"tideline " + command + "--help\" lists what there is");
    return kBadInput;
}

// "tideline FILE run FILE" would leave one of the two unread.
bool namesAFileTooEarly(const Program& program)
{
    if (program.app.get_subcommands().empty() || program.app.get_option("FILE")->count() == 0)
        return false;
    const std::string name = program.app.get_subcommands().front()->get_name();
    sayWrong("a file stands before \"" + name +
             "\", where it would not be read; write it behind, as in \"tideline " + name + " FILE\"");
    return true;
}

} // namespace

int runCommandLine(int argc, char** argv)
{
    watchForInterrupt();
    Program program;
    describe(program);
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return program.app.exit(asked); // --help, --version
    } catch (const CLI::ParseError& error) {
        return refuse(program, error);
    }
    return namesAFileTooEarly(program) ? kBadInput : start(program, argc, argv);
}

} // namespace tideline::app
