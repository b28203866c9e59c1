// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/group_box.h"

#include "widgets/cluster/broker_card.h"
#include "widgets/cluster/cluster_words.h"
#include "widgets/theme/amount_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 10;
constexpr qreal kNarrowestGroup = 250;
constexpr qreal kNarrowestMember = 104;
constexpr qreal kPill = 19; // px high
constexpr qreal kReadingLine = 22;
constexpr qreal kNarrowestReading = 170;
constexpr std::size_t kNamed = 24; // so many partitions of a member are listed in full

// What is laid out for one group.
struct Reading
{
    const Frame& frame;
    const ClusterFrame::Group& group;
    const std::vector<const ClusterFrame::Replica*>& leaders; // by partition
};

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

int partitionsOf(const ClusterFrame::Group& group)
{
    int count = 0;
    for (const ClusterFrame::Member& member : group.members)
        count += static_cast<int>(member.partitions.size());
    return count;
}

// The partitions of a member as pills, in lines; what does not fit is counted.
void layoutPills(SceneWriter& writer, const Directory& names, const ClusterFrame::Member& member,
                 const QRectF& rect)
{
    qreal x = rect.left();
    qreal y = rect.top();
    for (std::size_t i = 0; i < member.partitions.size(); ++i) {
        const QString name = partitionText(member.partitions[i], names);
        const qreal wanted = std::ceil(writer.width(name, kNote)) + 16;
        const std::size_t rest = member.partitions.size() - i;
        const bool lastLine = y + 2 * kPill + 4 > rect.bottom();
        const qreal kept = lastLine && rest > 1 ? 30 : 0; // for "+n"
        if (x > rect.left() && x + wanted + kept > rect.right()) {
            if (lastLine) {
                writer.text(QRectF(x, y, rect.right() - x, kPill), QStringLiteral("+%1").arg(rest), kNote);
                return;
            }
            x = rect.left();
            y += kPill + 4;
        }
        if (y + kPill > rect.bottom())
            return;
        x += writer.pill({x, y}, kPill, rect.right() - x - kept, name, in(ColorRole::Text, kNote),
                         ColorRole::CardRaised) +
             6;
    }
}

// "at 1045 · committed 1000 · lag 3" where the leader knows of the group; the shorter one in a narrow box.
QString readingWords(const Reading& reading, PartitionIndex partition, bool roomy)
{
    const auto place = static_cast<std::size_t>(partition);
    const ClusterFrame::Replica* leader = place < reading.leaders.size() ? reading.leaders[place] : nullptr;
    if (!leader)
        return Words::tr("no leader");
    const auto mark = std::find_if(leader->marks.begin(), leader->marks.end(), [&reading](const auto& each) {
        return each.group == reading.group.index;
    });
    if (mark == leader->marks.end())
        return {}; // of many groups the frame knows the first ones only
    if (mark->position < 0)
        return Words::tr("not read yet");
    const QString lag = countText(std::max<Offset>(0, leader->hw - mark->position));
    if (!roomy || mark->committed < 0)
        return Words::tr("at %1 · lag %2").arg(mark->position).arg(lag);
    return Words::tr("at %1 · committed %2 · lag %3").arg(mark->position).arg(mark->committed).arg(lag);
}

// Each partition of a member in a line of its own, with where it is; false when there is no room for that.
bool layoutReading(SceneWriter& writer, const Reading& reading, const ClusterFrame::Member& member,
                   const QRectF& rect)
{
    const auto lines = static_cast<qreal>(member.partitions.size());
    if (reading.leaders.empty() || lines == 0 || rect.height() < lines * kReadingLine ||
        rect.width() < kNarrowestReading)
        return false;
    QRectF line(rect.left(), rect.top(), rect.width(), kPill);
    for (const PartitionIndex partition : member.partitions) {
        const QString name = partitionText(partition, *reading.frame.names);
        const qreal used = writer.pill(line.topLeft(), kPill, line.width() / 2, name,
                                       in(ColorRole::Text, kNote), ColorRole::CardRaised);
        const QRectF rest = line.adjusted(used + 8, 0, 0, 0);
        const TextStyle style = in(ColorRole::TextMuted, kFigure);
        QString words = readingWords(reading, partition, true);
        if (writer.width(words, style) > rest.width())
            words = readingWords(reading, partition, false);
        writer.text(rest, words, style, Qt::AlignRight);
        line.translate(0, kReadingLine);
    }
    return true;
}

QString memberWords(const ClusterFrame::Member& member, Micros now)
{
    const QString word = lookOf(member.state).word;
    if (member.state == MemberState::Stable)
        return member.partitions.empty() ? Words::tr("idle: no partition left") : word;
    return Words::tr("%1 for %2").arg(word, durationText(std::max<Micros>(0, now - member.since)));
}

// "orders-0, orders-3"; of many the first ones: "orders-0, orders-3 and 40 more", two at least, since the
// name of one would take no more room.
QString namesOf(const ClusterFrame::Member& member, const Directory& names)
{
    const std::size_t count = member.partitions.size();
    const std::size_t named = count <= kNamed ? count : kNamed - 1;
    QStringList texts;
    for (std::size_t i = 0; i < named; ++i)
        texts << partitionText(member.partitions[i], names);
    const QString list = texts.join(QStringLiteral(", "));
    return named == count ? list : Words::tr("%1 and %2 more").arg(list).arg(count - named);
}

// "reads orders-0, orders-3", or "reads 14 partitions" where the names do not fit: for a box that has room
// for one line.
QString readsWords(const SceneWriter& writer, const QString& word, const ClusterFrame::Member& member,
                   const QString& partitionNames, qreal width)
{
    if (member.state != MemberState::Stable || member.partitions.empty())
        return word;
    const QString reads = Words::tr("%1 %2").arg(word, partitionNames);
    if (member.partitions.size() <= kNamed && writer.width(reads, kNote) <= width)
        return reads;
    return Words::tr("%1 %2").arg(word, partitionsText(static_cast<int>(member.partitions.size())));
}

void layoutMember(SceneWriter& writer, const Reading& reading, const ClusterFrame::Member& member,
                  const QRectF& rect)
{
    const Frame& frame = reading.frame;
    const StateLook look = lookOf(member.state);
    const bool down = member.state == MemberState::Crashed || member.state == MemberState::Stopped;
    const QString name = memberText(member.index, *frame.names);
    const QString words = memberWords(member, frame.now);
    writer.box(rect, ColorRole::Card,
               member.state == MemberState::Crashed ? ColorRole::Bad : ColorRole::Border, 7,
               down ? Dash::Dashed : Dash::Solid);
    const QString partitions = namesOf(member, *frame.names);
    writer.region(rect, {.kind = Selection::Kind::Member, .index = member.index},
                  Words::tr("member %1: %2, lag %3").arg(name, words, countText(member.lag)),
                  RegionRole::Item,
                  Words::tr("member %1: %2, lag %3\n%4").arg(name, words, countText(member.lag), partitions));
    const QRectF inner = rect.adjusted(10, 5, -9, -5);
    writer.textPair(QRectF(inner.left(), inner.top(), inner.width(), 17), name, kHeading,
                    Words::tr("lag %1").arg(countText(member.lag)), in(ColorRole::TextMuted, kNote), 0);
    const QRectF bottom(inner.left(), inner.bottom() - 14, inner.width(), 14);
    const QRectF middle(inner.left(), inner.top() + 20, inner.width(), bottom.top() - inner.top() - 22);
    if (bottom.top() >= inner.top() + 17) {
        const QRectF state = bottom.adjusted(13, 0, 0, 0);
        writer.marker({bottom.left() + 4, bottom.center().y()}, look.marker, look.shape, 6);
        writer.text(state,
                    middle.height() < kPill ? readsWords(writer, words, member, partitions, state.width())
                                            : words,
                    in(look.text, kNote));
    }
    if (!layoutReading(writer, reading, member, middle))
        layoutPills(writer, *frame.names, member, middle);
}

// "delivered once 10 682 · repeated 14 · lost 0 · pending 12": from what clients saw.
void layoutLedger(SceneWriter& writer, const ClusterFrame::Group& group, const QRectF& rect)
{
    const LedgerNumbers& ledger = group.ledger;
    struct Number
    {
        QString words;
        std::int64_t value;
        ColorRole role;
    };
    const Number numbers[] = {
        {Words::tr("delivered once"), ledger.once, ColorRole::TextGood},
        {Words::tr("repeated"), ledger.repeated,
         ledger.repeated > 0 ? ColorRole::TextWarning : ColorRole::Text},
        {Words::tr("lost"), ledger.lost, ledger.lost > 0 ? ColorRole::TextBad : ColorRole::Text},
        {Words::tr("pending"), ledger.pending, ColorRole::Text},
    };
    qreal x = rect.left();
    for (const Number& number : numbers) {
        const QString value = countText(number.value);
        const TextStyle figure{number.role, {FontKind::Mono, 12, FontWeight::Regular}};
        const qreal wanted = writer.width(number.words, kNote) + 6 + writer.width(value, figure);
        if (x + wanted > rect.right())
            return;
        x += writer.text(QRectF(x, rect.top(), rect.right() - x, rect.height()), number.words, kNote) + 6;
        x += writer.text(QRectF(x, rect.top(), rect.right() - x, rect.height()), value, figure) + 18;
    }
    writer.text(QRectF(x, rect.top(), rect.right() - x, rect.height()), commitText(group.commit),
                in(ColorRole::TextFaint, kNote));
}

void layoutMembers(SceneWriter& writer, const Reading& reading, const QRectF& rect, ClusterAnchors& anchors,
                   qreal edge)
{
    const ClusterFrame::Group& group = reading.group;
    if (rect.height() < 40)
        return;
    const std::size_t count = group.members.size();
    const auto columns =
        static_cast<std::size_t>(std::max(1.0, (rect.width() + kGap) / (kNarrowestMember + kGap)));
    const auto lines = static_cast<std::size_t>(std::max(1.0, (rect.height() + 6) / 62));
    const std::size_t fit = columns * lines;
    const bool all = count <= fit && static_cast<std::size_t>(group.membersInAll) <= fit;
    const std::size_t shown = all ? count : std::min(count, fit - 1);
    const std::size_t usedLines = std::min(lines, (std::min(count, fit) + columns - 1) / columns);
    if (usedLines == 0)
        return;
    const std::size_t usedColumns = (std::min(count, fit) + usedLines - 1) / usedLines;
    const qreal width =
        std::min(420.0, std::floor((rect.width() + kGap) / static_cast<qreal>(usedColumns)) - kGap);
    const qreal height = std::floor((rect.height() + 6) / static_cast<qreal>(usedLines)) - 6;
    const auto place = [&](std::size_t i) {
        return QRectF(rect.left() + static_cast<qreal>(i % usedColumns) * (width + kGap),
                      rect.top() + static_cast<qreal>(i / usedColumns) * (height + 6), width, height);
    };
    for (std::size_t i = 0; i < shown; ++i) {
        layoutMember(writer, reading, group.members[i], place(i));
        anchors.below[memberNode(group.members[i].index, *reading.frame.names)] =
            QPointF(std::round(place(i).center().x()), edge);
    }
    const std::size_t inAll = std::max(count, static_cast<std::size_t>(group.membersInAll));
    if (shown < inAll)
        writer.text(place(shown).adjusted(6, 0, 0, 0), Words::tr("+ %1 more members").arg(inAll - shown),
                    kNote);
}

void layoutGroup(SceneWriter& writer, const Reading& reading, const QRectF& rect, ClusterAnchors& anchors)
{
    const Frame& frame = reading.frame;
    const ClusterFrame::Group& group = reading.group;
    const QString name = groupText(group.index, *frame.names);
    const StateLook look = lookOf(group.state);
    QString words =
        Words::tr("%1 · generation %2 · %3, %4 · lag %5")
            .arg(look.word)
            .arg(group.generation)
            .arg(membersText(std::max(group.membersInAll, static_cast<std::int64_t>(group.members.size()))))
            .arg(partitionsText(partitionsOf(group)))
            .arg(countText(group.lag));
    if (group.coordinator > 0)
        words += Words::tr(" · coordinator broker %1").arg(group.coordinator);
    writer.box(rect, ColorRole::Panel,
               group.state == GroupState::Unknown ? ColorRole::Bad : ColorRole::Border, 10);
    writer.region(rect, {.kind = Selection::Kind::Group, .index = group.index},
                  Words::tr("group %1: %2").arg(name, words), RegionRole::Group,
                  Words::tr("group %1: %2\nproduced %3, acknowledged %4, failed %5\ndelivered once %6, "
                            "repeated %7 (%8 times), "
                            "lost %9, pending %10")
                          .arg(name, words, countText(group.ledger.produced),
                               countText(group.ledger.acknowledged), countText(group.ledger.failed),
                               countText(group.ledger.once), countText(group.ledger.repeated),
                               countText(group.ledger.repeats), countText(group.ledger.lost))
                          .arg(countText(group.ledger.pending)) +
                      (group.ledger.expired > 0
                           ? Words::tr("\nexpired unread %1").arg(countText(group.ledger.expired))
                           : QString()));
    const QRectF inner = rect.adjusted(14, 8, -14, -7);
    QRectF header(inner.left(), inner.top(), inner.width(), 18);
    writer.marker({header.left() + 4, header.center().y()}, look.marker, look.shape, 8);
    header.setLeft(header.left() + 15);
    const qreal used = writer.text(header, Words::tr("group %1").arg(name), kHeading);
    writer.text(header.adjusted(used + 12, 0, 0, 0), words, in(look.text, kNote));
    const QRectF ledger(inner.left(), inner.bottom() - 16, inner.width(), 16);
    layoutLedger(writer, group, ledger);
    layoutMembers(writer, reading,
                  QRectF(inner.left(), inner.top() + 24, inner.width(), ledger.top() - inner.top() - 30),
                  anchors, rect.top());
}

} // namespace

void layoutGroups(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors)
{
    const auto& all = frame.cluster.groups;
    if (all.empty() || area.isEmpty())
        return;
    const auto fit =
        static_cast<std::size_t>(std::max(1.0, (area.width() + kGap) / (kNarrowestGroup + kGap)));
    const std::size_t shown = std::min(fit, all.size());
    const std::size_t inAll = std::max(all.size(), static_cast<std::size_t>(frame.cluster.groupsInAll));
    const bool more = shown < inAll;
    const qreal width = std::floor((area.width() + kGap) / static_cast<qreal>(shown)) - kGap;
    const qreal height = area.height() - (more ? 16 : 0);
    const auto leaders = leadersOf(frame.cluster);
    for (std::size_t i = 0; i < shown; ++i)
        layoutGroup(writer, {frame, all[i], leaders},
                    QRectF(area.left() + static_cast<qreal>(i) * (width + kGap), area.top(), width, height),
                    anchors);
    if (more)
        writer.text(QRectF(area.left() + 4, area.bottom() - 15, area.width() - 4, 15),
                    Words::tr("+ %1 more groups").arg(inAll - shown), kNote);
}

} // namespace tideline::widgets
