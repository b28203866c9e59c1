// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tideline::test {

QString checkGolden(const QString& actual, const QString& path)
{
    const QString full = QStringLiteral(TIDELINE_SOURCE_DIR "/") + path;
    QFile file(full);
    if (qEnvironmentVariableIntValue("TIDELINE_UPDATE_GOLDEN") == 1) {
        QDir().mkpath(QFileInfo(full).path());
        if (!file.open(QIODevice::WriteOnly) || file.write(actual.toUtf8()) < 0)
            return QStringLiteral("%1 cannot be written").arg(full);
        return {};
    }
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("no golden file %1; TIDELINE_UPDATE_GOLDEN=1 writes it").arg(full);
    const QStringList expected = QString::fromUtf8(file.readAll()).split(u'\n');
    const QStringList lines = actual.split(u'\n');
    for (qsizetype i = 0; i < std::max(lines.size(), expected.size()); ++i) {
        if (lines.value(i) != expected.value(i) || (i < lines.size()) != (i < expected.size()))
            return QStringLiteral("%1 line %2: expected \"%3\", got \"%4\"")
                .arg(path)
                .arg(i + 1)
                .arg(expected.value(i), lines.value(i));
    }
    return {};
}

} // namespace tideline::test
