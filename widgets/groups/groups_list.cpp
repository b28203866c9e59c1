// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/group_words.h"
#include "widgets/groups/groups_parts.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::GroupsList)
};

constexpr qreal kCard = 84;
constexpr qreal kCompactCard = 54;
constexpr qreal kGap = 10;

Selection groupSelection(GroupIndex group)
{
    Selection selection;
    selection.kind = Selection::Kind::Group;
    selection.index = group;
    return selection;
}

std::int64_t readPartitions(const ClusterFrame::Group& group)
{
    std::int64_t count = 0;
    for (const ClusterFrame::Member& member : group.members)
        count += static_cast<std::int64_t>(member.partitions.size());
    return count;
}

QString stateLine(const ClusterFrame::Group& group)
{
    return Text::tr("%1 · generation %2").arg(groupStateText(group.state)).arg(group.generation);
}

QString sizeLine(const ClusterFrame::Group& group)
{
    const auto living =
        std::count_if(group.members.begin(), group.members.end(), [](const ClusterFrame::Member& member) {
            return member.state != MemberState::Stopped && member.state != MemberState::Crashed;
        });
    const std::int64_t partitions = readPartitions(group);
    return Text::tr("%1 · %2").arg(
        living == 1 ? Text::tr("1 member") : Text::tr("%1 members").arg(countText(living)),
        partitions == 1 ? Text::tr("1 partition read")
                        : Text::tr("%1 partitions read").arg(countText(partitions)));
}

void addCard(ScenePen& pen, const ClusterFrame::Group& group, const QString& name, const QRectF& card,
             bool shown)
{
    pen.rect(card, shown ? ColorRole::Selected : ColorRole::Card,
             shown ? ColorRole::Accent : ColorRole::Border, 8);
    const QRectF inside = card.adjusted(14, 8, -14, -6);
    const QString lag = Text::tr("lag %1").arg(countText(group.lag));
    const QRectF head(inside.left(), inside.top(), inside.width(), 20);
    const qreal used = pen.text(head, lag, group.lag > 0 ? ColorRole::TextWarning : ColorRole::TextMuted,
                                kMonoFont, Qt::AlignRight | Qt::AlignVCenter);
    pen.text(head.adjusted(0, 0, -used - 10, 0), name, ColorRole::Text, kStrongFont);
    pen.text({inside.left(), inside.top() + 20, inside.width(), 18}, stateLine(group),
             groupStateRole(group.state), kSmallFont);
    if (card.height() >= kCard)
        pen.text({inside.left(), inside.top() + 44, inside.width(), 18}, sizeLine(group),
                 ColorRole::TextMuted, kSmallFont);
    const QString all = Text::tr("group %1: %2, %3, %4").arg(name, stateLine(group), sizeLine(group), lag);
    pen.region(card, all, groupSelection(group.index), all);
}

} // namespace

const ClusterFrame::Group* shownGroup(const GroupsFrame& groups)
{
    const auto found =
        std::find_if(groups.groups.begin(), groups.groups.end(),
                     [&](const ClusterFrame::Group& group) { return group.index == groups.shown; });
    return found == groups.groups.end() ? nullptr : &*found;
}

qreal addGroupCards(ScenePen& pen, const Frame& frame, const QRectF& room)
{
    const GroupsFrame& groups = *frame.groups;
    const auto all = static_cast<int>(groups.groups.size());
    const qreal height = all * (kCard + kGap) <= room.height() ? kCard : kCompactCard;
    // One line is kept for "and 3 more" when not all fit.
    int fitting = static_cast<int>(room.height() / (height + kGap));
    if (fitting < all)
        fitting = std::max(0, static_cast<int>((room.height() - 20) / (height + kGap)));
    qreal y = room.top();
    for (int i = 0; i < std::min(all, fitting); ++i) {
        const ClusterFrame::Group& group = groups.groups[static_cast<std::size_t>(i)];
        addCard(pen, group, groupText(group.index, *frame.names), {room.left(), y, room.width(), height},
                group.index == groups.shown);
        y += height + kGap;
    }
    if (fitting < all) {
        pen.text({room.left(), y, room.width(), 18}, Text::tr("and %1 more groups").arg(all - fitting),
                 ColorRole::TextFaint, kSmallFont);
        y += 20;
    }
    return y;
}

} // namespace tideline::widgets
