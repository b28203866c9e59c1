// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/group_words.h"
#include "widgets/groups/groups_parts.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::GuaranteePanel)
};

constexpr qreal kRow = 23;

struct LedgerRow
{
    std::int64_t count = 0;
    QString words;
    ColorRole role = ColorRole::Text; // of the number when it is not 0
};

std::vector<LedgerRow> ledgerRows(const LedgerNumbers& ledger)
{
    std::vector<LedgerRow> rows{
        {ledger.once, Text::tr("delivered once"), ColorRole::TextGood},
        {ledger.repeated, Text::tr("delivered more than once"), ColorRole::TextWarning},
        {ledger.lost, Text::tr("lost"), ColorRole::TextBad},
        {ledger.pending, Text::tr("waiting"), ColorRole::Text},
        {ledger.before, Text::tr("sent before it began to read"), ColorRole::Text},
        {ledger.failed, Text::tr("given up by the producer"), ColorRole::TextWarning}};
    if (ledger.expired > 0)
        rows.push_back({ledger.expired, Text::tr("expired unread"), ColorRole::TextWarning});
    if (ledger.deleted > 0) // only where a topic was deleted
        rows.push_back(
            {ledger.deleted, Text::tr("deleted with their topic, unread"), ColorRole::TextWarning});
    return rows;
}

qreal addHeading(ScenePen& pen, const QRectF& room, qreal y, const QString& text)
{
    pen.text({room.left(), y, room.width(), 20}, text, ColorRole::TextMuted,
             {FontKind::Ui, 12, FontWeight::SemiBold});
    return y + 26;
}

void addLedger(ScenePen& pen, const QRectF& room, qreal y, const LedgerNumbers& ledger)
{
    if (y + 26 + kRow > room.bottom())
        return;
    y = addHeading(pen, room, y, Text::tr("What happened to each record"));
    const auto rows = ledgerRows(ledger);
    qreal numberWidth = 40;
    for (const LedgerRow& row : rows)
        numberWidth = std::max(numberWidth, pen.metrics().width(countText(row.count), kMonoFont) + 1);
    for (const LedgerRow& row : rows) {
        if (y + kRow > room.bottom())
            return;
        const QRectF number(room.left(), y, numberWidth, kRow);
        pen.text(number, countText(row.count), row.count == 0 ? ColorRole::TextFaint : row.role, kMonoFont,
                 Qt::AlignRight | Qt::AlignVCenter);
        const qreal left = number.right() + 12;
        pen.text({left, y, room.right() - left, kRow}, row.words, ColorRole::Text, kSmallFont);
        const QString name = Text::tr("%1: %2 records").arg(row.words, countText(row.count));
        pen.region({room.left(), y, room.width(), kRow}, name, {}, name).role = RegionRole::Value;
        y += kRow;
    }
    if (ledger.repeats > ledger.repeated && y + kRow <= room.bottom())
        pen.text({room.left(), y, room.width(), kRow},
                 Text::tr("%1 deliveries beyond the first").arg(countText(ledger.repeats)),
                 ColorRole::TextFaint, kSmallFont);
}

} // namespace

void addGuarantee(ScenePen& pen, const Frame& frame, const QRectF& room)
{
    const ClusterFrame::Group* group = shownGroup(*frame.groups);
    if (!group || room.height() < 60)
        return;
    const GuaranteeWords words = guaranteeOf(frame, frame.groups->spec);
    qreal y = addHeading(pen, room, room.top(), Text::tr("Guarantee"));
    pen.text({room.left(), y, room.width(), 20}, words.name, ColorRole::Text, kStrongFont);
    y += 22;
    // The ledger matters more than the explanation: it keeps its room.
    const qreal end = std::max(y, room.bottom() - 26 - 5 * kRow - 12);
    const QRectF told(room.left(), y, room.width(), end - y);
    qreal used = pen.paragraph(told, words.keys, ColorRole::TextMuted, kMonoSmallFont);
    used += used > 0 ? 4 : 0;
    used += pen.paragraph(told.adjusted(0, used, 0, 0), words.why, ColorRole::TextMuted, kSmallFont);
    used += 4;
    used += pen.paragraph(told.adjusted(0, used, 0, 0), words.acks, ColorRole::TextMuted, kSmallFont);
    const QString all = QStringLiteral("%1: %2. %3 %4").arg(words.name, words.keys, words.why, words.acks);
    pen.region({room.left(), room.top(), room.width(), y + used - room.top()}, all, {}, all).role =
        RegionRole::Value;
    addLedger(pen, room, y + used + 12, group->ledger);
}

} // namespace tideline::widgets
