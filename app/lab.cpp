// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab.h"

#include "app/resource_places.h"
#include "engine/lab/scenario_writer.h"

#include <QFileInfo>

#include <utility>

namespace tideline::app {

Lab::Lab(std::string recoveryFile, QObject* parent)
    : QObject(parent)
    , recovery_(std::move(recoveryFile))
{
    connect(&clock_, &FrameClock::statusChanged, this, &Lab::followActs);
    connect(&clock_, &FrameClock::statusChanged, this, &Lab::followLife);
    connect(&clock_, &FrameClock::frameArrived, this, &Lab::followLife);
    connect(&clock_, &FrameClock::refused, this, &Lab::problem);
}

// The life that is shown ended where the run was when it was asked for: once the run rests elsewhere, ask
// again.
void Lab::followLife()
{
    const model::SessionStatus status = session_.status();
    if (selection_.kind == Selection::Kind::Record && !status.playing && !status.jumping &&
        status.version != lifeAskedAt_)
        askLife(selection_.partition, selection_.offset);
}

void Lab::followActs(const model::SessionStatus& status)
{
    if (status.actList == acts_)
        return;
    acts_ = status.actList;
    if (acts() != saved_ && !acts().empty())
        keepForRecovery();
    emit actsChanged();
}

std::vector<std::string> Lab::open(const QString& path, const model::ReadProgress& progress)
{
    model::LabRead read = model::openLab(path.toStdString(), logFolders(), progress);
    if (ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read))
        return std::move(problems->sentences);
    recovered_ = false;
    begin(std::move(std::get<model::OpenedLab>(read)), path);
    return {};
}

std::vector<std::string> Lab::recover(const model::UnsavedDocument& document)
{
    const QString path = QString::fromStdString(document.path);
    const std::string folder = path.isEmpty() ? std::string() : QFileInfo(path).absolutePath().toStdString();
    model::LabRead read = model::openLabText(document.text, folder, logFolders());
    if (ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read))
        return std::move(problems->sentences);
    recovered_ = true;
    begin(std::move(std::get<model::OpenedLab>(read)), path);
    return {};
}

void Lab::begin(model::OpenedLab lab, const QString& path)
{
    scenario_ = lab.scenario;
    saved_.clear();
    acts_ = nullptr;
    path_ = path;
    session_.open(std::move(lab.scenario), std::move(lab.tapes));
    emit opened();
    select({});
    clock_.watch();
    for (const std::string& note : lab.notes)
        emit problem(QString::fromStdString(note));
}

QString Lab::name() const
{
    return path_.isEmpty() ? QString::fromStdString(scenario_.title) : QFileInfo(path_).completeBaseName();
}

const std::vector<TimedCommand>& Lab::acts() const
{
    static const std::vector<TimedCommand> none;
    return acts_ ? *acts_ : none;
}

bool Lab::modified() const
{
    return recovered_ || acts() != saved_;
}

std::optional<Error> Lab::save(const QString& path)
{
    const std::vector<TimedCommand> made = acts();
    if (std::optional<Error> failed =
            model::saveLab(path.toStdString(), scenario_.text, model::mergedScript(scenario_.script, made),
                           path_.toStdString()))
        return failed;
    path_ = path;
    saved_ = made;
    recovered_ = false;
    recovery_.forget();
    emit actsChanged();
    return std::nullopt;
}

void Lab::select(const Selection& selection)
{
    const bool same = selection == selection_;
    selection_ = selection;
    ViewRequest request = clock_.request();
    request.selection = selection;
    clock_.setRequest(request);
    if (selection.kind != Selection::Kind::Record)
        session_.life().forget();
    if (!same)
        emit selectionChanged(selection_);
}

void Lab::askLife(PartitionIndex partition, Offset offset)
{
    lifeAskedAt_ = session_.status().version;
    session_.askLife(partition, offset);
    clock_.watch();
}

void Lab::look(const ViewRequest& view)
{
    ViewRequest request = view;
    request.selection = selection_;
    request.metadataRows = metadataRows_;
    request.metadataFrom = metadataFrom_;
    clock_.setRequest(request);
}

void Lab::lookAtMetadata(qint32 rows, qint64 from)
{
    metadataRows_ = rows;
    metadataFrom_ = from;
    ViewRequest request = clock_.request();
    request.metadataRows = rows;
    request.metadataFrom = from;
    clock_.setRequest(request);
}

void Lab::act(const Command& command)
{
    session_.act(command);
    clock_.watch();
}

void Lab::restart()
{
    session_.restart();
    recovery_.forget();
    saved_.clear();
    clock_.watch();
}

void Lab::keepForRecovery()
{
    const Result<std::string> text =
        writeScenario(scenario_.text, model::mergedScript(scenario_.script, acts()));
    if (!text.ok())
        return;
    if (const std::optional<Error> failed = recovery_.keep({path_.toStdString(), text.value()}))
        emit problem(QString::fromStdString(failed->sentence));
}

} // namespace tideline::app
