// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/scale_side.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace tideline::widgets {

namespace {

using Health = ClusterFrame::Health;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

QRectF card(SceneWriter& writer, const QRectF& rect, const QString& title)
{
    writer.box(rect, ColorRole::Panel, ColorRole::Border, 10);
    writer.text(QRectF(rect.left() + 16, rect.top() + 10, rect.width() - 32, 18), title, kHeading);
    return rect.adjusted(16, 38, -16, -12);
}

// One bar a broker, or one a pixel column with the least and the most of what falls into it.
void layoutLeaderBars(SceneWriter& writer, const ClusterFrame& cluster, const QRectF& rect)
{
    std::int32_t most = 1;
    for (const ClusterFrame::Broker& broker : cluster.brokers)
        most = std::max(most, broker.leaders);
    const QRectF plot = rect.adjusted(0, 14, 0, -16);
    const auto brokers = static_cast<qreal>(cluster.brokers.size());
    const qreal step = std::clamp(plot.width() / brokers, 1.0, 24.0);
    const auto columns = static_cast<std::size_t>(std::min(brokers, std::floor(plot.width() / step)));
    ColumnsShape running{.rect = plot,
                         .step = step,
                         .bar = std::max(1.0, std::floor(step) - (step >= 2 ? 1 : 0)),
                         .values = {},
                         .role = ColorRole::BarFill};
    ColumnsShape down = running;
    down.role = ColorRole::Bad;
    for (std::size_t column = 0; column < columns; ++column) {
        const ClusterFrame::Broker& broker = cluster.brokers[column * cluster.brokers.size() / columns];
        const bool runs = broker.state == BrokerState::Running;
        const float share = static_cast<float>(broker.leaders) / static_cast<float>(most);
        running.values.emplace_back(0.0f, runs ? share : 0.0f);
        down.values.emplace_back(0.0f, runs ? 0.0f : std::max(share, 0.02f));
    }
    const qreal right = plot.left() + static_cast<qreal>(columns) * step;
    writer.text(QRectF(plot.left(), rect.top(), plot.width(), 12), Words::tr("most: %1").arg(countText(most)),
                kNote);
    writer.fill(QRectF(plot.left(), plot.bottom(), right - plot.left(), 1), ColorRole::BorderStrong);
    writer.add(std::move(running));
    writer.add(std::move(down));
    writer.textPair(QRectF(plot.left(), plot.bottom() + 3, std::max(right - plot.left(), 90.0), 13),
                    Words::tr("broker %1").arg(cluster.brokers.front().id), in(ColorRole::TextFaint, kNote),
                    QString::number(cluster.brokers.back().id), in(ColorRole::TextFaint, kNote));
    writer.region(plot, {}, Words::tr("leaders per broker, at most %1").arg(countText(most)),
                  RegionRole::Value,
                  Words::tr("Partitions that each broker leads now; red: the broker does not run."));
}

void layoutSwatch(SceneWriter& writer, const QRectF& rect, Health health, int lag)
{
    CellGridShape swatch;
    swatch.origin = rect.topLeft().toPoint();
    swatch.cell = rect.size().toSize();
    swatch.gap = 0;
    swatch.columns = swatch.rows = 1;
    swatch.roles = {healthRole(health, lag)};
    swatch.patterns = {healthPattern(health)};
    writer.add(std::move(swatch));
}

// State by state: swatch with its pattern, the word, how many.
void layoutStates(SceneWriter& writer, const ClusterFrame& cluster, const QRectF& rect)
{
    std::array<std::int64_t, 6> counts{};
    for (const Health health : cluster.blocks)
        ++counts[static_cast<std::size_t>(health)];
    qreal y = rect.top();
    for (const Health health :
         {Health::Healthy, Health::UnderReplicated, Health::UnderMinIsr, Health::Offline, Health::Idle}) {
        if (y + 20 > rect.bottom())
            return;
        const QRectF line(rect.left(), y, rect.width(), 20);
        layoutSwatch(writer, QRectF(line.left(), line.top() + 4, 12, 12), health, 3);
        const QString count = countText(counts[static_cast<std::size_t>(health)]);
        writer.textPair(line.adjusted(20, 0, 0, 0), healthText(health), in(ColorRole::TextMuted, kBody),
                        count, {ColorRole::Text, {FontKind::Mono, 12, FontWeight::Regular}}, 0);
        writer.region(line, {}, healthText(health) + QStringLiteral(": ") + count, RegionRole::Value);
        y += 21;
    }
    if (y + 46 > rect.bottom())
        return;
    y += 8;
    const qreal width = std::floor(rect.width() / 8);
    for (int lag = 0; lag < 8; ++lag)
        layoutSwatch(writer, QRectF(rect.left() + lag * width, y, width, 12), Health::Healthy, lag);
    writer.textPair(QRectF(rect.left(), y + 15, rect.width(), 14), Words::tr("lag 0"), kNote,
                    Words::tr("128 records or more"), kNote);
}

void layoutTotals(SceneWriter& writer, const ClusterFrame& cluster, const QRectF& rect)
{
    std::int64_t running = 0;
    for (const ClusterFrame::Broker& broker : cluster.brokers)
        running += broker.state == BrokerState::Running ? 1 : 0;
    const std::pair<QString, QString> lines[] = {
        {Words::tr("brokers running"),
         Words::tr("%1 of %2")
             .arg(countText(running), countText(static_cast<std::int64_t>(cluster.brokers.size())))},
        {Words::tr("partitions"), countText(cluster.partitions)},
        {Words::tr("records in the logs"), countText(cluster.recordsInLogs)},
    };
    qreal y = rect.top();
    for (const auto& [words, number] : lines) {
        if (y + 20 > rect.bottom())
            return;
        writer.textPair(QRectF(rect.left(), y, rect.width(), 20), words, in(ColorRole::TextMuted, kBody),
                        number, {ColorRole::Text, {FontKind::Mono, 12, FontWeight::Regular}}, 0);
        y += 22;
    }
}

} // namespace

void layoutScaleSide(SceneWriter& writer, const Frame& frame, const QRectF& area)
{
    const ClusterFrame& cluster = frame.cluster;
    const qreal states = 38 + 5 * 21 + 8 + 46 + 12;
    const qreal totals = 38 + 3 * 22 + 12;
    const qreal bars = area.height() - states - totals - 2 * 12;
    qreal y = area.top();
    if (bars >= 100) {
        const qreal height = std::min(bars, 280.0);
        layoutLeaderBars(
            writer, cluster,
            card(writer, QRectF(area.left(), y, area.width(), height), Words::tr("Leaders per broker")));
        y += height + 12;
    }
    layoutStates(writer, cluster,
                 card(writer, QRectF(area.left(), y, area.width(), std::min(states, area.bottom() - y)),
                      Words::tr("Partitions")));
    y += states + 12;
    if (y + totals <= area.bottom())
        layoutTotals(writer, cluster,
                     card(writer, QRectF(area.left(), y, area.width(), totals), Words::tr("This frame")));
}

} // namespace tideline::widgets
