// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style_sheet.h"

#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"

#include <QFile>
#include <QHash>

namespace tideline::widgets {

QString makeStyleSheet(const Theme& theme)
{
    QFile file(QStringLiteral(":/themes/tideline.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString source = QString::fromUtf8(file.readAll());
    QHash<QString, QString> colors;
    for (int i = 0; i < kColorRoles; ++i) {
        const auto role = static_cast<ColorRole>(i);
        colors.insert(QString::fromLatin1(roleName(role)), theme.color(role).name());
    }
    QString sheet;
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (source[i] != u'@') {
            sheet += source[i];
            continue;
        }
        qsizetype end = i + 1;
        while (end < source.size() && source[end].isLetterOrNumber())
            ++end;
        const QString name = source.mid(i + 1, end - i - 1);
        sheet += colors.value(name, u'@' + name);
        i = end - 1;
    }
    return sheet;
}

} // namespace tideline::widgets
