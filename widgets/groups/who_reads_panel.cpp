// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/group_words.h"
#include "widgets/groups/groups_parts.h"
#include "widgets/groups/who_reads_rows.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::WhoReads)
};

constexpr qreal kRow = 52;
constexpr qreal kLine = 40;
constexpr qreal kGap = 8;
constexpr qreal kNameWidth = 118;
constexpr qreal kBarWidth = 168; // the least a bar with its name takes, px

Selection selectionOf(Selection::Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

// Where an offset lies on a bar that ends at the log end offset.
qreal barX(const QRectF& bar, Offset offset, Offset leo, std::int64_t records)
{
    const double part = 1 - static_cast<double>(leo - offset) / static_cast<double>(records);
    return bar.left() + std::clamp(part, 0.0, 1.0) * bar.width();
}

QString readingStory(const GroupsFrame::Reading& reading, const QString& name)
{
    QStringList lines{Text::tr("%1: %2 records behind").arg(name, countText(lagOf(reading)))};
    if (reading.behind > 0)
        lines << Text::tr("the oldest unread record is %1 old").arg(durationText(reading.behind));
    lines << (reading.committed == kUnknownOffset ? Text::tr("committed: nothing yet")
                                                  : Text::tr("committed: %1").arg(reading.committed));
    lines << (reading.position == kUnknownOffset ? Text::tr("position: not known yet")
                                                 : Text::tr("position: %1").arg(reading.position));
    lines << Text::tr("high watermark %1, log end offset %2, log starts at %3")
                 .arg(reading.hw)
                 .arg(reading.leo)
                 .arg(reading.logStart);
    return lines.join(QLatin1Char('\n'));
}

void addReading(ScenePen& pen, const GroupsFrame::Reading& reading, const QString& name, const QRectF& place,
                std::int64_t records)
{
    const std::int64_t lag = lagOf(reading);
    const QRectF head(place.left(), place.top(), place.width(), 16);
    const QString behind = lag == 0 ? Text::tr("caught up") : Text::tr("%1 behind").arg(countText(lag));
    const qreal used = pen.text(head, behind, lag == 0 ? ColorRole::TextFaint : ColorRole::TextWarning,
                                kMonoSmallFont, Qt::AlignRight | Qt::AlignVCenter);
    pen.text(head.adjusted(0, 0, -used - 8, 0), name, ColorRole::Text, kMonoSmallFont);
    const QRectF bar(place.left(), place.top() + 19, place.width(), 8);
    pen.rect(bar, ColorRole::Track, ColorRole::None, 2);
    if (reading.position != kUnknownOffset) {
        const qreal x = barX(bar, reading.position, reading.leo, records);
        pen.rect({bar.left(), bar.top(), x - bar.left(), bar.height()}, ColorRole::BarFill, ColorRole::None,
                 2);
        pen.rect({std::min(x, bar.right() - 2), bar.top() - 2, 2, bar.height() + 4}, ColorRole::Accent);
    }
    if (reading.committed != kUnknownOffset)
        pen.marker({barX(bar, reading.committed, reading.leo, records), bar.bottom() + 4},
                   MarkerShape::Triangle, ColorRole::Warning, 7);
    pen.region(place, Text::tr("%1, %2").arg(name, behind),
               selectionOf(Selection::Kind::Partition, reading.partition), readingStory(reading, name))
        .role = RegionRole::Cell;
}

// What the row says when the member reads nothing.
QString idleText(const GroupsFrame& groups, const GroupsFrame::Member& member)
{
    switch (member.base.state) {
    case MemberState::Stable:
        return groups.unassigned.empty() ? Text::tr("more members than partitions: waits")
                                         : Text::tr("reads nothing");
    case MemberState::Stopped:
        return Text::tr("stopped: has left the group");
    case MemberState::Crashed:
        return Text::tr("crashed: the group learns of it by session.timeout.ms");
    default:
        return memberStateText(member.base.state);
    }
}

void addRow(ScenePen& pen, const Frame& frame, const WhoReadsRow& row, const QRectF& box,
            std::int64_t records, int columns)
{
    const GroupsFrame::Member& member = *row.member;
    const bool idle = member.readings.empty();
    pen.rect(box, idle ? ColorRole::None : ColorRole::Card, ColorRole::Border, 8,
             idle ? Dash::Dashed : Dash::Solid);
    const QString name = memberText(member.base.index, *frame.names);
    const QString state = memberStateText(member.base.state);
    const QString below =
        member.base.state == MemberState::Stable ? Text::tr("lag %1").arg(countText(member.base.lag)) : state;
    const ColorRole role = member.base.state != MemberState::Stable ? memberStateRole(member.base.state)
                           : member.base.lag > 0                    ? ColorRole::TextWarning
                                                                    : ColorRole::TextMuted;
    const QRectF label(box.left() + 14, box.top() + 8, kNameWidth - 22, 18);
    pen.text(label, name, idle ? ColorRole::TextMuted : ColorRole::Text, kStrongFont);
    pen.text(label.translated(0, 18),
             idle && member.base.state == MemberState::Stable ? Text::tr("idle") : below, role,
             kMonoSmallFont);
    const QString all = Text::tr("member %1: %2, lag %3").arg(name, state, countText(member.base.lag));
    pen.region(box, all, selectionOf(Selection::Kind::Member, member.base.index), all).role =
        RegionRole::Group;
    const qreal left = box.left() + kNameWidth;
    const qreal width = box.right() - 14 - left;
    if (idle)
        return void(pen.text({left, box.top(), width, box.height()}, idleText(*frame.groups, member),
                             ColorRole::TextMuted, kSmallFont, Qt::AlignRight | Qt::AlignVCenter));
    const qreal step = (width + 20) / columns;
    for (std::size_t i = 0; i <= row.shown.size(); ++i) {
        const auto column = static_cast<int>(i) % columns;
        const auto line = static_cast<int>(i) / columns;
        const QRectF place(left + column * step, box.top() + 8 + line * kLine, step - 20, 36);
        if (i < row.shown.size())
            addReading(pen, row.shown[i], partitionText(row.shown[i].partition, *frame.names), place,
                       records);
        else if (row.left > 0)
            pen.text(place, Text::tr("%1 more, %2 behind").arg(row.left).arg(countText(row.leftLag)),
                     ColorRole::TextMuted, kSmallFont);
    }
}

// The signs of the bars, right-aligned in the title's line: "committed ▲   position |   end of the bar: end
// of log".
void addSigns(ScenePen& pen, const QRectF& rect, std::int64_t records)
{
    const qreal y = rect.top() + 22;
    const QString end = Text::tr("bar: the last %1 records up to the log end offset").arg(countText(records));
    const QString position = Text::tr("position");
    const QString committed = Text::tr("committed");
    const qreal endWidth = pen.metrics().width(end, kSmallFont) + 1;
    const qreal positionWidth = pen.metrics().width(position, kSmallFont) + 1;
    const qreal committedWidth = pen.metrics().width(committed, kSmallFont) + 1;
    qreal x = rect.right() - 16;
    if (rect.width() - 170 > endWidth + positionWidth + committedWidth + 70) {
        pen.text({x - endWidth, y - 9, endWidth, 18}, end, ColorRole::TextFaint, kSmallFont);
        x -= endWidth + 18;
    }
    if (rect.width() - 170 < positionWidth + committedWidth + 60)
        return;
    pen.text({x - positionWidth, y - 9, positionWidth, 18}, position, ColorRole::TextFaint, kSmallFont);
    x -= positionWidth + 8;
    pen.rect({x - 1, y - 6, 2, 12}, ColorRole::Accent);
    x -= 18;
    pen.text({x - committedWidth, y - 9, committedWidth, 18}, committed, ColorRole::TextFaint, kSmallFont);
    pen.marker({x - committedWidth - 9, y + 1}, MarkerShape::Triangle, ColorRole::Warning, 7);
}

QString unassignedText(const Frame& frame)
{
    QStringList names;
    for (const PartitionIndex partition : frame.groups->unassigned)
        names << partitionText(partition, *frame.names);
    return Text::tr("read by nobody: %1").arg(names.join(QStringLiteral(", ")));
}

} // namespace

void addWhoReads(ScenePen& pen, const Frame& frame, const QRectF& rect)
{
    const GroupsFrame& groups = *frame.groups;
    const QRectF room = pen.panel(rect, Text::tr("Who reads what"));
    if (groups.members.empty())
        return void(pen.text({room.left(), room.top(), room.width(), 20},
                             Text::tr("This group has no members."), ColorRole::TextMuted, kBodyFont));
    const std::int64_t records = barRecords(groups);
    addSigns(pen, rect, records);
    const bool orphans = !groups.unassigned.empty();
    const qreal height = room.height() - (orphans ? 24 : 0);
    // As many bars side by side as somebody needs, at least two: a single one would be as wide as the panel.
    std::size_t widest = 2;
    for (const GroupsFrame::Member& member : groups.members)
        widest = std::max(widest, member.readings.size());
    const int columns =
        std::clamp(static_cast<int>((room.width() - kNameWidth) / kBarWidth), 1, static_cast<int>(widest));
    const WhoReadsRows rows = whoReadsRows(groups, columns, height, kRow, kLine, kGap);
    qreal y = room.top();
    for (const WhoReadsRow& row : rows.rows) {
        const qreal rowHeight = kRow + (row.lines - 1) * kLine;
        addRow(pen, frame, row, {room.left() - 4, y, room.width() + 8, rowHeight}, records, columns);
        y += rowHeight + kGap;
    }
    if (rows.membersLeft > 0 && y + 18 <= rect.bottom()) {
        pen.text(
            {room.left(), y, room.width(), 18},
            Text::tr("and %1 more members, lag %2").arg(rows.membersLeft).arg(countText(rows.membersLeftLag)),
            ColorRole::TextMuted, kSmallFont);
        y += 24;
    }
    if (orphans && y + 18 <= rect.bottom())
        pen.text({room.left(), y, room.width(), 18}, unassignedText(frame), ColorRole::TextWarning,
                 kSmallFont);
}

} // namespace tideline::widgets
