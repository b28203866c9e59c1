// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/resource_places.h"

#include <QDir>
#include <QFileInfo>

namespace tideline::app {

namespace {

QString executableFolder()
{
    return QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
}

QStringList resourceFolders()
{
    const QDir here(executableFolder());
    return {here.filePath(QStringLiteral("resources")), QStringLiteral(TIDELINE_SOURCE_DIR "/resources"),
            here.filePath(QStringLiteral("../share/tideline"))};
}

} // namespace

QString resourceFile(const QString& name)
{
    for (const QString& folder : resourceFolders()) {
        const QFileInfo file(QDir(folder).filePath(name));
        if (file.exists())
            return file.absoluteFilePath();
    }
    return {};
}

QStringList shippedScenarios()
{
    const QString folder = resourceFile(QStringLiteral("scenarios"));
    if (folder.isEmpty())
        return {};
    QStringList files;
    for (const QFileInfo& file :
         QDir(folder).entryInfoList({QStringLiteral("*.tideline")}, QDir::Files, QDir::Name))
        files.append(file.absoluteFilePath());
    return files;
}

std::vector<std::string> logFolders()
{
    const QString folder = resourceFile(QStringLiteral("logs"));
    if (folder.isEmpty())
        return {};
    return {folder.toStdString()};
}

} // namespace tideline::app
