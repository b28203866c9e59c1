// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas as thin bars: up to a thousand partitions on one screen.
#include "widgets/cluster/broker_card.h"

#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kNamed = 13; // px: a strip this high and kNamedWidth wide carries its name
constexpr qreal kNamedWidth = 80;
constexpr qreal kNarrowest = 14; // px
constexpr qreal kHighest = 18;   // px
constexpr qreal kThinnest = 3;   // px
constexpr int kFullLag = 256;    // records behind at which a strip is empty

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

struct StripGrid
{
    int columns = 1;
    int rows = 1;
    qreal width = 0;  // px, with the gap
    qreal height = 0; // px, with the gap
    qreal gap = 1;
};

// The grid whose strips look most like bars: as few columns as let each strip be kNamed px high, more when
// they must be thinner.
StripGrid gridFor(std::size_t count, const QRectF& rect)
{
    StripGrid grid;
    const auto most = std::max(1, static_cast<int>(rect.width() / kNarrowest));
    for (grid.columns = 1; grid.columns <= most; ++grid.columns) {
        grid.rows = (static_cast<int>(count) + grid.columns - 1) / grid.columns;
        grid.width = std::floor(rect.width() / grid.columns);
        grid.height = std::floor(rect.height() / std::max(1, grid.rows));
        const bool named = grid.height >= kNamed + 2 && grid.width >= kNamedWidth;
        const bool slim = grid.height >= 5 && grid.width <= 56;
        if (named || slim)
            break;
    }
    grid.columns = std::min(grid.columns, most);
    grid.height = std::clamp(grid.height, kThinnest, kHighest);
    grid.gap = grid.height >= 8 ? 2 : 1;
    return grid;
}

// How far the replica has got of what its leader has, 0..1, on a scale that shows small lags: halving at 1,
// 4, 16 ... records.
qreal progressOf(std::int64_t lag)
{
    if (lag <= 0)
        return 1;
    const int bits = std::min<int>(8, 64 - std::countl_zero(static_cast<std::uint64_t>(lag)));
    return lag >= kFullLag ? 0.1 : 1 - 0.1 * bits;
}

const QString& nameOf(const BrokerCard& card, const ClusterFrame::Replica& replica)
{
    return card.partitionNames[static_cast<std::size_t>(std::max(0, replica.partition))];
}

ColorRole stripRole(const ClusterFrame::Broker& broker, const ClusterFrame::Replica& replica)
{
    if (broker.state == BrokerState::Stopped)
        return ColorRole::Bad;
    if (!replica.inIsr)
        return ColorRole::Warning;
    return replica.leader ? ColorRole::Leader : ColorRole::BarFill;
}

// A strip that is large enough for its name.
void layoutNamedStrip(SceneWriter& writer, const BrokerCard& card, const ClusterFrame::Replica& replica,
                      const QRectF& rect, qreal length)
{
    const bool stopped = card.broker.state == BrokerState::Stopped;
    const bool leads = replica.leader && !stopped;
    const ColorRole role = stripRole(card.broker, replica);
    writer.fill(rect, leads ? ColorRole::LeaderFill : ColorRole::Card);
    writer.fill(QRectF(rect.left(), rect.bottom() - 2, length, 2), role);
    if (leads)
        writer.fill(QRectF(rect.left(), rect.top(), 3, rect.height()), role);
    const QString right = stopped         ? Words::tr("stopped")
                          : replica.inIsr ? QString()
                                          : Words::tr("lag %1").arg(countText(replica.lag));
    const ColorRole rightRole = stopped ? ColorRole::TextBad : ColorRole::TextWarning;
    writer.textPair(rect.adjusted(6, 0, -4, -2), nameOf(card, replica),
                    in(leads ? ColorRole::Text : ColorRole::TextMuted, kNote), right, in(rightRole, kNote));
}

// One that is a bar only.
void layoutThinStrip(RectsShape& strips, const BrokerCard& card, const ClusterFrame::Replica& replica,
                     const QRect& rect, int length)
{
    const ColorRole role = stripRole(card.broker, replica);
    const QRect bar(rect.left(), rect.top(), length, rect.height());
    if (card.broker.state == BrokerState::Stopped || !replica.inIsr) {
        strips.rects.emplace_back(rect, ColorRole::Track);
        strips.rects.emplace_back(bar, role);
        if (rect.height() >= 4) // the second cue: a notch at the end
            strips.rects.emplace_back(QRect(bar.left() + length - 2, bar.top(), 2, bar.height()),
                                      ColorRole::Text);
        return;
    }
    strips.rects.emplace_back(bar, role);
    if (replica.leader && rect.width() >= 12 && length > 4)
        strips.rects.emplace_back(QRect(bar.left() + 2, bar.top() + bar.height() / 2, length - 4, 1),
                                  ColorRole::LeaderFill);
}

} // namespace

void layoutStrips(SceneWriter& writer, const BrokerCard& card, const QRectF& rect)
{
    const std::size_t count = card.broker.rows.size();
    if (count == 0 || rect.height() < kThinnest || rect.width() < kNarrowest)
        return;
    const StripGrid grid = gridFor(count, rect);
    const bool named = grid.height - grid.gap >= kNamed && grid.width - 2 >= kNamedWidth - 4;
    const bool stopped = card.broker.state == BrokerState::Stopped;
    writer.reserve(named ? 5 * count : 1, count);
    RectsShape strips;
    strips.rects.reserve(named ? 0 : 2 * count);
    const int rows = std::min(grid.rows, static_cast<int>(rect.height() / grid.height));
    for (std::size_t i = 0; i < count; ++i) {
        const int column = static_cast<int>(i) / rows;
        if (column >= grid.columns)
            break; // does not fit: the header still counts it
        const int row = static_cast<int>(i) % rows;
        const ClusterFrame::Replica& replica = card.broker.rows[i];
        const QRectF strip(rect.left() + column * grid.width, rect.top() + row * grid.height, grid.width - 2,
                           grid.height - grid.gap);
        const qreal length =
            std::max(2.0, std::floor(strip.width() * (stopped ? 1 : progressOf(replica.lag))));
        if (named)
            layoutNamedStrip(writer, card, replica, strip, length);
        else
            layoutThinStrip(strips, card, replica, strip.toRect(), static_cast<int>(length));
        writer.quietRegion(strip, {.kind = Selection::Kind::Partition, .index = replica.partition},
                           nameOf(card, replica), RegionRole::Cell, {}, card.broker.id);
    }
    if (!strips.rects.empty())
        writer.add(std::move(strips));
}

void layoutStripLegend(SceneWriter& writer, const QRectF& rect)
{
    qreal x = rect.left();
    const auto entry = [&](ColorRole role, bool notched, bool striped, const QString& words) {
        const qreal width = writer.width(words, kNote);
        if (x + 28 + width > rect.right())
            return;
        const QRectF sample(x, rect.center().y() - 4, 22, 8);
        if (notched)
            writer.fill(sample, ColorRole::Track);
        const QRectF bar = notched ? sample.adjusted(0, 0, -8, 0) : sample;
        writer.fill(bar, role);
        if (notched)
            writer.fill(QRectF(bar.right() - 2, bar.top(), 2, bar.height()), ColorRole::Text);
        if (striped)
            writer.fill(QRectF(bar.left() + 2, bar.top() + 4, bar.width() - 4, 1), ColorRole::LeaderFill);
        x += 28 +
             writer.text(QRectF(x + 28, rect.top(), rect.right() - x - 28, rect.height()), words, kNote) + 18;
    };
    entry(ColorRole::Leader, false, true, Words::tr("leader"));
    entry(ColorRole::BarFill, false, false, Words::tr("follower in sync"));
    entry(ColorRole::Warning, true, false, Words::tr("out of ISR, as far as it has got"));
    entry(ColorRole::Bad, true, false, Words::tr("broker stopped"));
}

} // namespace tideline::widgets
