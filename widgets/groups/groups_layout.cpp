// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/groups_layout.h"

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
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::GroupsLayout)
};

constexpr qreal kMargin = 14;

struct Places
{
    QRectF list, reads, lag, rebalance;
};

Places placesOf(const QSizeF& size)
{
    const qreal width = size.width() - 2 * kMargin;
    const qreal height = size.height() - 2 * kMargin;
    Places places;
    const qreal list = width >= 620 ? std::clamp(width * 0.22, 240.0, 320.0) : 0;
    if (list > 0)
        places.list = {kMargin, kMargin, list, height};
    const qreal left = kMargin + (list > 0 ? list + kMargin : 0);
    const qreal right = size.width() - kMargin;
    const qreal below = height >= 460 ? std::max(220.0, height * 0.42) : 0;
    const qreal upper = height - (below > 0 ? below + kMargin : 0);
    const qreal lag = right - left >= 720 ? (right - left) * 0.4 : 0;
    places.reads = {left, kMargin, right - left - (lag > 0 ? lag + kMargin : 0), upper};
    if (lag > 0)
        places.lag = {right - lag, kMargin, lag, upper};
    if (below > 0)
        places.rebalance = {left, kMargin + upper + kMargin, right - left, below};
    return places;
}

void addList(ScenePen& pen, const Frame& frame, const QRectF& rect)
{
    const QRectF room = pen.panel(rect, Text::tr("Groups"));
    const QRectF inside = room.adjusted(-4, 0, 4, 0);
    // Half of the height for the cards, the rest for the guarantee of the one shown.
    const qreal most = std::max(inside.height() * 0.4, inside.height() - 380);
    const qreal y = addGroupCards(pen, frame, {inside.left(), inside.top(), inside.width(), most});
    addGuarantee(pen, frame, {room.left(), y + 10, room.width(), room.bottom() - y - 10});
}

} // namespace

Scene layoutGroups(const Frame& frame, const QSizeF& size, const TextMetrics& metrics)
{
    if (!frame.groups || frame.groups->groups.empty() || !frame.names)
        return emptyScene(size, Text::tr("Groups"), Text::tr("This scenario has no consumer group."),
                          Text::tr("Add one under \"groups\" to see who reads what."), metrics);
    Scene scene;
    scene.size = size;
    scene.name = Text::tr("Groups");
    ScenePen pen(scene, metrics);
    pen.rect(QRectF(QPointF(0, 0), size), ColorRole::Window);
    if (const ClusterFrame::Group* group = shownGroup(*frame.groups))
        scene.description = Text::tr("Group %1 is %2, generation %3, lag %4")
                                .arg(groupText(group->index, *frame.names), groupStateText(group->state))
                                .arg(group->generation)
                                .arg(countText(group->lag));
    const Places places = placesOf(size);
    if (places.reads.width() < 100 || places.reads.height() < 80)
        return scene;
    if (!places.list.isEmpty())
        addList(pen, frame, places.list);
    addWhoReads(pen, frame, places.reads);
    if (!places.lag.isEmpty())
        addLag(pen, frame, places.lag);
    if (!places.rebalance.isEmpty())
        addRebalance(pen, frame, places.rebalance);
    return scene;
}

} // namespace tideline::widgets
