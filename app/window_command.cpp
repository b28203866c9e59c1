// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_command.h"

#include "app/display.h"
#include "app/exit_status.h"
#include "app/main_window.h"
#include "app/resource_places.h"
#include "app/say.h"
#include "app/window_state.h"
#include "engine/lab/scenario_reader.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <csignal>
#include <cstdlib>

namespace tideline::app {

namespace {

// One window at a time keeps its unsaved acts for recovery; another one keeps them under a name that is never
// offered.
QString ownRecoveryFile(QLockFile& lock)
{
    return lock.tryLock()
               ? recoveryFile()
               : recoveryFile() + QLatin1Char('.') + QString::number(QCoreApplication::applicationPid());
}

// The mistakes of a file are said before a window is made for it.
bool sayMistakes(const QString& path)
{
    const ScenarioRead read = readScenarioFile(path.toStdString(), logFolders());
    const ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read);
    if (!problems)
        return false;
    for (const std::string& sentence : problems->sentences)
        sayWrong(sentence);
    return true;
}

int runWindow(const QString& path, int argc, char** argv)
{
    // Where a platform plug-in cannot start, Qt aborts; a person gets one sentence instead.
    const QtMessageHandler before =
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
            if (type == QtFatalMsg) {
                sayWrong(
                    "the display cannot be used for the window (" +
                    text.section(QLatin1Char('\n'), 0, 0).toStdString() +
                    "); correct DISPLAY or QT_QPA_PLATFORM, or use \"tideline shot\" or \"tideline report\"");
                std::_Exit(kBadInput);
            }
        });
    QApplication application(argc, argv);
    qInstallMessageHandler(before);
    QCoreApplication::setApplicationName(QStringLiteral("tideline"));
    QCoreApplication::setOrganizationName(QStringLiteral("tideline"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIDELINE_VERSION));
    widgets::loadFonts();
    widgets::applyTheme(application,
                        loadWindowState().light ? widgets::Theme::light() : widgets::Theme::dark());
    QDir().mkpath(QFileInfo(recoveryFile()).absolutePath());
    QLockFile lock(recoveryFile() + QStringLiteral(".lock"));
    MainWindow window(ownRecoveryFile(lock).toStdString());
    window.show();
    window.openWhenShown(path);
    return QApplication::exec();
}

} // namespace

int windowCommand(const std::string& file, int argc, char** argv)
{
    std::signal(SIGINT, SIG_DFL); // Ctrl+C ends a window at once; what was done is kept for recovery
    QString path = QString::fromStdString(file);
    if (path.isEmpty())
        path = shippedScenarios().value(0);
    else if (sayMistakes(path))
        return kBadInput;
    if (!displayThere()) {
        sayWrong("there is no display for the window (DISPLAY and WAYLAND_DISPLAY are empty); use \"tideline "
                 "shot\" for a picture or "
                 "\"tideline report\" for the whole run");
        return kBadInput;
    }
    return runWindow(path, argc, argv);
}

} // namespace tideline::app
