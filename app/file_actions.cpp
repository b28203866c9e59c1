// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_actions.h"

#include "app/resource_places.h"
#include "app/scenario_chooser.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QProgressDialog>

#include <algorithm>

namespace tideline::app {

namespace {

constexpr std::size_t kMostSentences = 12; // in one box; `tideline check` says all

const QString kEnding = QStringLiteral(".tideline");

} // namespace

FileActions::FileActions(Lab& lab, QWidget* window)
    : QObject(window)
    , lab_(lab)
    , window_(window)
{}

void FileActions::open()
{
    if (!mayDiscard())
        return;
    const QString path =
        QFileDialog::getOpenFileName(window_, tr("Open a scenario"), QFileInfo(lab_.path()).absolutePath(),
                                     tr("Scenarios (*.tideline);;All files (*)"));
    if (!path.isEmpty())
        openPath(path);
}

void FileActions::openShipped()
{
    if (!mayDiscard())
        return;
    ScenarioChooser chooser(shippedScenarios(), window_);
    if (chooser.exec() == QDialog::Accepted)
        openPath(chooser.chosen());
}

bool FileActions::openPath(const QString& path)
{
    QProgressDialog progress(tr("Reading %1").arg(QFileInfo(path).fileName()), tr("Cancel"), 0, 100, window_);
    progress.setWindowModality(Qt::WindowModal); // setValue() keeps the window alive meanwhile
    progress.setMinimumDuration(500);
    const std::vector<std::string> problems = lab_.open(path, [&](std::int64_t done, std::int64_t all) {
        progress.setValue(all > 0 ? static_cast<int>(done / std::max<std::int64_t>(1, all / 100)) : 0);
        return !progress.wasCanceled();
    });
    progress.reset();
    if (problems.empty()) {
        lab_.forgetRecoverable();
        return true;
    }
    if (progress.wasCanceled())
        return false;
    sayProblems(tr("This scenario cannot be opened"), problems);
    return false;
}

bool FileActions::save()
{
    // Shipped scenarios stay as they are: what was done to one of them goes into a file of its own.
    if (lab_.path().isEmpty() || shippedScenarios().contains(QFileInfo(lab_.path()).absoluteFilePath()))
        return saveAs();
    if (const std::optional<Error> failed = lab_.save(lab_.path())) {
        sayProblems(tr("The scenario was not saved"), {failed->sentence});
        return false;
    }
    return true;
}

bool FileActions::saveAs()
{
    QString path = QFileDialog::getSaveFileName(window_, tr("Save the scenario"), lab_.name() + kEnding,
                                                tr("Scenarios (*.tideline)"));
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += kEnding;
    if (const std::optional<Error> failed = lab_.save(path)) {
        sayProblems(tr("The scenario was not saved"), {failed->sentence});
        return false;
    }
    return true;
}

bool FileActions::mayDiscard()
{
    if (!lab_.modified())
        return true;
    const QMessageBox::StandardButton answer = QMessageBox::question(
        window_, tr("Unsaved acts"),
        tr("What you did in \"%1\" is not saved. Save it first?").arg(lab_.name()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save)
        return save();
    // What is discarded stays recoverable until another scenario is open or the window closes.
    return answer == QMessageBox::Discard;
}

bool FileActions::offerRecovery()
{
    const std::optional<model::UnsavedDocument> left = lab_.recoverable();
    if (!left)
        return false;
    const QString name = left->path.empty() ? tr("an unnamed scenario")
                                            : QFileInfo(QString::fromStdString(left->path)).fileName();
    const auto answer = QMessageBox::question(
        window_, tr("Unsaved acts were found"),
        tr("Tideline ended before what you did in %1 was saved. Open it again?").arg(name));
    if (answer != QMessageBox::Yes) {
        lab_.forgetRecoverable();
        return false;
    }
    const std::vector<std::string> problems = lab_.recover(*left);
    if (!problems.empty())
        sayProblems(tr("What was left cannot be opened"), problems);
    return problems.empty();
}

void FileActions::sayProblems(const QString& title, const std::vector<std::string>& sentences)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(sentences.size(), kMostSentences); ++i)
        lines.append(QString::fromStdString(sentences[i]));
    if (sentences.size() > kMostSentences)
        lines.append(tr("Further mistakes: %1. \"tideline check\" says them all.")
                         .arg(sentences.size() - kMostSentences));
    QMessageBox box(QMessageBox::Warning, title, title, QMessageBox::Ok, window_);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(lines.join(QStringLiteral("\n\n")));
    box.exec();
}

} // namespace tideline::app
