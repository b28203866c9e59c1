// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_state.h"

#include <QDir>
#include <QMainWindow>
#include <QSettings>
#include <QStandardPaths>

namespace tideline::app {

namespace {

const QString kGeometry = QStringLiteral("window/geometry");
const QString kLayout = QStringLiteral("window/layout");
const QString kLight = QStringLiteral("window/light");

} // namespace

WindowState loadWindowState()
{
    const QSettings settings;
    return {settings.value(kGeometry).toByteArray(), settings.value(kLayout).toByteArray(),
            settings.value(kLight).toBool()};
}

void saveWindowState(const QMainWindow& window, bool light)
{
    QSettings settings;
    settings.setValue(kGeometry, window.saveGeometry());
    settings.setValue(kLayout, window.saveState(kLayoutVersion));
    settings.setValue(kLight, light);
}

QString recoveryFile()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("unsaved.json"));
}

} // namespace tideline::app
