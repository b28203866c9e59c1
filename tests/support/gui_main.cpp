// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"

#include "widgets/theme/theme.h"

#include <QApplication>
#include <QHashSeed>
#include <QLocale>
#include <QStandardPaths>
#include <QtTest>

#include <atomic>

namespace tideline::test {

namespace {

std::atomic<int> warnings = 0;
QtMessageHandler previous = nullptr;

// The offscreen platform says at every start what it cannot do; a test cannot change that.
bool isOfThePlatform(const QString& message)
{
    return message.startsWith(QLatin1String("This plugin does not support"));
}

void countWarnings(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type != QtDebugMsg && type != QtInfoMsg && !isOfThePlatform(message))
        ++warnings;
    previous(type, context, message);
}

} // namespace

int runGuiTest(int argc, char** argv, std::unique_ptr<QObject> (*make)())
{
    QHashSeed::setDeterministicGlobalSeed();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsEmpty("FONTCONFIG_FILE"))
        qputenv("FONTCONFIG_FILE", TIDELINE_SOURCE_DIR "/resources/fonts/fonts.conf");
    QLocale::setDefault(QLocale::c());
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    previous = qInstallMessageHandler(countWarnings);
    QApplication::setCursorFlashTime(0);
    for (const Qt::UIEffect effect :
         {Qt::UI_AnimateMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip})
        QApplication::setEffectEnabled(effect, false);
    widgets::applyTheme(application, widgets::Theme::dark());
    const std::unique_ptr<QObject> test = make();
    const int failures = QTest::qExec(test.get(), argc, argv);
    if (warnings > 0)
        fprintf(stderr, "FAIL!  : Qt warned %d times; a warning is a failure\n", warnings.load());
    return failures + (warnings > 0 ? 1 : 0);
}

} // namespace tideline::test
