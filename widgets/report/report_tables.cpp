// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_tables.h"

#include "widgets/report/report_markup.h"
#include "widgets/report/report_words.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/time/window_words.h"

#include <QCoreApplication>

namespace tideline::widgets::report {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Report", text);
}

QString stateWord(const TimeFrame::Window& window)
{
    if (window.state == WindowState::Open)
        return window.firings > 0 ? tr("fired") : tr("open");
    return window.state == WindowState::Fired ? tr("fired, late records still change it") : tr("final");
}

QString difference(const TimeFrame::Window& window)
{
    if (window.count == window.truth)
        return tr("none");
    return QStringLiteral("%1%2").arg(window.count < window.truth ? QStringLiteral("−") : QStringLiteral("+"),
                                      countText(std::abs(window.count - window.truth)));
}

} // namespace

QString ledgerTable(const model::Report& report)
{
    std::vector<QStringList> rows;
    for (std::size_t i = 0; i < report.ledgers.size(); ++i) {
        const LedgerNumbers& ledger = report.ledgers[i];
        rows.push_back({QString::fromStdString(report.scenario.groups[i].name), countText(ledger.produced),
                        countText(ledger.acknowledged), countText(ledger.failed), countText(ledger.once),
                        countText(ledger.repeated), countText(ledger.lost), countText(ledger.expired),
                        countText(ledger.pending), countText(ledger.before)});
    }
    if (rows.empty())
        return paragraph(tr("No group reads in this scenario."));
    return table(tr("What became of the records, by group, counted from what clients saw"),
                 {tr("Group"), tr("Produced"), tr("Acknowledged"), tr("Given up"), tr("Delivered once"),
                  tr("Delivered more than once"), tr("Lost"), tr("Expired unread"), tr("Waiting"),
                  tr("Sent before the group read")},
                 rows);
}

QString guaranteeTable(const model::Report& report)
{
    std::vector<QStringList> rows;
    for (const Guarantee& guarantee : report.guarantees)
        rows.push_back({guaranteeName(guarantee.kind), guaranteeAnswer(guarantee)});
    if (rows.empty())
        return {};
    return table(tr("Guarantees: what a user is promised, and may choose to give up"),
                 {tr("Guarantee"), tr("In this run")}, rows, Cells::Words);
}

QString exceptionTable(const model::Report& report)
{
    std::vector<QStringList> rows;
    for (const Fact& fact : report.exceptions)
        rows.push_back({clockText(fact.time), factText(fact.body, fact.time, *report.names)});
    if (rows.empty())
        return {};
    QString html = table(tr("What broke them"), {tr("Time"), tr("Fact")}, rows, Cells::Words);
    if (report.exceptionsLeftOut > 0)
        html += paragraph(tr("Further facts of this kind: %1.").arg(countText(report.exceptionsLeftOut)));
    return html;
}

QString windowTable(const Frame& frame)
{
    if (!frame.time || frame.time->windows.empty())
        return paragraph(tr("No window has got a record."));
    std::vector<QStringList> rows;
    for (const TimeFrame::Window& window : frame.time->windows) {
        const WindowAnswer answer = answerOf(frame.time->spec, window);
        rows.push_back({dataWindowText(window.start, window.end), stateWord(window), answer.answerText,
                        answer.truthText, difference(window), countText(window.lateCounted),
                        countText(window.dropped), countText(window.firings)});
    }
    QString html =
        table(frame.time->spec.aggregate == AggregateKind::Sum
                  ? tr("Windows in event time: the sums that the pipeline answered, and what was true")
                  : tr("Windows in event time: the counts that the pipeline answered, and what was true"),
              {tr("Window"), tr("State"), tr("Answer"), tr("Truth"), tr("Difference in records"),
               tr("Counted after firing"), tr("Dropped"), tr("Firings")},
              rows);
    if (frame.time->windowsBefore > 0)
        html +=
            paragraph(tr("Earlier windows that are left out: %1.").arg(countText(frame.time->windowsBefore)));
    return html;
}

} // namespace tideline::widgets::report
