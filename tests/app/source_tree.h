// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own source files as text, for tests that read them.
#pragma once

#include <QDirIterator>
#include <QFile>
#include <QStringList>

namespace tideline::tests {

struct SourceFile
{
    QString name; // from the root of the tree: "engine/base/time.h"
    QStringList lines;
};

// Every .h and .cpp below the folder `layer` of `root`, by name.
inline QList<SourceFile> sourcesOf(const QString& root, const QString& layer)
{
    QStringList names;
    QDirIterator walk(root + QLatin1Char('/') + layer, {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                      QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext())
        names.append(walk.next());
    names.sort();
    QList<SourceFile> files;
    for (const QString& name : names) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            files.append(
                {name.mid(root.size() + 1), QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))});
    }
    return files;
}

} // namespace tideline::tests
