// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/document.h"

#include "engine/lab/scenario_writer.h"
#include "model/document_tapes.h"

#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace tideline::model {

namespace {

LabRead withTapes(ScenarioRead read, const ReadProgress& progress)
{
    if (ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read))
        return std::move(*problems);
    OpenedLab lab;
    lab.scenario = std::move(std::get<Scenario>(read));
    if (std::optional<ScenarioProblems> problems = openTapes(lab, progress))
        return std::move(*problems);
    return lab;
}

} // namespace

LabRead openLab(const std::string& path, const std::vector<std::string>& logFolders,
                const ReadProgress& progress)
{
    return withTapes(readScenarioFile(path, logFolders), progress);
}

LabRead openLabText(const std::string& text, const std::string& folder,
                    const std::vector<std::string>& logFolders, const ReadProgress& progress)
{
    return withTapes(readScenario(text, {folder, logFolders}), progress);
}

std::optional<Error> saveLab(const std::string& path, const std::string& text,
                             const std::vector<TimedCommand>& script, const std::string& from)
{
    const QString old = from.empty() ? QString() : QFileInfo(QString::fromStdString(from)).absolutePath();
    const bool moves = !old.isEmpty() && old != QFileInfo(QString::fromStdString(path)).absolutePath();
    const Result<std::string> written =
        writeScenario(text, script, moves ? old.toStdString() : std::string());
    if (!written.ok())
        return written.error();
    return writeFile(path, written.value(), "the scenario");
}

std::optional<Error> writeFile(const std::string& path, const std::string& bytes, const std::string& what)
{
    const QString name = QString::fromStdString(path);
    const std::string place = "\"" + path + "\": ";
    if (QFileInfo(name).isDir())
        return Error{place + what + " is a file, and this is a folder; add a file name"};
    QSaveFile file(name);
    const auto size = static_cast<qint64>(bytes.size());
    const auto fails = [&](const std::string& reason) {
        return Error{place + what + " cannot be written here (" + reason +
                     "); choose a place that exists and may be written to"};
    };
    if (!file.open(QIODevice::WriteOnly))
        return fails(file.errorString().toStdString());
    if (file.write(bytes.data(), size) != size) // a full disk takes less than it is given, without an error
        return fails(file.error() == QFileDevice::NoError ? "there is no room for all of it"
                                                          : file.errorString().toStdString());
    if (!file.commit())
        return fails(file.errorString().toStdString());
    return std::nullopt;
}

} // namespace tideline::model
