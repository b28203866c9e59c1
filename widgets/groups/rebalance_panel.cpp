// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/group_words.h"
#include "widgets/groups/groups_parts.h"
#include "widgets/groups/rebalance_pause.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::RebalancePanel)
};

constexpr qreal kNameWidth = 110;
constexpr Micros kLeastAround = 5'000; // µs shown before and after a very short rebalance
constexpr qreal kFoot = 50;            // px: axis and the sentence below

struct Style
{
    ColorRole fill = ColorRole::NeutralFill;
    Pattern pattern = Pattern::Plain;
};

Style styleOf(const GroupsFrame::Segment& segment)
{
    switch (segment.state) {
    case MemberState::Stable:
        return {!segment.partitions.empty() ? ColorRole::LeaderFill : ColorRole::NeutralFill, Pattern::Plain};
    case MemberState::Joining:
        return {ColorRole::WarningFill, Pattern::Plain};
    case MemberState::Syncing:
        return {ColorRole::InfoFill, Pattern::Plain};
    case MemberState::Crashed:
    case MemberState::Stopped:
        return {ColorRole::BadFill, Pattern::Plain};
    default:
        return {ColorRole::NeutralFill, Pattern::Plain};
    }
}

// "orders-0, orders-1"
QString partitionList(const std::vector<PartitionIndex>& partitions, const Directory& names)
{
    QStringList list;
    for (const PartitionIndex partition : partitions)
        list += partitionText(partition, names);
    return list.join(QStringLiteral(", "));
}

QString segmentText(const GroupsFrame::Segment& segment, const Directory& names)
{
    switch (segment.state) {
    case MemberState::Stable:
        if (segment.partitions.empty())
            return Text::tr("reads nothing");
        return segment.partitions.size() <= 2
                   ? Text::tr("reads %1").arg(partitionList(segment.partitions, names))
                   : Text::tr("reads %1 partitions").arg(segment.partitions.size());
    case MemberState::FindingCoordinator:
        return QStringLiteral("FindCoordinator");
    case MemberState::Joining:
        return QStringLiteral("JoinGroup");
    case MemberState::Syncing:
        return QStringLiteral("SyncGroup");
    default:
        return memberStateText(segment.state);
    }
}

// The axis: µs of the run, shown relative to the start of the rebalance.
struct Axis
{
    QRectF area;
    Micros from = 0;
    Micros to = 1;
    qreal x(Micros time) const
    {
        const double part =
            static_cast<double>(time - from) / static_cast<double>(std::max<Micros>(1, to - from));
        return area.left() + std::clamp(part, 0.0, 1.0) * area.width();
    }
};

Axis axisOf(const GroupsFrame::Rebalance& rebalance, const QRectF& area, Micros now)
{
    Axis axis{area, rebalance.started,
              std::max(rebalance.started + 1, rebalance.ended != 0 ? rebalance.ended : now)};
    // The rebalance itself gets half of the axis, however short it was; what was before and after gets the
    // rest.
    const Micros around = std::max(kLeastAround, (axis.to - axis.from) / 2);
    const Micros start = axis.from;
    const Micros end = axis.to;
    for (const GroupsFrame::Segment& segment : rebalance.segments) {
        axis.from = std::max(std::min(axis.from, segment.from), start - around);
        axis.to = std::min(std::max(axis.to, segment.to), end + around);
    }
    return axis;
}

// "+0 ms", "−200 ms", "+3.2 s"
QString relativeText(Micros time)
{
    const QString size = spanText(toMillis(time < 0 ? -time : time));
    return (time < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

void addTicks(ScenePen& pen, const Axis& axis, Micros started)
{
    const int most = std::max(1, static_cast<int>(axis.area.width() / 110));
    const Millis from = toMillis(axis.from - started);
    const Millis to = toMillis(axis.to - started);
    for (const TimeTick& tick : timeTicks(from, to, most)) {
        const Micros offset = fromMillis(tick.at);
        const qreal x = axis.x(started + offset);
        pen.line({x, axis.area.top()}, {x, axis.area.bottom()},
                 offset == 0 ? ColorRole::BorderStrong : ColorRole::Grid, 1,
                 offset == 0 ? Dash::Dotted : Dash::Solid);
        const qreal left = std::clamp(x - 50, axis.area.left() - 50, axis.area.right() - 60);
        pen.text({left, axis.area.bottom() + 4, 100, 16}, relativeText(offset), ColorRole::TextFaint,
                 kMonoSmallFont, Qt::AlignCenter);
    }
}

void addSegment(ScenePen& pen, const Axis& axis, const GroupsFrame::Segment& segment, const QRectF& lane,
                const QString& member, const Directory& names)
{
    const qreal left = axis.x(segment.from);
    const qreal right = axis.x(segment.to);
    // Below a pixel there is nothing to see; the tooltip of its neighbours and the journal still tell it.
    if (right - left < 1)
        return;
    const QRectF box(left, lane.top(), std::max(1.0, right - left - 1), lane.height());
    const QString words = segmentText(segment, names);
    pen.rect(box, styleOf(segment).fill, ColorRole::None, std::min(4.0, box.width() / 2));
    const qreal room = box.width() - 16;
    if (room >= std::min(36.0, pen.metrics().width(words, kSmallFont)))
        pen.text(box.adjusted(8, 0, -8, 0), words, ColorRole::TextOnFill, kSmallFont);
    Selection self;
    self.kind = Selection::Kind::Member;
    self.index = segment.member;
    QString name = Text::tr("%1: %2 for %3").arg(member, words, durationText(segment.to - segment.from));
    if (segment.partitions.size() > 2)
        name += QStringLiteral("\n") + partitionList(segment.partitions, names);
    pen.region(box, name, self, name).role = RegionRole::Cell;
}

void addLanes(ScenePen& pen, const Frame& frame, const Axis& axis, const std::vector<MemberIndex>& members)
{
    const qreal step =
        std::min(40.0, axis.area.height() / static_cast<qreal>(std::max<std::size_t>(1, members.size())));
    for (std::size_t i = 0; i < members.size(); ++i) {
        const QRectF lane(axis.area.left(), axis.area.top() + static_cast<qreal>(i) * step + 2,
                          axis.area.width(), step - 6);
        const QString name = memberText(members[i], *frame.names);
        pen.text({axis.area.left() - kNameWidth, lane.top(), kNameWidth - 12, lane.height()}, name,
                 ColorRole::Text, kStrongFont);
        for (const GroupsFrame::Segment& segment : frame.groups->rebalance->segments) {
            if (segment.member == members[i])
                addSegment(pen, axis, segment, lane, name, *frame.names);
        }
    }
}

std::vector<MemberIndex> membersOf(const GroupsFrame::Rebalance& rebalance)
{
    std::vector<MemberIndex> members;
    for (const GroupsFrame::Segment& segment : rebalance.segments) {
        if (members.empty() || members.back() != segment.member)
            members.push_back(segment.member);
    }
    return members;
}

QString summary(const Frame& frame, const GroupsFrame::Rebalance& rebalance)
{
    if (rebalance.ended == 0)
        return Text::tr("generation %1 ends · since %2 · going on")
            .arg(rebalance.fromGeneration)
            .arg(clockText(rebalance.started));
    return Text::tr("generation %1 → %2 · from %3 · took %4")
        .arg(rebalance.fromGeneration)
        .arg(rebalance.toGeneration)
        .arg(clockText(rebalance.started),
             durationText(std::min(rebalance.ended, frame.now) - rebalance.started));
}

QString pauseText(const Frame& frame, const GroupsFrame::Rebalance& rebalance)
{
    const RebalancePause pause = rebalancePause(rebalance, frame.now);
    if (pause.member == kNone)
        return Text::tr("Nobody stood still.");
    return Text::tr("Stood still longest: %1 for %2. Nobody read for %3.")
        .arg(memberText(pause.member, *frame.names), durationText(pause.longest), durationText(pause.all));
}

void addWhy(ScenePen& pen, const QRectF& rect, FactNumber cause)
{
    if (cause == 0)
        return;
    const QString words = Text::tr("why?");
    const qreal width = pen.metrics().width(words, kSmallFont) + 2;
    const QRectF place(rect.right() - width, rect.top(), width, rect.height());
    pen.text(place, words, ColorRole::TextLink, kSmallFont);
    Selection fact;
    fact.kind = Selection::Kind::Fact;
    fact.fact = cause;
    pen.region(place, Text::tr("what caused the rebalance: fact %1").arg(cause), fact,
               Text::tr("show what caused it in the journal"))
        .role = RegionRole::Button;
}

} // namespace

void addRebalance(ScenePen& pen, const Frame& frame, const QRectF& rect)
{
    const std::optional<GroupsFrame::Rebalance>& rebalance = frame.groups->rebalance;
    if (!rebalance) {
        const QRectF room = pen.panel(rect, Text::tr("The last rebalance"));
        pen.text({room.left(), room.top(), room.width(), 20}, Text::tr("This group has not rebalanced yet."),
                 ColorRole::TextMuted, kBodyFont);
        return;
    }
    const QRectF room = pen.panel(rect, Text::tr("The last rebalance"), summary(frame, *rebalance));
    std::vector<MemberIndex> members = membersOf(*rebalance);
    const QRectF area(room.left() + kNameWidth, room.top(), room.width() - kNameWidth, room.height() - kFoot);
    if (area.width() < 60 || area.height() < 20)
        return;
    const std::size_t fitting = static_cast<std::size_t>(area.height() / 18);
    const std::size_t left = members.size() > fitting ? members.size() - fitting : 0;
    members.resize(members.size() - left);
    const Axis axis = axisOf(*rebalance, area, frame.now);
    addTicks(pen, axis, rebalance->started);
    addLanes(pen, frame, axis, members);
    const QRectF foot(room.left(), room.bottom() - 20, room.width(), 20);
    QString sentence = pauseText(frame, *rebalance);
    if (left > 0)
        sentence += QLatin1Char(' ') + Text::tr("%1 more members are not shown.").arg(left);
    pen.text(foot.adjusted(0, 0, -60, 0), sentence, ColorRole::TextMuted, kSmallFont);
    addWhy(pen, foot, rebalance->cause);
}

} // namespace tideline::widgets
