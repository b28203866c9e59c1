// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simplified_page.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

// Outside any namespace, as Q_INIT_RESOURCE asks for: a static library's resources are linked only when
// somebody calls for them.
static void loadPages()
{
    Q_INIT_RESOURCE(pages);
}

namespace tideline::app {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SimplifiedPage", text);
}

QString translated(const QJsonValue& text)
{
    return tr(text.toString().toUtf8().constData()).toHtmlEscaped();
}

// "kafka/producer-state: r68", after the sentence that says why.
QString casesText(const QJsonObject& cases)
{
    QStringList files;
    for (auto file = cases.begin(); file != cases.end(); ++file) {
        QStringList ids;
        for (const QJsonValue& id : file.value().toArray())
            ids << id.toString();
        files << QStringLiteral("%1: %2").arg(file.key().section(QLatin1Char('.'), 0, 0),
                                              ids.join(QStringLiteral(", ")));
    }
    return files.isEmpty() ? QString()
                           : QStringLiteral(" <i>") +
                                 tr("Recorded cases that differ: %1.")
                                     .arg(files.join(QStringLiteral("; ")))
                                     .toHtmlEscaped() +
                                 QStringLiteral("</i>");
}

} // namespace

// From the file that the tests take their listed differences from.
QString simplifiedPage()
{
    loadPages();
    QFile file(QStringLiteral(":/simplified.json"));
    if (!file.open(QFile::ReadOnly))
        qFatal("the page of what is simplified is not in the program");
    QString html;
    for (const QJsonValue& part :
         QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("parts")].toArray()) {
        html +=
            QStringLiteral("<h3>") + translated(part[QLatin1String("title")]) + QStringLiteral("</h3><ul>");
        for (const QJsonValue& entry : part[QLatin1String("entries")].toArray())
            html += QStringLiteral("<li>") + translated(entry[QLatin1String("text")]) +
                    casesText(entry[QLatin1String("cases")].toObject()) + QStringLiteral("</li>");
        html += QStringLiteral("</ul>");
    }
    return html;
}

QString aboutPage()
{
    return QStringLiteral("<h2>Tideline ") + QStringLiteral(TIDELINE_VERSION) + QStringLiteral("</h2><p>") +
           tr("A lab in which you watch a streaming system work, break it, rewind it and understand it. "
              "Everything runs in this program; "
              "the same scenario, seed and commands give the same run.") +
           QStringLiteral("</p><p>") +
           tr("Modelled after Apache Kafka 4.4 and Apache Flink 2.3, and checked against cases recorded from "
              "them. Tideline is no part of "
              "these projects and is not endorsed by them.") +
           QStringLiteral("</p><p>") +
           tr("Free software under the GNU General Public License, version 3 or later.") +
           QStringLiteral("</p>");
}

} // namespace tideline::app
