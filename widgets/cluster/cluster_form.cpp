// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_form.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kTall = 58;
constexpr qreal kMedium = 38;
constexpr qreal kShort = 18;
constexpr qreal kNarrowestRow = 200; // px; narrower cards show strips

qreal gapFor(RowStyle style)
{
    return style == RowStyle::Tall ? kTallRowGap : style == RowStyle::Medium ? 4 : 2;
}

// The largest style in which `lines` rows fit into `room` px; false when not even the smallest does.
bool fitRows(RowPlan& plan, std::size_t lines, qreal room, qreal tallest)
{
    for (const auto& [style, least] :
         {std::pair{RowStyle::Tall, kTall}, {RowStyle::Medium, kMedium}, {RowStyle::Short, kShort}}) {
        const qreal height = std::floor(room / static_cast<qreal>(lines)) - gapFor(style);
        if (height < least)
            continue;
        plan.style = style;
        plan.gap = gapFor(style);
        plan.height = std::min(height, style == RowStyle::Tall     ? tallest
                                       : style == RowStyle::Medium ? kTall - 1
                                                                   : kMedium - 1);
        return true;
    }
    return false;
}

} // namespace

RowPlan planRows(const ClusterFrame& frame, const ClusterAreas& areas)
{
    RowPlan plan;
    if (areas.cards.empty())
        return plan;
    const QRectF& card = areas.cards.front();
    const qreal room = card.height() - kCardHeader - kCardPad;
    if (card.width() < kNarrowestRow)
        return plan;
    std::size_t most = 0;
    for (const ClusterFrame::Broker& broker : frame.brokers)
        most = std::max(most, broker.rows.size());
    if (most == 0)
        return plan;
    std::vector<PartitionIndex> shared = partitionsOfRows(frame);
    // The same partition at the same height on every broker, unless that makes rows smaller than they need
    // be.
    RowPlan own;
    const qreal tallest = tallestRow(frame);
    const bool ownFits = fitRows(own, most, room, tallest);
    if (fitRows(plan, shared.size(), room, tallest) && (!ownFits || plan.style == own.style)) {
        plan.order = std::move(shared);
        return plan;
    }
    return ownFits ? own : RowPlan{};
}

} // namespace tideline::widgets
