// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keyboard_page.h"

#include "app/actions.h"
#include "widgets/faults/fault_offers.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace tideline::app {

namespace {

QString row(const QString& keys, const QString& what)
{
    return QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
        .arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
}

} // namespace

QString keyboardPage()
{
    QString page = QStringLiteral("<table cellpadding=\"3\">");
    for (const ActionSpec& spec : Actions::specs())
        page += row(QKeySequence(QLatin1String(spec.shortcut)).toString(QKeySequence::NativeText),
                    Actions::tr(spec.tooltip));
    for (int i = 0; i < widgets::kFaults; ++i) {
        const widgets::FaultAction fault = widgets::faultAction(static_cast<widgets::Fault>(i));
        page += row(fault.shortcut.toString(QKeySequence::NativeText), fault.tooltip);
    }
    const auto tr = [](const char* text) { return QCoreApplication::translate("KeyboardPage", text); };
    page +=
        row(tr("arrow keys"), tr("move through what a picture shows")) +
        row(tr("Home, End, Page Up, Page Down"), tr("move through a picture or a table in larger steps")) +
        row(tr("Enter"), tr("select what is marked")) + row(tr("Esc"), tr("select nothing"));
    return page + QStringLiteral("</table>");
}

} // namespace tideline::app
