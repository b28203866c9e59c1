// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/scale_form.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr int kLargestCell = 16;
constexpr int kGapFrom = 3; // px: smaller cells have no gap

// Partitions by preferred leader, in the order of the frame's brokers; of unknown leaders in the last band.
std::vector<std::vector<PartitionIndex>> bandsOf(const ClusterFrame& frame)
{
    std::vector<std::vector<PartitionIndex>> bands(frame.brokers.size());
    std::vector<std::size_t> bandOfBroker;
    for (std::size_t i = 0; i < frame.brokers.size(); ++i) {
        const auto id = static_cast<std::size_t>(std::max(0, frame.brokers[i].id));
        if (id >= bandOfBroker.size())
            bandOfBroker.resize(id + 1, frame.brokers.size() - 1);
        bandOfBroker[id] = i;
    }
    for (std::size_t block = 0; block < frame.blocks.size() && !bands.empty(); ++block) {
        const BrokerId leader = block < frame.blockLeader.size() ? frame.blockLeader[block] : 0;
        const auto id = static_cast<std::size_t>(std::max(0, leader));
        const std::size_t band = id < bandOfBroker.size() ? bandOfBroker[id] : bands.size() - 1;
        bands[band].push_back(static_cast<PartitionIndex>(block));
    }
    return bands;
}

} // namespace

QRectF blocksArea(QSizeF size)
{
    const qreal side = std::clamp(std::floor(size.width() * 0.24), 210.0, 320.0);
    const qreal labels = 34;
    return QRectF(14 + labels, 40, size.width() - side - 2 * 14 - labels - 16, size.height() - 40 - 14);
}

BlockPlaces placeBlocks(const ClusterFrame& frame, const QRectF& area)
{
    BlockPlaces places;
    places.bands = bandsOf(frame);
    std::size_t most = 1;
    for (const auto& band : places.bands)
        most = std::max(most, band.size());
    const auto brokers = static_cast<int>(std::max<std::size_t>(1, places.bands.size()));
    for (int cell = kLargestCell; cell >= 1; --cell) {
        const int columns = std::max(1, static_cast<int>(area.width()) / cell);
        const int rows = static_cast<int>((most + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns));
        places.cell = cell;
        places.gap = cell >= kGapFrom ? 1 : 0;
        places.rowsPerBroker = rows;
        places.columns = std::min(columns, static_cast<int>((most + static_cast<std::size_t>(rows) - 1) / static_cast<std::size_t>(rows)));
        if (brokers * rows * cell <= static_cast<int>(area.height()))
            break;
    }
    places.rect = QRectF(area.topLeft(), QSizeF(places.columns * places.cell, brokers * places.rowsPerBroker * places.cell));
    return places;
}

std::optional<PartitionIndex> blockAt(const BlockPlaces& places, QPointF point)
{
    if (!places.rect.contains(point) || places.cell <= 0)
        return std::nullopt;
    const auto column = static_cast<std::size_t>((point.x() - places.rect.left()) / places.cell);
    const auto row = static_cast<std::size_t>((point.y() - places.rect.top()) / places.cell);
    const auto perBroker = static_cast<std::size_t>(places.rowsPerBroker);
    const std::size_t band = row / perBroker;
    const std::size_t index = (row % perBroker) * static_cast<std::size_t>(places.columns) + column;
    if (band >= places.bands.size() || index >= places.bands[band].size())
        return std::nullopt;
    return places.bands[band][index];
}

std::optional<QRectF> blockOf(const BlockPlaces& places, PartitionIndex partition)
{
    for (std::size_t band = 0; band < places.bands.size(); ++band) {
        const auto& all = places.bands[band];
        const auto found = std::lower_bound(all.begin(), all.end(), partition);
        if (found == all.end() || *found != partition)
            continue;
        const auto index = static_cast<int>(found - all.begin());
        const int row = static_cast<int>(band) * places.rowsPerBroker + index / places.columns;
        const QPointF corner(places.rect.left() + (index % places.columns) * places.cell, places.rect.top() + row * places.cell);
        return QRectF(corner, QSizeF(places.cell - places.gap, places.cell - places.gap));
    }
    return std::nullopt;
}

} // namespace tideline::widgets
