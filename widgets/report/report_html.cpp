// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_html.h"

#include "engine/lab/duration_text.h"
#include "widgets/report/report_figures.h"
#include "widgets/report/report_markup.h"
#include "widgets/report/report_style.h"
#include "widgets/report/report_tables.h"
#include "widgets/report/report_words.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

using namespace report;

QString tr(const char* text)
{
    return QCoreApplication::translate("Report", text);
}

QString titleOf(const model::Report& report)
{
    return report.scenario.title.empty() ? tr("A run without a title")
                                         : QString::fromStdString(report.scenario.title);
}

QString overview(const model::Report& report)
{
    QString html = heading(1, titleOf(report));
    if (!report.scenario.description.empty())
        html += QStringLiteral("<p class=\"lede\">") +
                escaped(QString::fromStdString(report.scenario.description)) + QStringLiteral("</p>\n");
    html += paragraph(summary(report));
    for (const std::string& note : report.notes)
        html += paragraph(QString::fromStdString(note));
    return html + definitions({{tr("Length"), QString::fromStdString(formatDuration(report.end))},
                               {tr("Seed"), QString::number(report.scenario.seed)},
                               {tr("Events"), countText(report.events)},
                               {tr("Facts"), countText(report.facts)},
                               {tr("Kinds of invariants checked"), countText(report.invariantChecks)},
                               {tr("Hash of the run"),
                                QStringLiteral("%1").arg(report.hash, 16, 16, QLatin1Char('0'))}});
}

QString momentText(const model::Report::Moment& entry, const Directory& names)
{
    const model::ReportMoment& moment = entry.moment;
    QString html = heading(3, momentTitle(moment.kind)) + QStringLiteral("<p class=\"when\">") +
                   clockText(moment.at) + QStringLiteral("</p>\n");
    if (moment.fact.number > 0)
        html += paragraph(factText(moment.fact.body, moment.at, names) + QLatin1Char('.'));
    if (const QString meaning = momentMeaning(moment.kind); !meaning.isEmpty())
        html += paragraph(meaning);
    if (moment.further > 0)
        html += paragraph(
            tr("It happens again later; further facts of this kind: %1.").arg(countText(moment.further)));
    if (entry.cluster)
        html += figure(*entry.cluster, View::Cluster, tr("The cluster at %1").arg(clockText(moment.at)));
    return html;
}

QString moments(const model::Report& report)
{
    QString html = heading(2, tr("What happened"));
    for (const model::Report::Moment& entry : report.moments)
        html += momentText(entry, *report.names);
    return html;
}

QString delivery(const model::Report& report)
{
    QString html = heading(2, tr("What became of the records")) + ledgerTable(report) +
                   guaranteeTable(report) + exceptionTable(report);
    for (std::size_t i = 0; i < report.groups.size(); ++i)
        html += figure(*report.groups[i], View::Groups,
                       tr("Group %1 at the end").arg(QString::fromStdString(report.scenario.groups[i].name)));
    return html;
}

QString windows(const model::Report& report)
{
    QString html;
    for (std::size_t i = 0; i < report.pipelines.size(); ++i) {
        const QString name = QString::fromStdString(report.scenario.pipelines[i].name);
        html +=
            heading(2, tr("Windows of %1").arg(name)) + windowTable(*report.pipelines[i]) +
            figure(*report.pipelines[i], View::Time, tr("Event time against processing time, %1").arg(name));
    }
    return html;
}

QString scenarioText(const model::Report& report)
{
    return heading(2, tr("The scenario")) +
           paragraph(tr("This file, this seed and this program give the same run, byte for byte.")) +
           QStringLiteral("<pre>") + escaped(QString::fromStdString(report.scenario.text)) +
           QStringLiteral("</pre>\n");
}

} // namespace

QByteArray reportHtml(const model::Report& report)
{
    QString html =
        QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>") +
        escaped(titleOf(report)) + QStringLiteral(" – Tideline</title>\n<style>") + styleSheet() +
        QStringLiteral("</style>\n</head>\n<body>\n<main>\n");
    html += overview(report) + moments(report) + delivery(report) + windows(report);
    html += heading(2, tr("Over time")) +
            figure(*report.charts, View::Charts, tr("The whole run in five charts"));
    html += scenarioText(report) + QStringLiteral("</main>\n</body>\n</html>\n");
    return html.toUtf8();
}

} // namespace tideline::widgets
