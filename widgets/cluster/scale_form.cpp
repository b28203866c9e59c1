// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/scale_form.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/cluster/scale_side.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

using Health = ClusterFrame::Health;

constexpr std::size_t kKeyboardStops = 256; // blocks in trouble that the keyboard reaches one by one

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

void layoutBlocks(SceneWriter& writer, const ClusterFrame& cluster, const BlockPlaces& places)
{
    CellGridShape grid;
    grid.origin = places.rect.topLeft().toPoint();
    grid.cell = places.cell;
    grid.gap = places.gap;
    grid.columns = places.columns;
    grid.rows = static_cast<int>(places.bands.size()) * places.rowsPerBroker;
    const auto cells = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
    grid.roles.assign(cells, ColorRole::None);
    grid.patterns.assign(cells, Pattern::Plain);
    const auto perBand = static_cast<std::size_t>(places.rowsPerBroker * places.columns);
    for (std::size_t band = 0; band < places.bands.size(); ++band) {
        for (std::size_t i = 0; i < places.bands[band].size(); ++i) {
            const auto block = static_cast<std::size_t>(places.bands[band][i]);
            const Health health = cluster.blocks[block];
            const int lag = block < cluster.blockLag.size() ? cluster.blockLag[block] : 0;
            grid.roles[band * perBand + i] = healthRole(health, lag);
            grid.patterns[band * perBand + i] = healthPattern(health);
        }
    }
    writer.add(std::move(grid));
}

QRectF bandRect(const BlockPlaces& places, std::size_t band)
{
    const qreal height = places.rowsPerBroker * places.cell.height();
    return QRectF(places.rect.left(), places.rect.top() + static_cast<qreal>(band) * height,
                  places.rect.width(), height);
}

// One frame around each run of neighbouring brokers in the same state that do not run.
void layoutFrames(SceneWriter& writer, const ClusterFrame& cluster, const BlockPlaces& places)
{
    for (std::size_t band = 0; band < cluster.brokers.size();) {
        const BrokerState state = cluster.brokers[band].state;
        std::size_t end = band + 1;
        while (end < cluster.brokers.size() && cluster.brokers[end].state == state)
            ++end;
        if (state != BrokerState::Running) {
            const QRectF rect = bandRect(places, band).united(bandRect(places, end - 1));
            writer.box(rect.adjusted(-3, -2, 2, 1), ColorRole::None, lookOf(state).shape, 3, Dash::Solid,
                       1.5);
        }
        band = end;
    }
}

// The broker's number and, when it does not run, its sign at the left of its band; as many as there is room
// for.
void layoutBands(SceneWriter& writer, const ClusterFrame& cluster, const BlockPlaces& places)
{
    constexpr qreal kLabel = 13; // px high
    const qreal height = places.rowsPerBroker * places.cell.height();
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(kLabel / height)));
    qreal free = places.rect.top() - kLabel;
    for (std::size_t band = 0; band < cluster.brokers.size(); ++band) {
        const ClusterFrame::Broker& broker = cluster.brokers[band];
        const QRectF rect = bandRect(places, band);
        const bool down = broker.state != BrokerState::Running;
        writer.region(rect, {.kind = Selection::Kind::Broker, .index = broker.id},
                      Words::tr("%1: %2, preferred leader of %3 partitions")
                          .arg(brokerText(broker.id), lookOf(broker.state).word)
                          .arg(places.bands[band].size()),
                      RegionRole::Group);
        const qreal middle =
            std::clamp(rect.center().y(), places.rect.top() + kLabel / 2, places.rect.bottom());
        if ((!down && band % every != 0) || middle - kLabel / 2 < free)
            continue;
        free = middle + kLabel / 2;
        const QRectF label(places.rect.left() - 34, std::round(middle - kLabel / 2), 28, kLabel);
        writer.text(label, QString::number(broker.id),
                    in(down ? lookOf(broker.state).text : ColorRole::TextMuted, kFigure), Qt::AlignRight);
        if (down)
            writer.marker({label.left(), label.center().y()}, lookOf(broker.state).marker,
                          lookOf(broker.state).shape, 6);
    }
}

// Blocks that a person looks for get regions of their own; all others are found by blockAt().
void layoutStops(SceneWriter& writer, const Frame& frame, const BlockPlaces& places,
                 const Selection& selection)
{
    const auto stop = [&](PartitionIndex partition) {
        const std::optional<QRectF> rect = blockOf(places, partition);
        if (!rect)
            return;
        writer.region(*rect, {.kind = Selection::Kind::Partition, .index = partition},
                      partitionText(partition, *frame.names) + QStringLiteral(": ") +
                          healthText(frame.cluster.blocks[static_cast<std::size_t>(partition)]),
                      RegionRole::Cell);
    };
    std::size_t stops = 0;
    for (const Health worst : {Health::Offline, Health::UnderMinIsr, Health::UnderReplicated}) {
        for (std::size_t i = 0; i < frame.cluster.blocks.size() && stops < kKeyboardStops; ++i) {
            if (frame.cluster.blocks[i] != worst)
                continue;
            stop(static_cast<PartitionIndex>(i));
            ++stops;
        }
    }
    const bool chosen = selection.kind == Selection::Kind::Partition && selection.index >= 0 &&
                        selection.index < static_cast<std::int32_t>(frame.cluster.blocks.size());
    if (chosen && regionOf(writer.scene(), selection) < 0)
        stop(selection.index);
}

} // namespace

void layoutScale(SceneWriter& writer, const Frame& frame, QSizeF size, const Selection& selection)
{
    const QRectF area = blocksArea(size);
    const BlockPlaces places = placeBlocks(frame.cluster, area);
    writer.text(QRectF(14, 12, area.right() - 14, 18),
                Words::tr("Every partition is one block, in the band of its preferred leader (its first "
                          "replica); the stronger its "
                          "colour, the further its worst replica lags."),
                in(ColorRole::TextMuted, kBody));
    layoutBlocks(writer, frame.cluster, places);
    layoutFrames(writer, frame.cluster, places);
    layoutBands(writer, frame.cluster, places);
    layoutStops(writer, frame, places, selection);
    const qreal left = area.right() + 16;
    layoutScaleSide(writer, frame, QRectF(left, 14, size.width() - 14 - left, size.height() - 28));
}

} // namespace tideline::widgets
