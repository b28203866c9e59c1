// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/replica_row.h"

#include "widgets/cluster/record_cells.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace tideline::widgets {

namespace {

constexpr TextStyle kSmallFigure{ColorRole::TextMuted, {FontKind::Mono, 10, FontWeight::Regular}};

constexpr qreal kMarksBelow = 6;    // px under the cells
constexpr qreal kOffsetsBelow = 10; // px under the cells
constexpr FontSpec kLeaderName{FontKind::Ui, 12, FontWeight::SemiBold};
constexpr FontSpec kFollowerName{FontKind::Ui, 12, FontWeight::Medium};

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

bool isDown(const ReplicaRow& row)
{
    return row.broker.state == BrokerState::Stopped;
}

TextStyle nameStyle(const ReplicaRow& row)
{
    const bool leads = row.replica.leader;
    return {leads ? ColorRole::Text : ColorRole::TextMuted, leads ? kLeaderName : kFollowerName};
}

TextStyle roleStyle(const ReplicaRow& row)
{
    return in(row.replica.leader ? ColorRole::TextLeader : ColorRole::TextFaint, kNote);
}

QString roleWord(const ReplicaRow& row)
{
    return row.replica.leader ? Words::tr("leader") : Words::tr("follower");
}

// "in sync", "lag 8 · out of ISR": what a follower is.
QString syncWords(const ReplicaRow& row)
{
    if (isDown(row))
        return row.replica.inIsr ? Words::tr("stopped · in ISR") : Words::tr("stopped · out of ISR");
    if (row.replica.inIsr)
        return row.replica.lag > 0 ? Words::tr("in sync · lag %1").arg(countText(row.replica.lag))
                                   : Words::tr("in sync");
    return Words::tr("lag %1 · out of ISR").arg(countText(row.replica.lag));
}

ColorRole syncRole(const ReplicaRow& row)
{
    if (isDown(row))
        return ColorRole::TextBad;
    return row.replica.inIsr ? ColorRole::TextFaint : ColorRole::TextWarning;
}

QString logEndText(const ReplicaRow& row)
{
    return QStringLiteral("LEO %1").arg(row.replica.leo);
}

QString highWatermarkText(const ReplicaRow& row)
{
    return QStringLiteral("HW %1").arg(row.replica.hw);
}

// The frame and the ground of the row: a leader is outlined and tinted, a stopped replica dashed.
void layoutGround(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    const qreal radius = row.style == RowStyle::Short ? 4 : 6;
    if (row.replica.leader && !isDown(row))
        writer.box(rect, ColorRole::LeaderFill, ColorRole::Leader, radius, Dash::Solid, 1.5);
    else
        writer.box(rect, ColorRole::Card, ColorRole::Border, radius,
                   isDown(row) ? Dash::Dashed : Dash::Solid);
}

// The group whose marks have words: "▲ billing 1833 ○ 1830", then how many more. A number that is cut off is
// another number: what does not fit whole is not there.
void layoutMarkWords(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    const ClusterFrame::GroupMark& mark = row.replica.marks.front();
    const TextStyle style = in(ColorRole::TextWarning, kFigure);
    qreal x = rect.left();
    const auto add = [&](std::optional<MarkerShape> sign, const QString& text) {
        const qreal before = sign ? 11 : 0;
        const qreal width = writer.width(text, style);
        if (x + before + width > rect.right())
            return false;
        if (sign)
            writer.marker({x + 4, rect.center().y()}, *sign, ColorRole::Warning,
                          *sign == MarkerShape::Ring ? 5 : 7);
        writer.text(QRectF(x + before, rect.top(), std::ceil(width) + 1, rect.height()), text, style);
        x += before + width + 6;
        return true;
    };
    const QString group = groupText(mark.group, row.names);
    if (mark.position >= 0) {
        const QString position = QString::number(mark.position);
        if (!add(MarkerShape::Triangle, group + u' ' + position) && !add(MarkerShape::Triangle, position))
            return;
    }
    if (mark.committed >= 0 &&
        !add(MarkerShape::Ring, mark.position >= 0
                                    ? QString::number(mark.committed)
                                    : Words::tr("%1 committed %2").arg(group).arg(mark.committed)))
        return;
    if (row.replica.marks.size() > 1)
        add({}, QStringLiteral("+%1").arg(row.replica.marks.size() - 1));
}

void layoutTall(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    const QRectF inner = rect.adjusted(10, 5, -10, -4);
    const QRectF top(inner.left(), inner.top(), inner.width(), 16);
    const QString name = partitionText(row.replica.partition, row.names);
    const qreal logEnd = writer.text(top, logEndText(row), in(ColorRole::TextMuted, kFigure), Qt::AlignRight);
    QRectF left = top.adjusted(0, 0, -logEnd - 8, 0);
    const qreal used = writer.text(left, name, nameStyle(row));
    writer.text(left.adjusted(used + 8, 0, 0, 0), roleWord(row), roleStyle(row));

    const QRectF bottom(inner.left(), inner.bottom() - 14, inner.width(), 14);
    const QRectF cells(inner.left(), top.bottom() + 3, inner.width(), bottom.top() - top.bottom() - 3);
    const CellPlaces places = placeLines(cells, row.replica, row.leader, row.cellsBack);
    layoutCells(writer, places, row.replica);
    layoutHighWatermark(writer, places, row.replica.hw);
    layoutGroupMarks(writer, places, row.replica.marks, kMarksBelow);
    if (places.bottom() + kOffsetsBelow + kOffsetLine <= bottom.top())
        layoutOffsets(writer, places, row.replica, kOffsetsBelow);

    const qreal hw = writer.text(
        bottom, highWatermarkText(row),
        in(row.replica.leader ? ColorRole::TextLeader : ColorRole::TextFaint, kFigure), Qt::AlignRight);
    const QRectF words = bottom.adjusted(0, 0, -hw - 8, 0);
    if (row.replica.leader && !row.replica.marks.empty() && !isDown(row))
        layoutMarkWords(writer, row, words);
    else if (!row.replica.leader || isDown(row))
        writer.text(words, syncWords(row), in(syncRole(row), kNote));
}

void layoutMedium(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    const QRectF inner = rect.adjusted(9, 2, -9, -1);
    const QRectF top(inner.left(), inner.top(), inner.width(), 16);
    const qreal numbers = writer.text(
        QRectF(top.right() - top.width() * 0.55, top.top(), top.width() * 0.55, top.height()),
        highWatermarkText(row) + QStringLiteral("  ") + logEndText(row), kSmallFigure, Qt::AlignRight);
    const QRectF left = top.adjusted(0, 0, -numbers - 8, 0);
    const qreal used = writer.text(left, partitionText(row.replica.partition, row.names), nameStyle(row));
    const bool quiet = row.replica.leader && !isDown(row);
    writer.text(left.adjusted(used + 8, 0, 0, 0), quiet ? roleWord(row) : syncWords(row),
                quiet ? roleStyle(row) : in(syncRole(row), kNote));
    const QRectF cells(inner.left(), top.bottom() + 2, inner.width(), inner.bottom() - top.bottom() - 10);
    const CellPlaces places = placeCells(cells, row.replica, row.leader);
    layoutCells(writer, places, row.replica);
    layoutHighWatermark(writer, places, row.replica.hw);
    layoutGroupMarks(writer, places, row.replica.marks, kMarksBelow - 1);
}

void layoutShort(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    const QRectF inner = rect.adjusted(7, 0, -7, 0);
    const bool warns = !row.replica.inIsr || isDown(row);
    const QString right = warns ? syncWords(row)
                          : inner.width() >= 300
                              ? highWatermarkText(row) + QStringLiteral("  ") + logEndText(row)
                              : logEndText(row);
    const TextStyle style = warns ? in(syncRole(row), kNote) : kSmallFigure;
    const qreal room = inner.width() * 0.4;
    // A number that is cut off is another number: without its unit it fits, or it is not there.
    const QString number = QString::number(row.replica.leo);
    const QString fitting = warns || writer.width(right, style) <= room ? right
                            : writer.width(number, style) <= room       ? number
                                                                        : QString();
    const qreal numbers = writer.text(QRectF(inner.right() - room, inner.top(), room, inner.height()),
                                      fitting, style, Qt::AlignRight);
    // Short names leave the same room, so that cells begin below each other; the number of a longer one must
    // not be cut off. As wide as it is for a leader.
    const QString name = partitionText(row.replica.partition, row.names);
    const qreal wanted = std::ceil(writer.width(name, {ColorRole::Text, kLeaderName}));
    const qreal nameWidth =
        std::min(std::max(wanted, std::min(inner.width() * 0.3, 96.0)), inner.width() * 0.42);
    writer.text(QRectF(inner.left(), inner.top(), nameWidth, inner.height()), name, nameStyle(row));
    const QRectF cells(inner.left() + nameWidth + 6, inner.top() + 4,
                       std::max(0.0, inner.width() - nameWidth - numbers - 16), inner.height() - 8);
    const CellPlaces places = placeCells(cells, row.replica, row.leader);
    layoutCells(writer, places, row.replica);
    layoutHighWatermark(writer, places, row.replica.hw);
}

} // namespace

void layoutReplicaRow(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect)
{
    layoutGround(writer, row, rect);
    const QString name =
        Words::tr("%1 on %2: %3, %4")
            .arg(partitionText(row.replica.partition, row.names), brokerText(row.broker.id), roleWord(row),
                 row.replica.leader && !isDown(row) ? logEndText(row) : syncWords(row));
    writer.region(rect, {.kind = Selection::Kind::Partition, .index = row.replica.partition}, name,
                  RegionRole::Item, {}, row.broker.id);
    if (row.style == RowStyle::Tall)
        layoutTall(writer, row, rect);
    else if (row.style == RowStyle::Medium)
        layoutMedium(writer, row, rect);
    else
        layoutShort(writer, row, rect);
}

} // namespace tideline::widgets
