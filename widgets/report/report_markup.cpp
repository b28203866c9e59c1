// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_markup.h"

namespace tideline::widgets::report {

QString escaped(const QString& text)
{
    return text.toHtmlEscaped();
}

QString paragraph(const QString& text)
{
    return QStringLiteral("<p>") + escaped(text) + QStringLiteral("</p>\n");
}

QString heading(int level, const QString& text)
{
    return QStringLiteral("<h%1>").arg(level) + escaped(text) + QStringLiteral("</h%1>\n").arg(level);
}

QString table(const QString& caption, const QStringList& header, const std::vector<QStringList>& rows,
              Cells cells)
{
    QString html = QStringLiteral("<table%1>\n<caption>")
                       .arg(cells == Cells::Words ? QStringLiteral(" class=\"words\"") : QString()) +
                   escaped(caption) + QStringLiteral("</caption>\n<thead><tr>");
    for (const QString& cell : header)
        html += QStringLiteral("<th scope=\"col\">") + escaped(cell) + QStringLiteral("</th>");
    html += QStringLiteral("</tr></thead>\n<tbody>\n");
    for (const QStringList& row : rows) {
        html += QStringLiteral("<tr>");
        for (qsizetype i = 0; i < row.size(); ++i)
            html += (i == 0 ? QStringLiteral("<th scope=\"row\">") : QStringLiteral("<td>")) +
                    escaped(row[i]) + (i == 0 ? QStringLiteral("</th>") : QStringLiteral("</td>"));
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</tbody>\n</table>\n");
}

QString definitions(const std::vector<std::pair<QString, QString>>& entries)
{
    QString html = QStringLiteral("<dl>\n");
    for (const auto& [name, value] : entries)
        html += QStringLiteral("<div><dt>") + escaped(name) + QStringLiteral("</dt><dd>") + escaped(value) +
                QStringLiteral("</dd></div>\n");
    return html + QStringLiteral("</dl>\n");
}

} // namespace tideline::widgets::report
