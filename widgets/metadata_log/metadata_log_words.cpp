// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/metadata_log/metadata_log_words.h"

#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace tideline::widgets {

namespace {

using Column = model::MetadataLogModel::Column;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::MetadataLog)
};

constexpr int kMostNames = 4; // that fit a cell

bool isBroker(const MetadataLogFrame::Holder& holder, const MetadataLogFrame& log)
{
    // Controllers come first, and nodes are numbered brokers first.
    return !log.holders.empty() && holder.node < log.holders.front().node;
}

QString headerText(int column)
{
    switch (column) {
    case Column::OffsetColumn:
        return Text::tr("offset");
    case Column::EpochColumn:
        return Text::tr("epoch");
    case Column::TypeColumn:
        return Text::tr("record");
    case Column::WordsColumn:
        return Text::tr("what it says");
    case Column::StateColumn:
        return Text::tr("committed");
    case Column::HoldersColumn:
        return Text::tr("who has it");
    case Column::EndsColumn:
        return Text::tr("whose log ends here");
    default:
        return {};
    }
}

} // namespace

QString holdersText(const MetadataLogFrame& log, Offset offset)
{
    int controllers = 0;
    int brokers = 0;
    int controllersInAll = 0;
    for (const MetadataLogFrame::Holder& holder : log.holders) {
        const bool has = holder.agreed > offset;
        if (isBroker(holder, log)) {
            brokers += has ? 1 : 0;
        } else {
            ++controllersInAll;
            controllers += has ? 1 : 0;
        }
    }
    return Text::tr("%1 of %2 controllers, %3 of %4 brokers")
        .arg(controllers)
        .arg(controllersInAll)
        .arg(brokers)
        .arg(static_cast<int>(log.holders.size()) - controllersInAll);
}

QString endsText(const MetadataLogFrame& log, Offset offset, const Directory& names)
{
    QStringList nodes;
    for (const MetadataLogFrame::Holder& holder : log.holders) {
        if (holder.agreed == offset + 1)
            nodes << nodeText(holder.node, names);
    }
    if (nodes.size() <= kMostNames)
        return nodes.join(QStringLiteral(", "));
    return Text::tr("%1 and %2 more")
        .arg(nodes.mid(0, kMostNames - 1).join(QStringLiteral(", ")))
        .arg(nodes.size() - kMostNames + 1);
}

QString logText(const MetadataLogFrame& log, const Directory& names)
{
    const QString whose = log.active ? Text::tr("log of %1, the active controller")
                                     : Text::tr("no controller is active; log of %1, which knows most");
    return Text::tr("%1: log start %2, log end %3, committed below %4")
        .arg(whose.arg(nodeText(log.source, names)), countText(log.start), countText(log.end),
             countText(log.committed));
}

QString holderText(const MetadataLogFrame::Holder& holder, const Directory& names)
{
    QString text = Text::tr("%1: %2 to %3")
                       .arg(nodeText(holder.node, names), countText(holder.start), countText(holder.end));
    if (holder.leads)
        text += Text::tr(", leads");
    if (!holder.alive)
        text += Text::tr(", does not run");
    if (holder.end > holder.agreed)
        text += Text::tr(", differs from %1 on").arg(countText(holder.agreed));
    if (holder.snapshot != kUnknownOffset)
        text += Text::tr(", snapshot up to %1, epoch %2, %3")
                    .arg(countText(holder.snapshot))
                    .arg(holder.snapshotEpoch)
                    .arg(bytesText(holder.snapshotBytes));
    return text;
}

model::MetadataLogWords metadataLogWords()
{
    return {
        [](bool committed) { return committed ? Text::tr("committed") : Text::tr("not yet"); },
        [](const MetadataLogFrame& log, Offset offset, const Directory&) { return holdersText(log, offset); },
        endsText, headerText};
}

} // namespace tideline::widgets
